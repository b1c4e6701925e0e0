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
      let snapshotTasks = try place.store.snapshotTasks()
      var rows: [TaskStatus] = []
      for name in names {
        // One task that was asked for by name is an error where it cannot be read; in the list it is a row.
        let draft = task == nil ? try? place.store.task(name) : try place.store.task(name)
        let runs = try history?.runs(of: name, limit: 20) ?? []
        rows.append(
          TaskStatus(
            name: name, draft: draft, runs: runs, snapshotTasks: snapshotTasks, zone: place.zone,
            now: place.now))
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

extension TaskStatus {
  /// Why it is in that state, where that needs saying; else empty.
  var reason: String {
    if state == .hold { return "The task's file cannot be read; `zferry task check` says why." }
    return lastError.map {
      Words.explain(code: $0.code, subject: $0.subject, detail: $0.detail).message
    } ?? ""
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
