import FormKit
import TerminalCore
import Testing

@testable import AppGallery
@testable import ZferryApp

/// Rich and basic screens, and copies.
@Suite struct ModeTests {
  @Test(arguments: [Key.ctrl("t"), .function(4)])
  func `a key switches to basic and back, on every screen, and is remembered`(key: Key) {
    for (name, state) in Gallery.states {
      var state = state
      state.capabilities = .rich
      let before = state
      let effects = update(&state, .key(key))
      #expect(state.capabilities == .basic, "\(name)")
      #expect(effects.map(\.name) == ["keepMode"], "\(name)")
      #expect(state.focus == before.focus && state.stack == before.stack, "\(name)")
      _ = update(&state, .key(key))
      #expect(state.capabilities == state.rich, "\(name)")
    }
  }

  @Test func `what the terminal cannot do, the rich mode does not bring`() {
    var state = AppState(
      capabilities: Capabilities(colour: false, unicode: false), prefersBasic: true)
    #expect(state.capabilities == .basic)
    _ = update(&state, .key(.ctrl("t")))
    #expect(state.capabilities == Capabilities())
  }

  @Test func `a choice counts more than what suits the terminal, and can be given back to it`() {
    var session = Session.managed()
    session.state = AppState(
      now: FakeWorld.now, capabilities: .rich, prefersBasic: true, chosenBasic: false)
    session.play(session.state.begin())
    #expect(session.state.capabilities == .rich)
    session.push("tasks.settings")
    #expect(session.words.contains("selected: Optional(1)"))
    session.choose("settings.drawing", 1)
    #expect(session.state.capabilities == .basic)
    #expect(
      session.effects.last.map { if case .keepMode(_, basic: nil) = $0 { true } else { false } }
        == true)
    session.choose("settings.drawing", 3)
    #expect(session.state.capabilities == .basic && session.state.chosenBasic == true)
  }

  @Test func `with --read-only the choice is not kept`() {
    var state = AppState(readOnly: true)
    let effects = update(&state, .key(.ctrl("t")))
    #expect(effects.isEmpty)
    #expect(state.capabilities == .basic)
  }

  @Test func `a copy is told as sent, or with what to do instead`() {
    var state = AppState()
    _ = update(&state, .copied(true))
    #expect(screen(state).status.tone == .success)
    _ = update(&state, .copied(false))
    #expect(screen(state).status.text.contains("Select the text by hand"))
  }
}
