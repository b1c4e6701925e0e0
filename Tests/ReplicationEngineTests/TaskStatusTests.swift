import ReplicationEngine
import ReplicationModel
import ReplicationPlanner
import Testing

@Suite("A task's status")
struct TaskStatusTests {
  static let now = Instant(CivilTime(year: 2026, month: 11, day: 25, hour: 15).secondsAsUTC)

  static func hour(_ hour: Int, _ minute: Int = 0, day: Int = 25) -> Instant {
    Instant(
      CivilTime(year: 2026, month: 11, day: day, hour: hour, minute: minute).secondsAsUTC)
  }

  static func draft(change: (inout TaskDraft) -> Void = { _ in }) -> TaskDraft {
    var draft = TaskDraft()
    draft.name = "offsite"
    draft.schedule = .daily
    change(&draft)
    return draft
  }

  static func run(
    _ outcome: RunSummary.Outcome?, at: Instant, isRunning: Bool = false, error: RunFailure? = nil
  ) -> RunRecord {
    RunRecord(
      id: RunID(at.seconds), task: "offsite", started: at,
      summary: outcome.map {
        RunSummary(
          outcome: $0, sentBytes: 0, snapshots: 0, finished: at + 60, seconds: 60, error: error)
      }, isRunning: isRunning)
  }

  static func status(
    _ draft: TaskDraft?, _ runs: [RunRecord] = [], _ snapshotTasks: [SnapshotTask] = []
  ) -> TaskStatus {
    TaskStatus(
      name: "offsite", draft: draft, runs: runs, snapshotTasks: snapshotTasks, zone: .utc, now: now)
  }

  static func status(_ situation: TaskSituation, _ runs: [RunRecord] = []) -> TaskStatus {
    TaskStatus(
      name: "offsite", draft: draft(), runs: runs, snapshotTasks: [], zone: .utc, now: now,
      situation: situation)
  }

  @Test(
    "What keeps a task from running is its state, with the reason; a run that goes on is told first"
  )
  func situations() {
    let waiting = Waiting(task: "offsite", reason: .turn, detail: "5")
    let failed = [Self.run(.failed, at: Self.hour(14), error: Self.failure)]
    let waits = Self.status(TaskSituation(waiting: waiting), failed)
    #expect(waits.state == .waiting && waits.reason?.code == "wait.turn")
    #expect(waits.lastError?.code == "connect.refused")
    let paused = Self.status(TaskSituation(paused: Self.hour(13), waiting: waiting), failed)
    #expect(paused.state == .hold && paused.reason?.code == "task.paused")
    let progress = RunProgress(
      at: Self.now, bytes: 3, total: 9, rate: 1, etaSeconds: 6)
    let running = [Self.run(nil, at: Self.hour(14), isRunning: true)]
    let runs = Self.status(
      TaskSituation(paused: Self.hour(13), waiting: waiting, progress: progress), running)
    #expect(runs.state == .running && runs.reason == nil && runs.progress == progress)
    #expect(Self.status(TaskSituation(progress: progress), failed).progress == nil)
  }

  @Test("The lag is the age of the newest snapshot that both sides hold, where a run has told it")
  func newestCommon() {
    let runs = [Self.run(.nothing, at: Self.hour(14))]
    let copy = CopyState(at: Self.hour(14), bytesBehind: 7, newestCommon: Self.hour(2))
    let status = Self.status(TaskSituation(copy: copy), runs)
    #expect(status.lagSeconds == 13 * 3_600 && status.lagBytes == 7)
    // One of its datasets has no copy: no number says what would be lost.
    let none = CopyState(at: Self.hour(14), bytesBehind: nil, newestCommon: nil)
    let unknown = Self.status(TaskSituation(copy: none), runs)
    #expect(unknown.lagSeconds == nil && unknown.lagBytes == nil)
  }

  static let failure = RunFailure(code: "connect.refused", subject: "vault:22")

  @Test(
    "The state is that of the last run",
    arguments: [
      ([], .pending, nil),
      ([run(nil, at: hour(14), isRunning: true)], .running, nil),
      ([run(.done, at: hour(14))], .finished, nil),
      ([run(.nothing, at: hour(14))], .finished, nil),
      ([run(.failed, at: hour(14), error: failure)], .error, "connect.refused"),
      ([run(.partial, at: hour(14), error: failure)], .error, "connect.refused"),
      ([run(.refused, at: hour(14), error: failure)], .error, "connect.refused"),
      (
        [run(.cancelled, at: hour(14), error: RunFailure(code: "cancelled", subject: "offsite"))],
        .cancelled, "cancelled"
      ),
      ([run(nil, at: hour(14))], .error, "run.killed"),
      // What failed before does not matter any more.
      ([run(.done, at: hour(14)), run(.failed, at: hour(13), error: failure)], .finished, nil),
      ([run(nil, at: hour(14), isRunning: true), run(nil, at: hour(13))], .running, nil),
    ] as [([RunRecord], TaskState, String?)])
  func state(runs: [RunRecord], state: TaskState, code: String?) {
    let status = Self.status(Self.draft(), runs)
    #expect(status.state == state)
    #expect(status.lastError?.code == code)
    #expect(status.lastRun == runs.first?.started)
  }

  @Test("A task whose file cannot be read is on hold, and its runs are still told")
  func hold() {
    let status = Self.status(nil, [Self.run(.done, at: Self.hour(14))])
    #expect(status.state == .hold)
    #expect(!status.enabled)
    #expect(status.nextRun == nil)
    #expect(status.lagSeconds == 3_600)
  }

  @Test("The lag counts from the start of the last run that brought the copy up to date")
  func lag() {
    let runs = [
      Self.run(.failed, at: Self.hour(14), error: Self.failure),
      Self.run(.nothing, at: Self.hour(12)), Self.run(.done, at: Self.hour(10)),
    ]
    let status = Self.status(Self.draft(), runs)
    #expect(status.lastSuccess == Self.hour(12))
    #expect(status.lagSeconds == 10_800)
    #expect(Self.status(Self.draft(), [runs[0]]).lagSeconds == nil)
  }

  @Test("A schedule of its own says when it runs next, if it is enabled and runs by itself")
  func ownSchedule() {
    #expect(Self.status(Self.draft()).nextRun == Self.hour(0, day: 26))
    #expect(Self.status(Self.draft { $0.enabled = false }).nextRun == nil)
    #expect(Self.status(Self.draft { $0.auto = false }).nextRun == nil)
    #expect(Self.status(Self.draft { $0.schedule = nil }).nextRun == nil)
  }

  @Test("A push without a schedule runs after the first of its snapshot tasks that are enabled")
  func boundTasks() {
    func snapshotTask(_ name: String, _ schedule: Schedule, enabled: Bool = true) -> SnapshotTask {
      var task = SnapshotTask()
      task.name = name
      task.schedule = schedule
      task.enabled = enabled
      return task
    }
    let tasks = [
      snapshotTask("daily", .daily), snapshotTask("hourly", .hourly),
      snapshotTask("off", Schedule(minute: "*/5"), enabled: false),
      snapshotTask("another", Schedule(minute: "*")),
    ]
    let bound = Self.draft {
      $0.schedule = nil
      $0.periodicSnapshotTasks = ["daily", "hourly", "off", "gone"]
    }
    #expect(Self.status(bound, [], tasks).nextRun == Self.hour(16))
    var own = bound
    own.schedule = Schedule(minute: "30", hour: "20")
    #expect(Self.status(own, [], tasks).nextRun == Self.hour(20, 30))
    var pull = bound
    pull.direction = .pull
    #expect(Self.status(pull, [], tasks).nextRun == nil)
    var off = bound
    off.enabled = false
    #expect(Self.status(off, [], tasks).nextRun == nil)
  }
}
