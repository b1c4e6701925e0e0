internal import ArgumentParser
internal import ReplicationEngine
internal import ReplicationModel
internal import TaskStore
internal import ZferryApp

/// `zferry history [TASK]`: the runs of a task, or of all, newest first.
struct HistoryCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "history", abstract: "Shows the runs of a task, or of all tasks, newest first.",
    discussion: """
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
      if json {
        Report.line(JSONOutput.text(HistoryJSON(runs)))
        return
      }
      if runs.isEmpty {
        Report.line("\(task ?? "No task") has \(task == nil ? "" : "not ")run yet.")
      }
      for run in runs {
        let name = task == nil ? "\(run.task)  " : ""
        Report.line("#\(run.id.value)  \(name)\(RunText.line(run, zone: place.zone))")
        if log || self.run != nil {
          for entry in try history.logLines(of: run.id) {
            Report.line(
              "    \(RunText.time(entry.at, zone: place.zone))  \(Words.escaped(entry.line))")
          }
        }
      }
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
    var kind: String
    var started: String
    var running: Bool
    var outcome: String?
    var sent_bytes: UInt64?
    var snapshots: Int?
    var seconds: Double?
    var error: RunEventJSON.Failure?
  }
  var runs: [Row]

  init(_ records: [RunRecord]) {
    runs = records.map { record in
      Row(
        task: record.task, run: record.id.value, kind: record.kind.rawValue,
        started: RunEventJSON.utc(record.started),
        running: record.isRunning,
        outcome: record.summary?.outcome.rawValue, sent_bytes: record.summary?.sentBytes,
        snapshots: record.summary?.snapshots, seconds: record.summary?.seconds,
        error: record.summary?.error.map(RunEventJSON.Failure.init))
    }
  }
}
