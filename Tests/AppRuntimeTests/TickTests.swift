import Loopback
import ReplicationEngine
import ReplicationModel
import ReplicationPlanner
import Synchronization
import Testing

@testable import AppRuntime
@testable import ZferryApp

@Suite(.timeLimit(.minutes(1))) struct TickTests {
  let files = MemoryFiles()
  let schedule = MemorySchedule()
  let clock = SetClock(Self.at(12, 0, 5))
  let runs = HeldRuns()
  let told = Lines()
  let here = ScriptedHost(answers: [
    "zfs snapshot tank/a@auto-2026-06-01_12-00": CommandResult(exit: .status(0)),
    "zfs snapshot tank/a@auto-2026-06-01_12-01": CommandResult(exit: .status(0)),
    "zfs list -Hp -d 1 -t snapshot,bookmark -o name,guid,createtxg,creation tank/a":
      CommandResult(exit: .status(0)),
  ])

  static func at(_ hour: Int, _ minute: Int, _ second: Int = 0) -> Instant {
    Instant(
      CivilTime(year: 2026, month: 6, day: 1, hour: hour, minute: minute, second: second)
        .secondsAsUTC)
  }

  func add(
    _ name: String, target: String? = nil, schedule: Schedule? = Schedule(minute: "*"),
    change: (inout TaskDraft) -> Void = { _ in }
  ) throws {
    var task = TaskDraft()
    task.name = name
    task.transport = .local
    task.sourceDatasets = ["tank/\(name)"]
    task.targetDataset = target ?? "backup/\(name)"
    task.schedule = schedule
    change(&task)
    try files.save(task)
  }

  func addSnapshots(_ name: String = "hourly", _ schedule: Schedule = .hourly) throws {
    var task = SnapshotTask()
    task.name = name
    task.dataset = "tank/a"
    task.schedule = schedule
    try files.save(task)
  }

  func tick(
    limit: Int? = 5, records: any RunRecordPort = FakeRecords(), notices: NoticeDesk? = nil,
    check: @escaping @Sendable (String) throws -> Void = { _ in },
    run: (@Sendable (String, @Sendable (RunEvent) -> Void) async throws -> Void)? = nil
  ) -> Tick {
    let here = here
    let runs = runs
    let told = told
    var ports = AppPorts(
      files: files, pairing: FakePairing(), inspection: FakeInspection(), records: records,
      control: schedule, pump: NoPump(), clock: clock, zone: .utc,
      host: { _ throws(HostError) in here })
    ports.notices = notices
    ports.run = { name, starter, report in
      #expect(starter == .schedule)
      report(.started(task: name))
      if let run { try await run(name, report) } else { await runs.run(name) }
    }
    return Tick(ports, schedule: schedule, limit: limit, check: check) { event in
      if case .run = event { return }
      told.lines.withLock { $0.append(Self.words(event)) }
    }
  }

  static func words(_ event: TickEvent) -> String {
    switch event {
    case .taken(let taking): "\(taking.task) \(taking.outcome.rawValue)"
    case .started(let name): "\(name) started"
    case .catchesUp(let name): "\(name) again"
    case .run(let name, _): "\(name) told"
    case .waits(let waiting): "\(waiting.task) \(waiting.reason.rawValue) \(waiting.detail)"
    case .failed(let name, let failure): "\(name) \(failure.code)"
    case .trouble(let failure): "trouble \(failure.code)"
    }
  }

  var lines: [String] { told.lines.withLock { $0 } }

  final class Lines: Sendable {
    let lines = Mutex<[String]>([])
  }

  @Test func `where nothing is due nothing is said, and the look is kept`() async throws {
    try add("a", schedule: Schedule(minute: "30"))
    try await tick().run()
    #expect(lines.isEmpty)
    #expect(schedule.state.withLock { $0.look } == TickLook(at: Self.at(12, 0, 5)))
    #expect(here.closed.withLock { $0 } == 1)
  }

  @Test func `snapshots first, then the task that is bound to them, once in a minute`() async throws
  {
    try addSnapshots()
    try add("a", schedule: nil) { $0.periodicSnapshotTasks = ["hourly"] }
    for _ in 0..<2 { try await tick(run: { _, _ in }).run() }
    #expect(lines == ["hourly taken", "a started"])
    #expect(schedule.state.withLock { $0.takings.map(\.outcome) } == [.taken])
  }

  @Test func `a tick that dies before or after any of its writes loses no turn`() async throws {
    for moment in 1..<40 {
      let one = TickTests()
      try one.addSnapshots()
      try one.add("a", schedule: nil) { $0.periodicSnapshotTasks = ["hourly"] }
      one.schedule.state.withLock { $0.moments = moment }
      try? await one.tick(run: { _, _ in }).run()
      let died = one.schedule.state.withLock { state in
        defer { state.moments = nil }
        return state.moments == 0
      }
      for _ in 0..<2 { try await one.tick(run: { _, _ in }).run() }
      #expect(one.lines.contains("hourly taken"), "died at \(moment)")
      #expect(one.schedule.state.withLock { !$0.takings.isEmpty }, "died at \(moment)")
      let starts = one.lines.count { $0 == "a started" }
      #expect(starts >= 1 && starts <= 2, "died at \(moment)")
      if !died { return }
    }
    Issue.record("it never came to its end")
  }

  @Test func `a snapshot that fails is kept with its reason, and stops nobody`() async throws {
    try addSnapshots("broken")
    var other = try #require(files.content.withLock { $0.snapshotTasks["broken"] })
    other.name = "other"
    other.dataset = "tank/none"
    try files.save(other)
    try add("a")
    try await tick(run: { _, _ in }).run()
    #expect(lines == ["broken taken", "other failed", "a started"])
    #expect(schedule.state.withLock { $0.takings.first?.error != nil })
  }

  @Test func `a bound snapshot task comes first where the source has no snapshot at all`()
    async throws
  {
    try addSnapshots("daily", Schedule(minute: "0", hour: "3"))
    try add("a") { $0.periodicSnapshotTasks = ["daily"] }
    try await tick(run: { _, _ in }).run()
    #expect(lines == ["daily taken", "a started"])
    // It has one now.
    clock.set(Self.at(12, 1))
    try await tick(run: { _, _ in }).run()
    #expect(lines == ["daily taken", "a started", "a started"])
  }

  @Test func `more than may run wait with the reason, and start when one has ended`() async throws {
    for name in ["a", "b", "c"] { try add(name, schedule: .hourly) }
    let tick = tick(limit: 2)
    let work = Task { try await tick.run() }
    #expect(await eventually { runs.started.count == 2 })
    #expect(lines.contains("c wait.turn 2"))
    #expect(
      schedule.state.withLock { $0.look?.waiting }
        == [Waiting(task: "c", reason: .turn, detail: "2")])
    runs.end("a")
    #expect(await eventually { runs.started.contains("c") })
    #expect(await eventually { schedule.state.withLock { $0.look?.waiting } == [] })
    runs.end("b")
    runs.end("c")
    try await work.value
    #expect(runs.started.sorted() == ["a", "b", "c"])
  }

  @Test func `while a long run goes on, others come to their turn every minute`() async throws {
    try add("long", schedule: .hourly)
    try add("quick", schedule: Schedule(minute: "1"))
    try addSnapshots("minutely", Schedule(minute: "*"))
    let tick = tick()
    let work = Task { try await tick.run() }
    #expect(await eventually { runs.started == ["long"] })
    clock.set(Self.at(12, 1))
    #expect(await eventually { runs.started == ["long", "quick"] })
    #expect(lines.filter { $0 == "minutely taken" }.count == 2)
    for name in ["long", "quick"] { runs.end(name) }
    try await work.value
  }

  @Test func `a host that is down keeps nobody from his turn`() async throws {
    try add("dead", schedule: .hourly)
    try add("live", schedule: Schedule(minute: "1"))
    let runs = runs
    let tick = tick(
      limit: 1,
      run: { name, report in
        let reason = RunFailure(code: "connect.timeout", subject: "vault")
        if name == "dead" { report(.retry(attempt: 2, reason: reason, inSeconds: 60)) }
        await runs.run(name)
      })
    let work = Task { try await tick.run() }
    #expect(await eventually { runs.started == ["dead"] })
    clock.set(Self.at(12, 1))
    #expect(await eventually { runs.started == ["dead", "live"] })
    for name in ["dead", "live"] { runs.end(name) }
    try await work.value
  }

  @Test func `a run that goes on elsewhere is not started twice; the reason is told once`()
    async throws
  {
    try add("a")
    let running = RunRecord(
      id: RunID(3), task: "a", started: Self.at(11, 0), summary: nil, isRunning: true)
    for second in [5, 20] {
      clock.set(Self.at(12, 0, Int(second)))
      try await tick(records: FakeRecords(history: [running]), run: { _, _ in }).run()
    }
    #expect(lines == ["a wait.running a"])
    // When it has ended, the minute is served.
    try await tick(run: { _, _ in }).run()
    #expect(lines == ["a wait.running a", "a started"])
  }

  @Test func `a run that was killed is made up for once, and both logs say so`() async throws {
    try add("a", schedule: Schedule(minute: "0"))
    func record(_ id: Int64, _ minute: Int, ended: Bool) -> RunRecord {
      RunRecord(
        id: RunID(id), task: "a", started: Self.at(12, minute),
        summary: ended
          ? RunSummary(
            outcome: .done, sentBytes: 0, snapshots: 0, finished: Self.at(12, minute), seconds: 1,
            error: nil) : nil, isRunning: false)
    }
    try schedule.keep([.replication("a"): Self.at(12, 0, 1)])
    clock.set(Self.at(12, 20))
    let records = LoggedRecords([record(7, 1, ended: false), record(6, 0, ended: true)])
    for _ in 0..<2 { try await tick(records: records, run: { _, _ in }).run() }
    #expect(lines == ["a again"])
    #expect(records.lines.withLock { $0.count } == 2)
    // Killed twice in a row: no third by itself.
    try schedule.keep([.replication("a"): Self.at(12, 0, 1)])
    let twice = LoggedRecords([record(7, 1, ended: false), record(6, 0, ended: false)])
    try await tick(records: twice, run: { _, _ in }).run()
    #expect(lines == ["a again"])
  }

  @Test func `must_not_B8: two that write into one tree do so one after the other`() async throws {
    try add("a", target: "backup/x", schedule: .hourly)
    try add("b", target: "backup/x/y", schedule: .hourly)
    let tick = tick()
    let work = Task { try await tick.run() }
    #expect(await eventually { lines.contains("b wait.place a") })
    #expect(await eventually { runs.started == ["a"] })
    runs.end("a")
    #expect(await eventually { runs.started == ["a", "b"] })
    runs.end("b")
    try await work.value
  }

  @Test func `a paused task waits until it is resumed, and then runs once`() async throws {
    try add("a", schedule: .hourly)
    try schedule.pause("a", at: Self.at(11, 0))
    try await tick(run: { _, _ in }).run()
    #expect(lines.isEmpty)
    try schedule.pause("a", at: nil)
    clock.set(Self.at(12, 20))
    for _ in 0..<2 { try await tick(run: { _, _ in }).run() }
    #expect(lines == ["a started"])
  }

  @Test func `a task that is not valid is told, has had its turn, and stops nobody`() async throws {
    try add("a")
    try add("b")
    files.content.withLock { _ = $0.broken.insert("c") }
    let check: @Sendable (String) throws -> Void = { name in
      if name == "a" { throw StoreError(.invalid, subject: "a") }
    }
    try await tick(check: check, run: { _, _ in }).run()
    #expect(lines.sorted() == ["a store.invalid", "b started", "trouble store.invalid"])
    #expect(schedule.state.withLock { $0.marks[.replication("a")] } == Self.at(12, 0, 5))
  }

  @Test func `stopping ends all runs in order`() async throws {
    for name in ["a", "b"] { try add(name, schedule: .hourly) }
    let tick = tick()
    let work = Task { try await tick.run() }
    #expect(await eventually { runs.started.count == 2 })
    work.cancel()
    try await work.value
    #expect(runs.cancelled == ["a", "b"])
  }

  @Test func `a history that cannot be written for a moment ends no run`() async throws {
    try add("a", schedule: .hourly)
    let tick = tick()
    let work = Task { try await tick.run() }
    #expect(await eventually { runs.started == ["a"] })
    schedule.state.withLock { $0.failing = true }
    clock.set(Self.at(12, 1))
    #expect(await eventually { lines.contains("trouble store.full") })
    #expect(runs.cancelled.isEmpty)
    schedule.state.withLock { $0.failing = false }
    runs.end("a")
    try await work.value
  }

  @Test func `where no record can be kept at all, that is an error`() async throws {
    schedule.state.withLock { $0.failing = true }
    await #expect(throws: StoreError.self) { try await tick().run() }
  }
}
