import FormKit
import ReplicationModel
import TerminalCore
import Testing

@testable import AppGallery
@testable import ZferryApp

@Suite struct RetentionTests {
  /// At the preview of `offsite`.
  func session(_ change: (inout FakeWorld) -> Void = { _ in }) -> Session {
    var session = Session.managed(change)
    session.open(row: 1)
    session.push("task.retention")
    return session
  }

  func label(_ session: Session) -> String? { session.screen.list("retention.list")?.label }

  func forecasts(_ session: Session) -> [RetentionQuestion] {
    session.effects.compactMap {
      if case .forecast(_, let question) = $0 { question } else { nil }
    }
  }

  @Test func `it shows what each side holds, what goes, and whether an outage is survived`() {
    let session = session()
    #expect(session.state.route == .retention)
    // The source's snapshot task keeps two weeks, and one of them is made a day.
    #expect(label(session) == "Snapshots on 2026-12-24")
    #expect(session.words.contains("source 14 (16 go), copy 46"), "\(session.words)")
    #expect(session.words.contains("Next to go from the source: @auto-2026-11-09_00-00,"))
    #expect(session.words.contains("and 13 more."))
    #expect(session.words.contains("After 7 days without a run copying goes on from @auto-"))
    #expect(session.words.contains("Held and cloned snapshots stay as well"))
  }

  @Test func `both sides are looked at once, and each day is reckoned from that`() {
    var session = session()
    session.choose("retention.day", 1)
    session.choose("retention.day", 5)
    let asked = forecasts(session)
    #expect(asked.map(\.days) == [30, 0, 365])
    #expect(asked.map { $0.pairs == nil } == [true, false, false])
    #expect(label(session) == "Snapshots on 2027-11-24")
    session.push("retention.again")
    #expect(forecasts(session).last?.pairs == nil)
  }

  @Test func `another day is typed, and a number that is none is named`() {
    var session = session()
    session.choose("retention.day", 6)
    #expect(forecasts(session).last?.days == 60)
    session.tab(to: "retention.days")
    session.press(.end, .backspace)
    #expect(forecasts(session).last?.days == 6)
    session.press(.backspace)
    let count = forecasts(session).count
    #expect(session.words.contains("A number of days from 0 to 3650"))
    #expect(!session.words.contains("copy 46"), "old numbers stand for no other day")
    session.type("9999")
    #expect(forecasts(session).count == count + 3, "9, 99 and 999 are days, 9999 is none")
    session.press(.character("x"))
    #expect(session.words.contains("Digits only."))
  }

  @Test func `an outage that is longer than the base lives is a warning`() {
    var session = session()
    session.tab(to: "retention.outage")
    session.press(.ctrl("u"))
    session.type("20")
    #expect(
      session.words.contains("After 20 days without a run @auto-2026-11-22_00-00 has outlived"),
      "\(session.words)")
  }

  @Test func `each snapshot of a dataset is one line, with the sides that hold it`() {
    var session = session()
    session.tab(to: "retention.list")
    session.press(.enter)
    #expect(session.state.route == .retentionSnapshots)
    #expect(session.words.contains("@auto-2026-11-09_00-00"))
    #expect(session.words.contains("copy, leaves source"))
    session.press(.end)
    #expect(session.words.contains("both sides, the base"), "\(session.words)")
    #expect(session.words.contains("the next copy starts from it, so it stays"))
    session.press(.escape)
    #expect(session.state.route == .retention)
  }

  @Test func `Esc ends what is still being reckoned, and a late answer changes nothing`() {
    var session = session { $0.silent = ["forecast"] }
    #expect(session.words.contains("Looking at both sides…"))
    let id = session.state.retention?.request
    session.press(.escape)
    #expect(session.effects.contains { $0 == id.map(Effect.abandon) })
    let before = session.state
    _ = update(
      &session.state, .reply(id ?? RequestID(0), .forecast(RetentionOutlook(pairs: [], rows: []))))
    #expect(session.state.retention == nil && session.state.route == before.route)
  }

  @Test func `another day while the first is reckoned takes its place`() {
    var session = session()
    session.world.silent = ["forecast"]
    session.choose("retention.day", 4)
    let first = session.state.retention?.request
    #expect(session.words.contains("reckoning…"))
    session.choose("retention.day", 5)
    #expect(session.effects.contains { $0 == first.map(Effect.abandon) })
    #expect(session.state.retention?.request != first)
    session.push("retention.open")
    #expect(session.words.contains("Wait for the numbers."))
  }

  @Test func `what went wrong is said, and can be tried again`() {
    var session = session { $0.failing["forecast"] = Failure("connect.refused", subject: "vault") }
    #expect(session.words.contains("vault"), "\(session.words)")
    #expect(label(session) == nil)
    session.push("retention.again")
    #expect(session.words.contains("copy 46"))
  }

  @Test func `the plan and the review lead to it too`() throws {
    var session = Session.managed()
    session.open(row: 1)
    session.push("task.plan")
    session.push("plan.retention")
    #expect(session.state.route == .retention)
    session.press(.escape)
    #expect(session.state.route == .plan)
    var wizard = Session()
    wizard.state = try #require(Gallery.states.first { $0.name == "review" }?.state)
    wizard.push("retention")
    #expect(wizard.state.route == .retention)
    // The snapshot task that saving would make counts already.
    #expect(forecasts(wizard).first?.snapshotTasks.map(\.dataset) == ["tank/data"])
    #expect(!wizard.effects.contains { $0.changesSomething })
  }
}
