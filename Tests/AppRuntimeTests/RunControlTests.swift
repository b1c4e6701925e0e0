import ReplicationEngine
import ReplicationModel
import ReplicationPlanner
import Synchronization
import Testing

@testable import AppRuntime
@testable import ZferryApp

/// What a run tells others, and what they may ask of it.
@Suite(.timeLimit(.minutes(1))) struct RunControlTests {
  let files = MemoryFiles()
  let schedule = MemorySchedule()
  let clock = StepClock(step: 0.5)

  var ports: AppPorts {
    AppPorts(
      files: files, pairing: FakePairing(), inspection: FakeInspection(), records: FakeRecords(),
      control: schedule, pump: NoPump(), clock: clock, zone: .utc,
      host: { _ throws(HostError) in ScriptedHost(answers: [:]) })
  }

  @Test func `a paused task is not run by anyone`() async throws {
    try schedule.pause("t", at: Instant(1))
    do {
      try await ports.run("t", .person) { _ in }
      Issue.record("it ran")
    } catch { #expect(Failure(describing: error).code == "task.paused") }
  }

  @Test func `must_not_B8: a run by hand keeps off a tree that another run is at work on`()
    async throws
  {
    for (name, target) in [("a", "bk/x"), ("b", "bk/x/y"), ("c", "bk/z")] {
      var task = TaskDraft()
      task.name = name
      task.transport = .local
      task.sourceDatasets = ["tank/\(name)"]
      task.targetDataset = target
      task.alsoIncludeNamingSchema = ["auto-%Y-%m-%d_%H-%M"]
      try files.save(task)
    }
    let running = RunRecord(
      id: RunID(1), task: "a", started: Instant(1), summary: nil, isRunning: true)
    let ports = AppPorts(
      files: files, pairing: FakePairing(), inspection: FakeInspection(),
      records: FakeRecords(history: [running]), control: schedule, pump: NoPump(), clock: clock,
      zone: .utc, host: { _ throws(HostError) in throw HostError(.system, subject: "reached") })
    for (name, code) in [("b", "run.place"), ("c", "system")] {
      do {
        try await ports.run(name, .person) { _ in }
        Issue.record("it ran")
      } catch { #expect(Failure(describing: error).code == code) }
    }
  }

  func plan(bytes: UInt64?, to: Int64, base: Int64?) -> Plan {
    let name = DatasetName(trusted: "tank/a")
    let step = Step(
      source: name, target: name, datasetKind: .filesystem, kind: .incremental, from: nil,
      to: Snapshot(name: "x", guid: GUID(1), createtxg: 1, creation: Instant(to)), snapshots: 1,
      bytes: bytes, raw: false, send: .zfs("send"), receive: .zfs("receive"))
    return Plan(
      task: "t", direction: .push,
      mapping: [
        Mapping(
          source: name, target: name, kind: .filesystem, targetExists: true, matching: 2, total: 2,
          newestCommon: base.map { Instant($0) })
      ], steps: [step])
  }

  func summary(_ outcome: RunSummary.Outcome) -> RunEvent {
    .finished(
      RunSummary(
        outcome: outcome, sentBytes: 7, snapshots: 1, finished: Instant(9), seconds: 1, error: nil))
  }

  @Test func `how far the copy is behind follows from the plan, and is nothing after a run`() {
    let desk = RunNewsDesk(task: "t", control: schedule, clock: clock)
    desk.take(.planned(plan(bytes: 500, to: 90, base: 30)))
    desk.take(summary(.done))
    let now = clock.now()
    #expect(
      schedule.state.withLock { $0.copies["t"] } == [
        CopyState(at: now, bytesBehind: 500, newestCommon: Instant(30)),
        CopyState(at: now, bytesBehind: 0, newestCommon: Instant(90)),
      ])
  }

  @Test func `a run that failed leaves what its last look found`() {
    let desk = RunNewsDesk(task: "t", control: schedule, clock: clock)
    desk.take(.planned(plan(bytes: nil, to: 90, base: nil)))
    for outcome in [RunSummary.Outcome.failed, .partial, .refused, .cancelled] {
      desk.take(summary(outcome))
    }
    #expect(
      schedule.state.withLock { $0.copies["t"] } == [
        CopyState(at: clock.now(), bytesBehind: nil, newestCommon: nil)
      ])
  }

  @Test func `progress is written at most every two seconds`() {
    let desk = RunNewsDesk(task: "t", control: schedule, clock: clock)
    var written: Set<UInt64> = []
    for bytes in UInt64(1)...20 {
      desk.take(.progress(index: 0, bytes: bytes, total: 20, rate: 1, etaSeconds: nil))
      schedule.state.withLock { _ = written.insert($0.progress["t"]?.bytes ?? 0) }
    }
    // Half a second goes by at each.
    #expect(written == [1, 5, 9, 13, 17])
  }

  func replies(_ change: StoreChange, _ host: ScriptedHost = ScriptedHost(answers: [:])) async
    -> [Reply]
  {
    var ports = ports
    ports.schedule = schedule
    ports.host = { _ throws(HostError) in host }
    let mailbox = Mailbox {}
    let runner = EffectRunner(ports: ports, mailbox: mailbox)
    runner.start(.change(RequestID(1), change))
    await runner.idle()
    return mailbox.take().compactMap { if case .reply(_, let reply) = $0 { reply } else { nil } }
  }

  @Test func `the screens ask a run to stop, and pause and resume a task`() async throws {
    #expect(await replies(.stopRun("a")) == [.saved])
    #expect(schedule.isAskedToStop("a"))
    #expect(await replies(.pause("b", true)) == [.saved])
    #expect(try schedule.paused("b") != nil)
    #expect(schedule.isAskedToStop("b"))
    #expect(await replies(.pause("b", false)) == [.saved])
    #expect(try schedule.paused("b") == nil)
  }

  @Test func `snapshots that the screens ask for are kept in the history, as are troubles`() async {
    var task = SnapshotTask()
    task.name = "hourly"
    task.dataset = "tank/a"
    let now = Instant(clock.now().seconds / 60 * 60)
    let command = task.plainCommand(task.snapshotName(at: now, in: .utc) ?? "")
    let host = ScriptedHost(answers: [command.shellText: CommandResult(exit: .status(0))])
    #expect(await replies(.takeSnapshots(task), host) == [.saved])
    guard case .failed(let failure)? = await replies(.takeSnapshots(task)).first else {
      Issue.record("it did not fail")
      return
    }
    #expect(failure.code == "zfs.failed")
    #expect(schedule.state.withLock { $0.takings.map(\.outcome) } == [.failed, .taken])
    #expect(host.closed.withLock { $0 } == 1)
  }
}
