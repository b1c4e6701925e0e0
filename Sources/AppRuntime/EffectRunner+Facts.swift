import ReplicationEngine
import ReplicationModel
import ZferryApp

/// What the history tells: the state of tasks, runs, and their logs.
extension EffectRunner {
  /// How many runs a history shows.
  private static let mostRuns = 1_000

  func facts(of tasks: [TaskDraft]) throws -> [String: TaskFacts] {
    var facts: [String: TaskFacts] = [:]
    for task in tasks {
      facts[task.name] = TaskFacts(
        task, runs: try ports.records.runs(of: task.name, limit: 20), zone: ports.zone,
        now: ports.clock.now())
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
      error: summary.error.map { Failure(describing: $0) })
  }
}

extension TaskFacts {
  init(_ task: TaskDraft, runs: [RunRecord], zone: Zone, now: Instant) {
    let success = runs.first { $0.summary?.outcome == .done || $0.summary?.outcome == .nothing }
    let schedule = task.enabled && task.auto ? task.schedule : nil
    self.init(
      state: .pending, lastRun: runs.first?.started, lastSuccess: success?.started,
      nextRun: schedule?.nextRuns(after: now, count: 1, zone: zone).first,
      lagSeconds: success.map { now - $0.started })
    guard let last = runs.first else { return }
    guard let summary = last.summary else {
      state = last.isRunning ? .running : .error
      if !last.isRunning { reason = Failure("run.killed", subject: task.name) }
      return
    }
    reason = summary.error.map { Failure(describing: $0) }
    switch summary.outcome {
    case .done, .nothing: state = .finished
    case .cancelled: state = .cancelled
    case .partial, .failed, .refused: state = .error
    }
  }
}
