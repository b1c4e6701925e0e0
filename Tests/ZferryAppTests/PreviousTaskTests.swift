import FormKit
import ReplicationModel
import TerminalCore
import Testing

@testable import AppGallery
@testable import ZferryApp

@Suite struct PreviousTaskTests {
  /// At the wizard of a system that is in use.
  func session(_ change: (inout FakeWorld) -> Void = { _ in }) -> Session {
    var session = Session.managed(change)
    session.push("tasks.new")
    return session
  }

  @Test func `there is nothing to load before there is a task`() {
    let session = Session()
    #expect(!session.state.fields.contains { $0.id == "load_previous" })
  }

  @Test func `an empty wizard is filled at once, under another name`() {
    var session = session { world in
      // As the wizard makes it, so that all of it can be held.
      world.library.tasks.removeAll { $0.name != "www" }
    }
    session.push("load_previous")
    #expect(session.state.route == .previousTasks)
    #expect(session.words.contains("last run 2026-11-24"), "\(session.words)")
    session.press(.enter)
    #expect(session.state.route == .wizard(.source) && session.state.question == nil)
    let choices = session.state.wizard.choices
    #expect(choices.sourceLocation == .remote && choices.connection == "vault")
    #expect(choices.sources == ["pool/www"] && choices.destination == "tank/www")
    #expect(choices.taskName != "www" && !choices.taskName.isEmpty && !choices.nameIsTyped)
    #expect(session.words.contains("Filled in from www"))
    #expect(session.words.contains("www"))
    // What was filled in would be lost.
    #expect(session.state.wizard.isChanged)
    #expect(!session.effects.contains { $0.changesSomething })
  }

  @Test func `the task is made anew by saving what was filled in`() {
    var session = session { $0.library.tasks.removeAll { $0.name != "www" } }
    session.push("load_previous")
    session.press(.enter)
    var made = session.state.order.task
    made.name = "www"
    #expect(made == session.world.library.tasks[0])
  }

  @Test func `what the wizard cannot hold is named before`() {
    var session = session { world in
      world.library.tasks[1].speedLimit = 1_000_000
    }
    session.push("load_previous")
    session.press(.down, .enter)
    #expect(session.state.question == .loadTask("offsite"))
    let words = session.screen.dialog.map { "\($0.blocks)" } ?? ""
    #expect(words.contains(TaskField.speedLimit.label), "\(words)")
    #expect(!words.contains("What you entered"))
    session.push("question.go")
    #expect(session.state.wizard.loadedTask == "offsite")
    #expect(session.state.wizard.choices.lifetimeValue == "6")
  }

  @Test func `what was entered is replaced only after a question`() {
    var session = session { $0.library.tasks.removeAll { $0.name != "www" } }
    session.choose("source_location", 1)
    let before = session.state.wizard.choices
    session.push("load_previous")
    session.press(.enter)
    #expect(session.state.question == .loadTask("www"))
    session.press(.enter)
    #expect(session.state.wizard.choices == before && session.state.question == nil)
    session.press(.enter)
    session.push("question.go")
    #expect(session.state.wizard.choices.sources == ["pool/www"])
  }
}
