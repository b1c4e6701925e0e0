import FormKit
import ReplicationModel
import TerminalCore

extension ScreenSpec {
  static let tasks = ScreenSpec(
    view: \.tasksScreen, press: { $0.pressInTasks($1) },
    choose: { state in
      if let task = state.chosen(of: state.library.tasks) { state.push(.task(task.name)) }
      return []
    },
    back: { state in
      state.ask(.quit)
      return []
    }, changing: ["tasks.run"])
}

extension AppState {
  var tasksScreen: Screen {
    let rows = library.tasks.map { task in
      ListView.Row(
        id: task.name, text: Words.escaped(task.name), detail: summary(of: task),
        tone: tone(of: task))
    }
    var actions = [Action(id: "tasks.new", title: "New task")]
    if run.isRunning {
      actions.append(Action(id: "tasks.watch", title: "Watch the run"))
    } else if !library.tasks.isEmpty {
      actions.append(Action(id: "tasks.run", title: "Run now"))
    }
    // For someone new; the plan of a task has its own checklist.
    if library.tasks.isEmpty {
      actions.append(Action(id: "tasks.before", title: "Checklist"))
    }
    actions += [
      Action(id: "tasks.connections", title: "Connections"),
      Action(id: "tasks.keys", title: "Keys"),
      Action(id: "tasks.snapshots", title: "Snapshot tasks"),
      Action(id: "tasks.history", title: "History"),
      Action(id: "tasks.import", title: "Import"),
      Action(id: "tasks.settings", title: "Settings"),
      Action(id: "tasks.quit", title: "Quit"),
    ]
    let list = ListView(
      id: "tasks.list", label: "Tasks", rows: rows, count: rows.count,
      cursor: cursor(in: rows.count),
      empty: isLoaded ? "No task yet. New task leads through it." : "Reading the tasks…")
    return Screen(
      id: route.id, title: "Replication tasks", purpose: "What is copied where.",
      blocks: timerWarning + [.list(list)], actions: actions, status: tasksStatus,
      focus: place.focus)
  }

  /// A schedule that nothing looks at is worth a word, where a task has one.
  private var timerWarning: [Block] {
    guard !library.isTicking, practice == nil,
      library.tasks.contains(where: { library.facts[$0.name]?.nextRun != nil })
    else { return [] }
    return [.paragraph(Words.noTimer, .warning), .gap]
  }

  private var tasksStatus: StatusLine {
    guard place.focus == "tasks.list", let task = chosen(of: library.tasks) else {
      return StatusLine("")
    }
    return StatusLine(task.route)
  }

  /// State, last run, lag and next run, in one line.
  private func summary(of task: TaskDraft) -> String {
    if run.isRunning, run.task == task.name {
      return (["running"] + ownProgress).joined(separator: ", ")
    }
    guard let facts = library.facts[task.name] else { return task.enabled ? "" : "disabled" }
    var parts: [String] = []
    switch facts.state {
    case .running: parts.append(running(facts))
    case .pending: parts.append(facts.state.words)
    default:
      let ago = facts.lastRun.map { " \(Words.about(now - $0)) ago" } ?? ""
      parts.append(facts.state.words + ago)
    }
    if let lag = lag(facts) { parts.append("lag \(Words.about(lag))") }
    if !task.enabled {
      parts.append("disabled")
    } else if let next = facts.nextRun, size.columns >= 72 {
      parts.append("next in \(Words.about(next - now))")
    }
    return parts.joined(separator: ", ")
  }

  /// Seconds the copy is behind by now: it grew older since it was looked at.
  func lag(_ facts: TaskFacts) -> Int64? {
    facts.lagSeconds.map { $0 + max(0, now - management.loadedAt) }
  }

  /// `running, 42 %, 85.0 MiB/s`, or `running for 3 min`: what another process runs.
  func running(_ facts: TaskFacts) -> String {
    let parts = progressParts(facts.progress, total: facts.progress?.total)
    if !parts.isEmpty { return (["running"] + parts).joined(separator: ", ") }
    return facts.lastRun.map { "running for \(Words.about(now - $0))" } ?? "running"
  }

  /// `42 %`, `85.0 MiB/s`, as far as they are known.
  func progressParts(_ told: ToldProgress?, total: UInt64?) -> [String] {
    var parts: [String] = []
    if let told, let total, total > 0 {
      parts.append("\(min(100, Int(Double(told.bytes) / Double(total) * 100))) %")
    }
    if let told, told.rate > 0 { parts.append(Amount.rate(told.rate)) }
    return parts
  }

  /// How far our own run is.
  var ownProgress: [String] {
    let told = ToldProgress(
      bytes: run.bytes, total: run.total, rate: run.told?.rate ?? 0, etaSeconds: nil)
    return progressParts(told, total: told.total)
  }

  private func tone(of task: TaskDraft) -> Tone {
    guard task.enabled else { return .dim }
    if run.isRunning, run.task == task.name { return .plain }
    return library.facts[task.name]?.state.tone ?? .plain
  }
}

extension AppState {
  mutating func pressInTasks(_ id: FocusID) -> [Effect] {
    switch id {
    case "tasks.new": openWizard()
    case "tasks.run": return chosen(of: library.tasks).map { runNow($0.name) } ?? []
    case "tasks.watch": push(.run)
    case "tasks.connections": push(.sshConnections)
    case "tasks.keys": push(.keys)
    case "tasks.snapshots": push(.snapshotTasks)
    case "tasks.history": return openHistory(of: nil)
    case "tasks.import":
      importing = Importing()
      push(.taskImport)
    case "tasks.settings": push(.settings)
    case "tasks.before": return openCheckup(CheckQuestion())
    case "tasks.quit": return askToQuit()
    default: break
    }
    return []
  }

  /// Runs a stored task, unless one of ours runs.
  mutating func runNow(_ task: String) -> [Effect] {
    guard !run.isRunning else {
      notice = Note(
        .warning, "\(Words.escaped(run.task)) is running. Wait for its end, or cancel it.")
      return []
    }
    return startRun(of: task, first: [])
  }
}
