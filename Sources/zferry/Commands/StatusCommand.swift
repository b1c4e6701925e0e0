internal import ArgumentParser
internal import ReplicationEngine
internal import ReplicationModel
internal import TaskStore
internal import ZferryApp

/// `zferry status [TASK]`: can the copies be trusted?
struct StatusCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "Says for each task what it does, did, and when it runs next.",
    discussion: """
      The lag is the age of the newest snapshot that both sides hold: the one number that says
      what would be lost. --nagios ends with 0, 1, 2 or 3 by the lag of the enabled tasks.

      EXAMPLE
        zferry status --json
        zferry status --nagios --warning 2h --critical 1d
      """)
  @OptionGroup var global: GlobalOptions
  @Argument(help: "One task only.") var task: String?
  @Flag(help: "Print it as JSON.") var json = false
  @Flag(help: "Print it in Prometheus' text format.") var prometheus = false
  @Flag(help: "Print one line for Nagios, and end as a check does.") var nagios = false
  @Option(help: "--nagios: a lag that warns, as 90m, 2h or 1d.") var warning: LagLimit?
  @Option(help: "--nagios: a lag that is critical.") var critical: LagLimit?

  func validate() throws {
    guard [json, prometheus, nagios].count(where: { $0 }) <= 1 else {
      throw ValidationError("Choose one of --json, --prometheus and --nagios.")
    }
    guard nagios || (warning == nil && critical == nil) else {
      throw ValidationError("--warning and --critical belong to --nagios.")
    }
    if let warning, let critical, warning.seconds > critical.seconds {
      throw ValidationError("--warning has to be at most --critical.")
    }
  }

  func run() async throws {
    if nagios {
      throw NagiosReport.tell(warning: warning?.seconds, critical: critical?.seconds) {
        try rows(Workplace(global)).rows
      }
    }
    try await reporting {
      let place = Workplace(global)
      let (rows, tick) = try rows(place)
      if json {
        Report.line(JSONOutput.text(["tasks": rows.map(TaskStatusJSON.init)]))
      } else if prometheus {
        Report.part(PrometheusText.text(rows, lastTick: tick?.at))
      } else if rows.isEmpty {
        Report.line("There is no task yet. Run `zferry wizard` to make one.")
      } else {
        for row in rows { Report.line(row.text(zone: place.zone)) }
        if tick?.isFresh(at: place.now) != true, rows.contains(where: { $0.nextRun != nil }) {
          Report.trouble(Words.noTimer)
        }
      }
    }
  }

  private func rows(_ place: Workplace) throws -> (rows: [TaskStatus], tick: TickLook?) {
    let names = try task.map { [$0] } ?? place.store.taskNames()
    guard !names.isEmpty else { return ([], nil) }
    let history = try place.history()
    let tick = try history.lastTick()
    let snapshotTasks = try place.store.snapshotTasks()
    let rows = try names.map { name in
      TaskStatus(
        name: name,
        // One task that was asked for by name is an error where it cannot be read; in the list it is a row.
        draft: task == nil ? try? place.store.task(name) : try place.store.task(name),
        runs: try history.runs(of: name, limit: 20), snapshotTasks: snapshotTasks,
        zone: place.zone, now: place.now,
        situation: try TaskSituation(of: name, history, tick: tick, now: place.now))
    }
    return (rows, tick)
  }
}

extension TaskStatus {
  /// Why it is in that state, where that needs saying; else empty.
  var reasonText: String {
    reason.map {
      Words.explain(code: $0.code, subject: $0.subject, detail: $0.detail).message
    } ?? ""
  }

  func text(zone: Zone) -> String {
    var parts = [Words.escaped(name), state.rawValue + (enabled ? "" : " (disabled)")]
    if let progress {
      parts.append(
        RunTeller.progress(
          progress.bytes, progress.total, progress.rate, progress.etaSeconds))
    }
    if let lastSuccess { parts.append("copy of \(RunText.time(lastSuccess, zone: zone))") }
    if let lagSeconds { parts.append("lag \(RunText.duration(Double(lagSeconds)))") }
    if let lagBytes, lagBytes > 0 { parts.append("\(RunText.bytes(lagBytes)) behind") }
    if let nextRun { parts.append("next run \(RunText.time(nextRun, zone: zone))") }
    if !reasonText.isEmpty { parts.append(reasonText) }
    return parts.joined(separator: "  ")
  }
}

/// The keys of `status --json`; those without a value are there and null.
struct TaskStatusJSON: Encodable {
  private let status: TaskStatus

  init(_ status: TaskStatus) { self.status = status }

  private enum CodingKeys: String, CodingKey {
    case name, enabled, state, reason, last_run, last_success, next_run, lag_seconds, lag_bytes
    case last_error, progress
  }

  private struct Progress: Encodable {
    var bytes: UInt64
    var bytes_total: UInt64?
    var rate: Double
    var eta_seconds: Double?
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(status.name, forKey: .name)
    try container.encode(status.enabled, forKey: .enabled)
    try container.encode(status.state.rawValue, forKey: .state)
    try container.encode(status.reasonText, forKey: .reason)
    try container.encode(status.lastRun.map(RunEventJSON.utc), forKey: .last_run)
    try container.encode(status.lastSuccess.map(RunEventJSON.utc), forKey: .last_success)
    try container.encode(status.nextRun.map(RunEventJSON.utc), forKey: .next_run)
    try container.encode(status.lagSeconds, forKey: .lag_seconds)
    try container.encode(status.lagBytes, forKey: .lag_bytes)
    try container.encode(
      status.progress.map {
        Progress(
          bytes: $0.bytes, bytes_total: $0.total, rate: $0.rate, eta_seconds: $0.etaSeconds)
      }, forKey: .progress)
    try container.encode(
      status.lastError.map(RunEventJSON.Failure.init), forKey: .last_error)
  }
}
