import FormKit
import ReplicationModel
import ReplicationPlanner
import TerminalCore
import Testing

@testable import AppGallery
@testable import ZferryApp

/// What a person may rely on, wherever it is.
@Suite struct PromiseTests {
  @Test func `every function key has two others beside it, and the help names them`() {
    for binding in KeyMap.bindings {
      for case .function(let number) in binding.keys {
        let others = KeyMap.bindings.filter { $0.command == binding.command }.flatMap(\.keys)
        let plain = others.contains {
          switch $0 {
          case .ctrl, .character: true
          default: false
          }
        }
        #expect(plain, "F\(number)")
        // Esc and the digit after it is read as this key by the terminal's side (KeyReader).
        #expect((1...10).contains(number))
        #expect(binding.long.contains("also"), "F\(number): \(binding.long)")
      }
    }
  }

  @Test func `whatever is off says why, at a glance and when it is pressed`() {
    var seen = 0
    let off = [
      ("browser", BrowserTests().opened().state),
      ("read-only", ReviewTests.session(readOnly: true).state),
    ]
    for (name, state) in Gallery.states + off {
      let view = screen(state)
      for action in view.dialog?.actions ?? view.actions {
        guard case .no(let reason) = action.enabled else { continue }
        seen += 1
        #expect(reason.hasSuffix(".") && reason.count > 8, "\(name): \(action.title)")
        var state = state
        state.notice = nil
        state.setFocus(action.id)
        #expect(screen(state).status.text == reason, "\(name): \(action.title)")
        let effects = update(&state, .key(.enter))
        #expect(screen(state).status.text == reason, "\(name): \(action.title)")
        #expect(effects.allSatisfy { !$0.changesSomething }, "\(name)")
      }
    }
    #expect(seen > 0)
  }

  @Test func `a warning does not stand in the way, and is repeated on the review`() throws {
    var session = ReviewTests.session()
    var preview = try #require(try session.state.wizard.preview?.get())
    let warning = PlanWarning(code: "parent_left_out", subject: "tank/data/x", detail: "")
    preview.plan.warnings = [warning]
    session.state.wizard.preview = .success(preview)
    #expect(session.words.contains(Words.warning(warning).text))
    session.push("save")
    #expect(session.world.library.tasks.count == 1)
  }

  @Test func `nothing outside is changed before the review is accepted`() {
    var session = Session()
    session.choose("source_location", 1)
    session.push("source_datasets")
    session.press(.space)
    session.push("browser.use")
    session.push("next")
    session.choose("destination_location", 1)
    session.push("target_dataset")
    session.row("tank")
    session.press(.space)
    session.press(.character("n"))
    session.type("copy")
    session.push("browser.use")
    session.push("next")
    session.push("next")
    #expect(session.screen.id == "wizard.review")
    #expect(session.effects.allSatisfy { !$0.changesSomething })
    session.push("save")
    #expect(session.effects.contains { $0.changesSomething })
  }

  @Test func `a code of a failure is told where it can be mended`() {
    // A refusal at the save leads to the field of its finding, whichever step has it.
    for (path, step) in [
      ("source_datasets.0", "wizard.source"), ("target_dataset", "wizard.destination"),
      ("retention_policy", "wizard.schedule"), ("name", "wizard.destination"),
    ] {
      let session = ReviewTests.session()
      let home = session.state.home(of: path)
      #expect(home.map { "wizard.\($0.step.rawValue)" } == step, "\(path)")
    }
  }
}
