import FormKit
import ReplicationModel
import ReplicationPlanner
import TerminalCore
import Testing

@testable import AppGallery
@testable import ZferryApp

@Suite struct RunTests {
  /// A run that was started and tells nothing yet.
  func started() -> (Session, RequestID) {
    var world = FakeWorld()
    world.silent = ["startRun"]
    var session = ReviewTests.session(world)
    session.push("save_and_run")
    return (session, session.state.run.request ?? RequestID(0))
  }

  func plan() -> Plan {
    var order = TaskOrder(task: TaskDraft())
    order.task.sourceDatasets = ["tank/a", "tank/b"]
    order.task.targetDataset = "backup"
    return FakeWorld().preview(order).plan
  }

  @Test func `progress says dataset, bytes of total, rate and time left`() {
    var (session, id) = started()
    let plan = plan()
    #expect(session.words.contains("Looking at both sides"))
    for news: RunNews in [
      .planned(plan), .stepStarted(index: 0, of: 2, plan.steps[0]),
      .progress(index: 0, bytes: 1 << 29, total: 2 << 30, rate: 64 * 1024 * 1024, etaSeconds: 24),
    ] {
      _ = update(&session.state, .reply(id, .run(news)))
    }
    #expect(session.words.contains("512.0 MiB of 2.0 GiB, 64.0 MiB/s, 24 s left"))
    #expect(session.words.contains("tank/a: sending"))
    #expect(session.words.contains("tank/b: waits"))
    _ = update(&session.state, .reply(id, .run(.stepFinished(index: 0, bytes: 1 << 30))))
    #expect(session.words.contains("tank/a: done, 1.0 GiB"))
  }

  @Test func `Cancel asks first, and the default keeps it running`() {
    var (session, id) = started()
    session.push("run.cancel")
    #expect(session.screen.dialog?.title == "Cancel the run?")
    session.press(.enter)
    #expect(session.screen.dialog == nil)
    #expect(!session.effects.contains(.cancelRun(id)))
    session.push("run.cancel")
    session.push("question.go")
    #expect(session.effects.contains(.cancelRun(id)))
    #expect(session.words.contains("Stopping"))
    let result = RunResult(outcome: "cancelled", sentBytes: 5, snapshots: 0, seconds: 3)
    _ = update(&session.state, .reply(id, .run(.finished(result))))
    #expect(session.words.contains("stopped by you"))
    #expect(session.words.contains("Run again goes on from there"))
  }

  @Test func `leaving the screen lets the run go on, and the task list leads back`() {
    var (session, id) = started()
    session.press(.escape)
    session.push("question.go")
    #expect(session.screen.id == "tasks")
    #expect(!session.effects.contains(.cancelRun(id)))
    session.push("tasks.watch")
    #expect(session.screen.id == "run")
  }

  @Test func `every outcome says what happened and what to do next`() {
    for outcome in ["done", "nothing", "partial", "failed", "refused", "cancelled"] {
      var (session, id) = started()
      let error = outcome == "failed" ? Failure("zfs.out_of_space", subject: "backup") : nil
      _ = update(
        &session.state,
        .reply(
          id,
          .run(
            .finished(
              RunResult(
                outcome: outcome, sentBytes: 10, snapshots: 1, seconds: 1, error: error)))))
      #expect(session.screen.purpose == "How the run ended.")
      #expect(session.state.run.result?.nextStep.isEmpty == false)
      #expect(session.words.contains("[ENOSPC]") == (outcome == "failed"))
      #expect(!session.state.farewell.isEmpty)
    }
  }

  @Test func `a retry says why and when`() {
    var (session, id) = started()
    let news = RunNews.retry(
      attempt: 2, Failure("connection_lost", subject: "vault:22"), inSeconds: 10)
    _ = update(&session.state, .reply(id, .run(news)))
    #expect(session.words.contains("[ECONNRESET] vault, port 22"))
    #expect(session.words.contains("Attempt 2 follows in 10 s"))
  }

  @Test func `news of another run, or with a wrong index, changes nothing or nothing bad`() {
    var (session, id) = started()
    let before = session.state
    _ = update(&session.state, .reply(RequestID(999), .run(.stepFinished(index: 0, bytes: 1))))
    #expect(session.state == before)
    _ = update(&session.state, .reply(id, .run(.stepFinished(index: 7, bytes: 1))))
    _ = update(
      &session.state,
      .reply(id, .run(.progress(index: -1, bytes: .max, total: 0, rate: 0, etaSeconds: nil))))
    _ = session.screen
  }

  @Test func `a run that could not start is told as failed`() {
    var (session, id) = started()
    _ = update(&session.state, .reply(id, .failed(Failure("store.locked", subject: "offsite"))))
    #expect(session.words.contains("[EBUSY] offsite"))
    session.push("run.done")
    #expect(session.screen.id == "tasks")
  }

  @Test func `quitting during a run asks, then stops it`() {
    var (session, id) = started()
    session.press(.ctrl("c"))
    #expect(session.words.contains("Quitting stops it"))
    session.press(.ctrl("c"))
    #expect(session.effects.contains(.cancelRun(id)))
    #expect(session.effects.contains { $0.name == "quit" })
  }
}
