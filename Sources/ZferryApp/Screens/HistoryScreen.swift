import TerminalCore
import FormKit
import ReplicationModel

extension ScreenSpec {
  static func history(_ task: String?) -> ScreenSpec {
    ScreenSpec(view: { $0.historyScreen(task) }, choose: { $0.openLog() })
  }

  static func log(_ run: RunFacts) -> ScreenSpec {
    ScreenSpec(
      view: { $0.logScreen(run) },
      press: { state, id in
        guard id == "log.write" else { return state.goBack() }
        state.ask(for: .writeLog(run), suggesting: "\(TaskNaming.plain(run.task)).log")
        return []
      }, changing: ["log.write"])
  }
}

extension AppState {
  func historyScreen(_ task: String?) -> Screen {
    let runs = historyRuns
    let window = Self.window(
      around: cursor(in: runs.count), of: runs.count, height: max(5, size.rows))
    var blocks: [Block] = [
      .list(
        ListView(
          id: "history.list", label: "Runs, newest first",
          rows: runs[window].map { row($0, ofAll: task == nil) }, first: window.lowerBound,
          count: runs.count, cursor: cursor(in: runs.count),
          empty: management.history.id == nil ? "Nothing has run yet." : "Reading the history…"))
    ]
    if case .failure(let failure)? = management.history.result {
      blocks.append(.paragraph(Words.explain(failure).text, .error))
    }
    return Screen(
      id: route.id, title: task.map { "History of \(Words.escaped($0))" } ?? "History",
      purpose: "What ran, and how it ended; Enter shows a run's log.", blocks: blocks,
      actions: [Action(id: "history.back", title: "Back")],
      status: StatusLine(
        place.focus == "history.list" ? chosen(of: runs).map(sentence) ?? "" : ""),
      focus: place.focus)
  }

  private var historyRuns: [RunFacts] {
    guard case .success(let runs)? = management.history.result else { return [] }
    return runs
  }

  private func row(_ run: RunFacts, ofAll: Bool) -> ListView.Row {
    let when = moment(run.started)
    return ListView.Row(
      id: "\(run.id)", text: ofAll ? "\(when)  \(Words.escaped(run.task))" : when,
      detail: outcome(of: run))
  }

  /// `done, 1.0 GiB in 14 s`.
  private func outcome(of run: RunFacts) -> String {
    guard let result = run.result else { return run.outcomeWords }
    let sent = result.sentBytes == 0 ? "" : ", \(Amount.bytes(result.sentBytes))"
    return "\(run.outcomeWords)\(sent) in \(Amount.duration(result.seconds))"
  }

  /// Why it failed; else what it did.
  private func sentence(_ run: RunFacts) -> String {
    if let error = run.result?.error { return Words.explain(error).text }
    guard let result = run.result else {
      return run.isRunning
        ? "It is running now."
        : "Its process was killed. The next run goes on from what had arrived."
    }
    return "\(Words.escaped(run.task)): \(Amount.count(result.snapshots, "snapshot")),"
      + " \(outcome(of: run))."
  }

  mutating func openHistory(of task: String?) -> [Effect] {
    let id = newRequest()
    management.history = Loading(id: id)
    push(.history(task))
    return [.listRuns(id, task: task)]
  }

  mutating func openLog() -> [Effect] {
    guard let run = chosen(of: historyRuns) else { return [] }
    let id = newRequest()
    management.log = Loading(id: id)
    push(.log(run))
    return [.readLog(id, run: run.id)]
  }

  func logScreen(_ run: RunFacts) -> Screen {
    var lines: [LogEntry] = []
    if case .success(let read)? = management.log.result { lines = read }
    let here = cursor(in: lines.count)
    let window = Self.window(around: here, of: lines.count, height: max(5, size.rows))
    var blocks: [Block] = [
      .list(
        ListView(
          id: "log.list", label: "\(run.outcomeWords), began \(moment(run.started))",
          rows: window.map { index in
            ListView.Row(
              id: "\(index)", text: "\(clock(lines[index].at))  \(Words.escaped(lines[index].line))"
            )
          }, first: window.lowerBound, count: lines.count, cursor: here,
          empty: management.log.id == nil ? "This run wrote nothing." : "Reading the log…",
          use: .read))
    ]
    if case .failure(let failure)? = management.log.result {
      blocks.append(.paragraph(Words.explain(failure).text, .error))
    }
    return Screen(
      id: route.id, title: "Log: \(Words.escaped(run.task))", purpose: "What the run did.",
      blocks: blocks,
      actions: [
        Action(
          id: "log.write", title: "Write out",
          enabled: lines.isEmpty ? .no(reason: "There is nothing to write.") : .yes),
        Action(id: "log.back", title: "Back"),
      ],
      // What is too long for its row stands here whole.
      status: StatusLine(
        place.focus == "log.list" && !lines.isEmpty ? Words.escaped(lines[here].line) : ""),
      focus: place.focus)
  }

  /// `10:05:12`.
  private func clock(_ instant: Instant) -> String {
    let time = CivilTime(instant, in: zone.zone)
    return [time.hour, time.minute, time.second].map { Amount.pad($0, 2) }.joined(separator: ":")
  }
}
