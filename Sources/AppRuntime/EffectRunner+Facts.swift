import ReplicationEngine
import ReplicationModel
import ZferryApp

/// What the history tells: the state of tasks, runs, and their logs.
extension EffectRunner {
  /// How many runs a history shows.
  private static let mostRuns = 1_000

  func facts(of library: Library, _ tick: TickLook?) throws -> [String: TaskFacts] {
    var facts: [String: TaskFacts] = [:]
    let now = ports.clock.now()
    for task in library.tasks {
      let situation = try TaskSituation(of: task.name, ports.control, tick: tick, now: now)
      let status = TaskStatus(
        name: task.name, draft: task, runs: try ports.records.runs(of: task.name, limit: 20),
        snapshotTasks: library.snapshotTasks, zone: ports.zone, now: now, situation: situation)
      facts[task.name] = TaskFacts(status)
    }
    return facts
  }

  func runs(of task: String?) throws -> Reply? {
    let records =
      try task.map { try ports.records.runs(of: $0, limit: Self.mostRuns) }
      ?? ports.records.recentRuns(limit: Self.mostRuns)
    return .runs(records.map(RunFacts.init))
  }

  func log(of run: Int64) throws -> Reply? {
    .log(try ports.records.logLines(of: RunID(run)).map { LogEntry(at: $0.at, line: $0.line) })
  }
}

extension RunFacts {
  init(_ record: RunRecord) {
    self.init(
      id: record.id.value, task: record.task, started: record.started,
      isRunning: record.isRunning, result: record.summary.map { RunResult($0) })
  }
}

extension RunResult {
  init(_ summary: RunSummary) {
    self.init(
      outcome: summary.outcome.rawValue, sentBytes: summary.sentBytes,
      snapshots: summary.snapshots, seconds: summary.seconds,
      error: summary.error.map { Failure(describing: $0) }, destroyed: summary.destroyed)
  }
}

extension TaskFacts {
  init(_ status: TaskStatus) {
    self.init(
      state: status.state, reason: status.reason.map { Failure(describing: $0) },
      lastRun: status.lastRun, lastSuccess: status.lastSuccess, nextRun: status.nextRun,
      lagSeconds: status.lagSeconds, lagBytes: status.lagBytes,
      progress: status.progress.map {
        ToldProgress(
          bytes: $0.bytes, total: $0.total, rate: $0.rate, etaSeconds: $0.etaSeconds)
      })
  }
}
