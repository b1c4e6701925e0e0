import FormKit
import ReplicationModel
import TerminalCore
import Testing

@testable import AppGallery
@testable import ZferryApp

/// Fields, their dependencies and their errors.
@Suite struct FormTests {
  @Test func `Next goes to the first field that is missing, and says which`() {
    var session = Session()
    session.push("next")
    #expect(session.state.focus == "source_location")
    #expect(session.screen.status.text == "Source Location is required.")
    #expect(session.screen.status.tone == .error)
    session.choose("source_location", 1)
    session.push("next")
    #expect(session.state.focus == "source_datasets")
    #expect(session.screen.status.text.contains("Source"))
    #expect(session.screen.status.text.contains("required"))
  }

  @Test func `an error shows once its field was left, and goes in the moment it is mended`() {
    var session = Session()
    func note(_ id: FocusID) -> String? {
      for case .field(let field) in session.screen.blocks where field.id == id {
        return field.message?.text
      }
      return nil
    }
    session.choose("source_location", 2)
    session.tab(to: "naming_schema")
    session.press(.ctrl("u"))
    #expect(note("naming_schema") == nil, "still being typed")
    session.press(.tab)
    #expect(note("naming_schema") != nil)
    session.tab(to: "naming_schema")
    session.type("auto-%Y-%m-%d_%H-%M")
    #expect(note("naming_schema") == nil)
  }

  @Test func `a location that changes empties what was chosen there`() {
    var session = Session()
    session.choose("source_location", 1)
    session.state.wizard.choices.sources = ["tank"]
    session.choose("source_location", 2)
    #expect(session.state.wizard.choices.sources.isEmpty)
    session.choose("source_location", 1)
    session.state.wizard.choices.destinationLocation = .local
    session.state.wizard.choices.destination = "backup"
    _ = session.state.enter(.destination)
    session.choose("destination_location", 2)
    #expect(session.state.wizard.choices.destination == "")
    #expect(session.screen.status.text.contains("choose it again"))
  }

  @Test func `a name that was typed is never replaced by a suggestion`() {
    var session = Session()
    session.choose("source_location", 1)
    session.state.wizard.choices.destinationLocation = .local
    _ = session.state.enter(.destination)
    session.tab(to: "name")
    session.type("mine")
    let before = session.state.wizard.choices
    session.state.wizard.choices.sources = ["tank"]
    session.state.wizard.choices.destination = "backup"
    _ = session.state.settle(since: before)
    #expect(session.state.wizard.choices.taskName == "mine")
    session.press(.ctrl("u"))
    #expect(session.state.wizard.choices.taskName == "", "nothing comes under the fingers")
    session.press(.tab)
    #expect(
      session.state.wizard.choices.taskName == "tank-to-backup", "left empty: suggested again")
  }

  @Test func `a character that cannot be is refused with the reason`() {
    var session = Session()
    session.state.wizard.choices.sourceLocation = .local
    _ = session.state.enter(.schedule)
    session.tab(to: "source_lifetime_value")
    session.type("x")
    #expect(session.state.wizard.choices.sourceLifetimeValue == "2")
    #expect(session.screen.status.text == "Digits only.")
    session.type("1")
    #expect(session.state.wizard.choices.sourceLifetimeValue == "21")
    #expect(session.screen.status.text != "Digits only.")
  }

  @Test func `a paste with line ends is text, and presses nothing`() {
    var session = Session()
    session.choose("source_location", 2)
    session.tab(to: "naming_schema")
    session.press(.ctrl("u"), .paste("auto-%Y\n-%m\n\n"))
    #expect(session.state.wizard.choices.namingSchema == "auto-%Y-%m")
    #expect(session.state.focus == "naming_schema")
    session.tab(to: "next")
    let before = session.state
    session.press(.paste("\n\n\n"))
    #expect(session.state.route == before.route)
  }

  @Test func `the caret moves, and text goes in and out where it stands`() {
    var session = Session()
    session.state.wizard.choices.sourceLocation = .remote
    _ = session.state.enter(.source, at: "naming_schema")
    session.press(.ctrl("u"))
    session.type("ac")
    session.press(.left)
    session.type("b")
    #expect(session.state.wizard.choices.namingSchema == "abc")
    session.press(.home, .delete)
    #expect(session.state.wizard.choices.namingSchema == "bc")
    session.press(.end, .backspace)
    #expect(session.state.wizard.choices.namingSchema == "b")
    session.press(.home, .backspace)
    #expect(session.state.wizard.choices.namingSchema == "b")
    session.press(.end, .right, .right, .delete)
    #expect(session.state.wizard.choices.namingSchema == "b")
  }

  @Test func `a custom schedule needs five fields, a lifetime a number above nothing`() {
    var session = Session()
    session.state.wizard.choices.sourceLocation = .local
    _ = session.state.enter(.schedule)
    session.choose("schedule_picker", 5)
    session.tab(to: "schedule_custom")
    session.press(.ctrl("u"))
    session.type("0 2")
    session.push("next")
    #expect(session.state.focus == "schedule_custom")
    #expect(session.screen.status.text.contains("five fields"))
    session.press(.ctrl("u"))
    session.type("0 2 * * *")
    session.tab(to: "source_lifetime_value")
    session.press(.ctrl("u"))
    session.type("0")
    session.push("next")
    #expect(session.state.focus == "source_lifetime_value")
  }

  @Test func `a schedule that cannot be read is the one thing that is said about it`() {
    var session = ReviewTests.session()
    session.change {
      $0.preset = .custom
      $0.cron = "99 * * * *"
    }
    let errors = session.state.wizard.findings.filter { $0.severity == .error }
    #expect(errors.map(\.field) == ["schedule_custom"])
    session.change { $0.cron = "" }
    #expect(session.state.firstProblem?.message == "Custom Schedule is required.")
    session.change { $0.cron = "30 2 * * mon-fri" }
    #expect(session.state.firstProblem == nil)
  }

  @Test func `findings come in the order in which the wizard asks`() {
    var session = ReviewTests.session()
    session.change {
      $0.sources = []
      $0.sourceLifetimeValue = "0"
    }
    session.change { $0.destination = "" }
    let steps = session.state.wizard.findings.compactMap { session.state.home(of: $0.field)?.step }
    let order = steps.compactMap { WizardStep.allCases.firstIndex(of: $0) }
    #expect(order == order.sorted() && order.count >= 3)
  }

  @Test func `the count of snapshots follows the schema, and a stale count is dropped`() {
    var world = FakeWorld()
    world.silent = ["countSnapshots"]
    var session = Session(world: world)
    session.choose("source_location", 1)
    session.push("source_datasets")
    session.press(.space)
    session.push("browser.use")
    let first = session.state.wizard.counting
    #expect(session.words.contains("Counting snapshots"))
    session.tab(to: "custom_snapshots")
    session.press(.space)
    session.tab(to: "naming_schema")
    session.type("x")
    let second = session.state.wizard.counting
    #expect(first != second)
    #expect(session.effects.contains { $0 == first.map { .abandon($0) } })
    if let first {
      _ = update(
        &session.state,
        .reply(first, .counted([SnapshotCount(dataset: "tank/data", matching: 99, total: 99)])))
    }
    #expect(session.words.contains("Counting snapshots"), "99 is stale")
    if let second {
      _ = update(
        &session.state,
        .reply(second, .counted([SnapshotCount(dataset: "tank/data", matching: 0, total: 0)])))
    }
    #expect(session.words.contains("one is taken before the first run"))
  }
}
