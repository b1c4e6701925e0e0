import FormKit
import ReplicationModel

extension ScreenSpec {
  /// A task's own page.
  static func task(_ name: String) -> ScreenSpec {
    ScreenSpec(
      view: { $0.taskScreen(name) }, press: { $0.press($1, onTask: name) },
      changing: [
        "task.run", "task.stop", "task.pause", "task.switch", "task.export", "task.delete",
      ])
  }
}

extension AppState {
  func taskScreen(_ name: String) -> Screen {
    let title = "Task: \(Words.escaped(name))"
    guard let task = library.task(name) else {
      return Screen(
        id: route.id, title: title, purpose: "The task is not there any more.",
        blocks: [], actions: [Action(id: "task.back", title: "Back")], focus: place.focus)
    }
    let facts = library.facts[name]
    var blocks: [Block] = []
    if let reason = facts?.reason, !isOurs(name) {
      let tone: Tone = facts?.state == .error ? .error : .warning
      blocks.append(.paragraph(Words.explain(reason).text, tone))
      blocks.append(.gap)
    }
    blocks.append(.table(TableView(rows: taskRows(task, facts))))
    return Screen(
      id: route.id, title: title, purpose: "What it does, what it did, and when it runs next.",
      blocks: blocks, actions: taskActions(task, facts),
      status: StatusLine(
        place.focus == "task.retention"
          ? "The retention preview: what each side will hold on a later day." : ""),
      focus: place.focus)
  }

  private func isOurs(_ task: String) -> Bool { run.isRunning && run.task == task }

  private func taskRows(_ task: TaskDraft, _ facts: TaskFacts?) -> [TableView.Row] {
    var lines: [(String, String)] = [("State", stateWords(task, facts))]
    if let last = facts?.lastRun { lines.append(("Last run", moment(last))) }
    if let success = facts?.lastSuccess { lines.append(("Last success", moment(success))) }
    if let next = facts?.nextRun { lines.append(("Next run", moment(next))) }
    if let lag = facts.flatMap(lag) {
      let behind = facts?.lagBytes.flatMap { $0 > 0 ? ", \(Amount.bytes($0)) behind" : nil } ?? ""
      lines.append(("Lag", Amount.duration(Double(lag)) + behind))
    }
    lines += [
      ("Direction", task.directionWords), ("Transport", task.transportWords),
    ]
    if let connection = task.connection {
      lines.append(("Connection", Words.escaped(connection)))
    }
    lines += [
      (task.sourceDatasets.count > 1 ? "Sources" : "Source", Words.names(task.sourceDatasets)),
      ("Destination", Words.escaped(task.targetDataset)),
      ("Recursive", task.recursive ? "yes" : "no"),
      ("Schedule", task.scheduleWords),
      ("Copies are kept", task.retentionWords),
    ]
    return lines.enumerated().map { index, fact in
      TableView.Row(id: FocusID("task.fact#\(index)"), label: fact.0, value: fact.1)
    }
  }

  private func stateWords(_ task: TaskDraft, _ facts: TaskFacts?) -> String {
    if isOurs(task.name) { return (["running"] + ownProgress).joined(separator: ", ") }
    var words = facts?.state.words ?? "unknown"
    if let facts, facts.state == .running { words = running(facts) }
    return task.enabled ? words : "\(words); disabled, so it does not run by itself"
  }

  /// `2026-11-24 10:05`.
  func moment(_ instant: Instant) -> String { Amount.time(CivilTime(instant, in: zone.zone)) }

  private func taskActions(_ task: TaskDraft, _ facts: TaskFacts?) -> [Action] {
    let isRunning = isOurs(task.name) || facts?.state == .running
    return [
      runAction(task, facts), Action(id: "task.plan", title: "Plan"),
      Action(id: "task.edit", title: "Edit"),
      Action(id: "task.pause", title: isPaused(facts) ? "Resume" : "Pause"),
      Action(id: "task.switch", title: task.enabled ? "Disable" : "Enable"),
      Action(id: "task.history", title: "History"),
      Action(id: "task.restore", title: "Restore"),
      Action(id: "task.retention", title: "Kept"),
      Action(id: "task.export", title: "Export"),
      Action(
        id: "task.delete", title: "Delete",
        enabled: isRunning ? .no(reason: "It is running. Cancel the run first.") : .yes,
        danger: true), Action(id: "task.back", title: "Back"),
    ]
  }

  /// What can be done about a run: to watch ours, to stop that of another process, or to begin one.
  private func runAction(_ task: TaskDraft, _ facts: TaskFacts?) -> Action {
    if isOurs(task.name) { return Action(id: "task.watch", title: "Watch the run") }
    if facts?.state == .running { return Action(id: "task.stop", title: "Stop the run") }
    return Action(
      id: "task.run", title: "Run now",
      enabled: isPaused(facts) ? .no(reason: "It is paused. Resume it first.") : .yes)
  }

  private func isPaused(_ facts: TaskFacts?) -> Bool { facts?.reason?.code == "task.paused" }

  mutating func press(_ id: FocusID, onTask name: String) -> [Effect] {
    let shown = Words.escaped(name)
    switch id {
    case "task.run": return runNow(name)
    case "task.stop":
      return change(.stopRun(name), done: "\(shown) was asked to stop. What has arrived is kept.")
    case "task.pause":
      let pauses = !isPaused(library.facts[name])
      return change(
        .pause(name, pauses),
        done: pauses
          ? "\(shown) is paused: nothing runs it until it is resumed." : "\(shown) may run again.")
    case "task.watch": push(.run)
    case "task.plan": return openPlan(of: name)
    case "task.edit": openAdvanced(editing: name)
    case "task.restore": return openRestore(of: name)
    case "task.retention":
      return library.task(name).map { openRetention(of: library.order(for: $0)) } ?? []
    case "task.history": return openHistory(of: name)
    case "task.export": ask(for: .export(task: name), suggesting: "\(TaskNaming.plain(name)).yaml")
    case "task.delete": ask(.deleteTask(name))
    case "task.switch":
      guard var task = library.task(name) else { return [] }
      task.enabled.toggle()
      return change(
        .task(task, was: name),
        done: task.enabled
          ? "\(Words.escaped(name)) is enabled: it runs by its schedule."
          : "\(Words.escaped(name)) is disabled: it runs only when someone starts it.")
    case "task.back": return goBack()
    default: break
    }
    return []
  }
}

extension Question {
  static func deletingTask(_ name: String) -> QuestionSpec {
    QuestionSpec(
      "Delete the task \(Words.escaped(name))?",
      "The task's file goes. All snapshots stay, and so do the copies, the snapshot tasks and the"
        + " history.",
      typed: name,
      [
        .stay("Keep it"),
        .go("Delete") {
          $0.change(.deleteTask(name), done: "\(Words.escaped(name)) is deleted.", closes: 1)
        },
      ])
  }
}
