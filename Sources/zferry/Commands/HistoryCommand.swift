internal import ArgumentParser
internal import ReplicationEngine
internal import ReplicationModel
internal import TaskStore
internal import ZferryApp

/// `zferry history [TASK]`: the runs of a task, or of all, newest first.
struct HistoryCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "history", abstract: "Shows the runs of a task, or of all tasks, newest first.",
    discussion: "EXAMPLE\n  zferry history offsite --log")
  @OptionGroup var global: GlobalOptions
  @Argument(help: "One task only.") var task: String?
  @Option(help: "How many runs.") var limit = 20
  @Flag(help: "With the log of each run.") var log = false
  @Flag(help: "Print the runs as JSON.") var json = false

  func run() async throws {
    try await reporting {
      let place = Workplace(global)
      let history = try place.history()
      let runs =
        try task.map { try history.runs(of: $0, limit: limit) } ?? history.recentRuns(limit: limit)
      if json {
        Report.line(JSONOutput.text(HistoryJSON(runs)))
        return
      }
      if runs.isEmpty {
        Report.line("\(task ?? "No task") has \(task == nil ? "" : "not ")run yet.")
      }
      for run in runs {
        let name = task == nil ? "\(run.task)  " : ""
        Report.line(name + RunText.line(run, zone: place.zone))
        if log {
          for entry in try history.logLines(of: run.id) {
            Report.line(
              "    \(RunText.time(entry.at, zone: place.zone))  \(Words.escaped(entry.line))")
          }
        }
      }
    }
  }
}

/// `history --json`.
struct HistoryJSON: Encodable {
  struct Row: Encodable {
    var task: String
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
        task: record.task, started: RunEventJSON.utc(record.started), running: record.isRunning,
        outcome: record.summary?.outcome.rawValue, sent_bytes: record.summary?.sentBytes,
        snapshots: record.summary?.snapshots, seconds: record.summary?.seconds,
        error: record.summary?.error.map(RunEventJSON.Failure.init))
    }
  }
}
