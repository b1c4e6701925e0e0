internal import ArgumentParser
internal import ReplicationEngine
internal import ReplicationModel
internal import TaskStore
internal import ZferryApp

/// `zferry history [TASK]`: the runs of a task, or of all, newest first.
struct HistoryCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "history",
    abstract: "Shows the runs and snapshots of a task, or of all tasks, newest first.",
    discussion: """
      A name may be a task's or a snapshot task's.

      EXAMPLE
        zferry history offsite --log
        zferry history offsite 12
      """)
  @OptionGroup var global: GlobalOptions
  @Argument(help: "One task only.") var task: String?
  @Argument(help: "A run's number: shows that run alone, with its log.") var run: Int64?
  @Option(help: "How many runs.") var limit = 20
  @Flag(help: "With the log of each run.") var log = false
  @Flag(help: "Print the runs as JSON.") var json = false

  func run() async throws {
    try await reporting {
      let place = Workplace(global)
      let history = try place.history()
      let runs =
        try run.map { [try record(RunID($0), in: history)] }
        ?? task.map { try history.runs(of: $0, limit: limit) } ?? history.recentRuns(limit: limit)
      let takings = try run == nil ? history.takings(of: task, limit: limit) : []
      if json {
        Report.line(JSONOutput.text(HistoryJSON(runs, takings)))
        return
      }
      if runs.isEmpty, takings.isEmpty {
        Report.line("\(task ?? "No task") has \(task == nil ? "" : "not ")run yet.")
      }
      let rows =
        runs.map { (at: $0.started, taking: SnapshotTaking?.none, run: RunRecord?.some($0)) }
        + takings.map { (at: $0.at, taking: $0, run: nil) }
      for row in rows.sorted(by: { $0.at > $1.at }).prefix(limit) {
        if let taking = row.taking { tell(taking, place) }
        if let run = row.run { try tell(run, place, history) }
      }
    }
  }

  private func tell(_ taking: SnapshotTaking, _ place: Workplace) {
    let name = task == nil ? "\(Words.escaped(taking.task))  " : ""
    Report.line(
      "\(name)\(RunText.time(taking.at, zone: place.zone))  \(TakingText.line(taking))")
  }

  private func tell(_ run: RunRecord, _ place: Workplace, _ history: RunHistory) throws {
    let name = task == nil ? "\(run.task)  " : ""
    Report.line("#\(run.id.value)  \(name)\(RunText.line(run, zone: place.zone))")
    guard log || self.run != nil else { return }
    for entry in try history.logLines(of: run.id) {
      Report.line("    \(RunText.time(entry.at, zone: place.zone))  \(Words.escaped(entry.line))")
    }
  }

  /// A run of the task, however long ago it was.
  private func record(_ id: RunID, in history: RunHistory) throws -> RunRecord {
    let runs = try history.runs(of: task ?? "", limit: .max)
    guard let record = runs.first(where: { $0.id == id }) else {
      throw StoreError(
        .notFound, subject: "\(task ?? "") #\(id.value)",
        detail: "the task has no run of this number")
    }
    return record
  }
}

/// `history --json`.
struct HistoryJSON: Encodable {
  struct Row: Encodable {
    var task: String
    var run: Int64
    var started: String
    var running: Bool
    var outcome: String?
    var sent_bytes: UInt64?
    var snapshots: Int?
    var seconds: Double?
    var error: RunEventJSON.Failure?
  }
  struct Taking: Encodable {
    var snapshot_task: String
    var time: String
    var snapshot: String
    var outcome: String
    var datasets: Int?
    var error: RunEventJSON.Failure?
  }
  var runs: [Row]
  var snapshots: [Taking]

  init(_ records: [RunRecord], _ takings: [SnapshotTaking]) {
    snapshots = takings.map {
      Taking(
        snapshot_task: $0.task, time: RunEventJSON.utc($0.at), snapshot: $0.snapshot,
        outcome: $0.outcome.rawValue, datasets: $0.datasets,
        error: $0.error.map(RunEventJSON.Failure.init))
    }
    runs = records.map { record in
      Row(
        task: record.task, run: record.id.value, started: RunEventJSON.utc(record.started),
        running: record.isRunning,
        outcome: record.summary?.outcome.rawValue, sent_bytes: record.summary?.sentBytes,
        snapshots: record.summary?.snapshots, seconds: record.summary?.seconds,
        error: record.summary?.error.map(RunEventJSON.Failure.init))
    }
  }
}
