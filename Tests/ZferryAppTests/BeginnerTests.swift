import FormKit
import ReplicationModel
import TerminalCore
import Testing

@testable import AppGallery
@testable import ZferryApp

/// The first screens of someone who is new here (product.md, 2).
@Suite struct BeginnerTests {
  @Test func `someone new sees the checklist, and the wizard behind it`() {
    var session = Session(beginner: true)
    #expect(session.state.route == .before)
    #expect(session.screen.actions.first?.title == "Begin")
    #expect(session.effects.contains { $0.name == "check" })
    session.press(.enter, .enter)
    #expect(session.state.route == .wizard(.source))
    var other = Session(beginner: true)
    other.press(.escape)
    #expect(other.state.route == .wizard(.source))
  }

  @Test func `who has a connection, a draft or a task does not see it again`() {
    var connected = FakeWorld()
    connected.library.connections = FakeWorld.managed.library.connections
    #expect(Session(world: connected).state.route == .wizard(.source))
    var drafted = FakeWorld()
    drafted.library.drafts = [KeptDraft(.wizard(Answers()))]
    #expect(Session(world: drafted).state.route == .tasks)
    #expect(Session.managed().state.route == .tasks)
  }

  @Test func `from the empty list of tasks it leads to the wizard too`() {
    var session = Session()
    session.press(.escape)
    session.push("tasks.before")
    session.push("before.begin")
    #expect(session.state.route == .wizard(.source))
  }

  @Test func `the checklist of a connection or a task has nothing to begin`() {
    var session = Session()
    session.play(session.state.openCheckup(CheckQuestion(connection: Connection())))
    #expect(session.screen.action("before.begin") == nil)
    #expect(session.screen.action("before.back") != nil)
  }
}
