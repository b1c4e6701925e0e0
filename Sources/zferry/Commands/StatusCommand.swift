internal import ArgumentParser
internal import ReplicationEngine
internal import ReplicationModel
internal import TaskStore
internal import ZferryApp

/// `zferry status [TASK]`: can the copies be trusted?
struct StatusCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "Says for each task what it does, did, and when it runs next.",
    discussion: "EXAMPLE\n  zferry status --json")
  @OptionGroup var global: GlobalOptions
  @Argument(help: "One task only.") var task: String?
  @Flag(help: "Print it as JSON.") var json = false

  func run() async throws {
    try await reporting {
      let place = Workplace(global)
      let names = try task.map { [$0] } ?? place.store.taskNames()
      let history = names.isEmpty ? nil : try place.history()
      var rows: [TaskStatus] = []
      for name in names {
        // One task that was asked for by name is an error where it cannot be read; in the list it is a row.
        let draft = task == nil ? try? place.store.task(name) : try place.store.task(name)
        let runs = try history?.runs(of: name, limit: 20) ?? []
        rows.append(
          TaskStatus(name: name, draft: draft, runs: runs, zone: place.zone, now: place.now))
      }
      if json {
        Report.line(JSONOutput.text(["tasks": rows.map(TaskStatusJSON.init)]))
      } else if rows.isEmpty {
        Report.line("There is no task yet. Run `zferry wizard` to make one.")
      } else {
        for row in rows { Report.line(row.text(zone: place.zone)) }
      }
    }
  }
}

/// What `status` says of one task.
struct TaskStatus {
  enum State: String {
    case pending = "PENDING"
    case running = "RUNNING"
    case finished = "FINISHED"
    case error = "ERROR"
    case hold = "HOLD"
    case cancelled = "CANCELLED"
  }

  var name: String
  var enabled: Bool
  var state: State
  /// Why it is in that state, where that needs saying.
  var reason: String
  var lastRun: Instant?
  /// When a run last brought the copy up to date.
  var lastSuccess: Instant?
  var nextRun: Instant?
  var lagSeconds: Int64?
  var lastError: RunFailure?

  init(name: String, draft: TaskDraft?, runs: [RunRecord], zone: Zone, now: Instant) {
    self.name = name
    enabled = draft?.enabled ?? false
    lastRun = runs.first?.started
    lastSuccess =
      runs.first { $0.summary?.outcome == .done || $0.summary?.outcome == .nothing }?.started
    // The copy holds at most what was there when that run began.
    lagSeconds = lastSuccess.map { now - $0 }
    let schedule = draft.flatMap { $0.enabled && $0.auto ? $0.schedule : nil }
    nextRun = schedule?.nextRuns(after: now, count: 1, zone: zone).first
    reason = ""
    guard draft != nil else {
      state = .hold
      reason = "The task's file cannot be read; `zferry task check` says why."
      return
    }
    guard let last = runs.first else {
      state = .pending
      return
    }
    if last.isRunning {
      state = .running
      return
    }
    lastError = last.summary?.error
    switch last.summary?.outcome {
    case .done, .nothing: state = .finished
    case .cancelled: state = .cancelled
    case .partial, .failed, .refused: state = .error
    case nil:
      state = .error
      lastError = RunFailure(code: "run.killed", subject: name)
    }
    if let lastError {
      reason =
        Words.explain(
          code: lastError.code, subject: lastError.subject, detail: lastError.detail
        ).message
    }
  }

  func text(zone: Zone) -> String {
    var parts = [name, state.rawValue + (enabled ? "" : " (disabled)")]
    if let lastSuccess { parts.append("copy of \(RunText.time(lastSuccess, zone: zone))") }
    if let lagSeconds { parts.append("lag \(RunText.duration(Double(lagSeconds)))") }
    if let nextRun { parts.append("next run \(RunText.time(nextRun, zone: zone))") }
    if !reason.isEmpty { parts.append(reason) }
    return parts.joined(separator: "  ")
  }
}

/// The keys of `status --json`; those without a value are there and null.
struct TaskStatusJSON: Encodable {
  private let status: TaskStatus

  init(_ status: TaskStatus) { self.status = status }

  private enum CodingKeys: String, CodingKey {
    case name, enabled, state, reason, last_run, last_success, next_run, lag_seconds, lag_bytes
    case last_error
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(status.name, forKey: .name)
    try container.encode(status.enabled, forKey: .enabled)
    try container.encode(status.state.rawValue, forKey: .state)
    try container.encode(status.reason, forKey: .reason)
    try container.encode(status.lastRun.map(RunEventJSON.utc), forKey: .last_run)
    try container.encode(status.lastSuccess.map(RunEventJSON.utc), forKey: .last_success)
    try container.encode(status.nextRun.map(RunEventJSON.utc), forKey: .next_run)
    try container.encode(status.lagSeconds, forKey: .lag_seconds)
    // Bytes behind need a look at both sides, which status does not take.
    try container.encodeNil(forKey: .lag_bytes)
    try container.encode(
      status.lastError.map(RunEventJSON.Failure.init), forKey: .last_error)
  }
}
