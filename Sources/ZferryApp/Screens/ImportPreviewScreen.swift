import FormKit
import ReplicationModel
import TerminalCore

extension ScreenSpec {
  /// What would be made, and what is not carried over.
  static let importPreview = ScreenSpec(
    view: \.importPreviewScreen,
    press: { state, id in
      guard id == "import.save" else { return state.goBack() }
      state.ask(.saveImported)
      return []
    }, changing: ["import.save"])
}

extension AppState {
  private var imported: ForeignTasks { (try? importing.result?.get()) ?? ForeignTasks() }

  var importPreviewScreen: Screen {
    let lines = importLines
    let cursor = cursor(in: lines.count)
    let window = Self.window(around: cursor, of: lines.count, height: max(5, size.rows))
    let rows = window.map { index in
      ListView.Row(id: "\(index)", text: lines[index].text, tone: lines[index].tone)
    }
    return Screen(
      id: route.id, title: "Import preview",
      purpose: "What would be made, and what is not carried over; nothing is saved yet.",
      blocks: [
        .paragraph(verdict.text, verdict.tone),
        .list(
          ListView(
            id: "import.list", label: "", rows: rows, first: window.lowerBound,
            count: lines.count, cursor: cursor, use: .read)),
      ],
      actions: [
        Action(id: "import.back", title: "Back"),
        Action(id: "import.save", title: "Save", enabled: saveIsPossible),
      ], focus: place.focus)
  }

  private var saveIsPossible: Action.Availability {
    if management.change != nil { return .no(reason: "It is being saved.") }
    if imported.tasks.isEmpty, imported.snapshotTasks.isEmpty {
      return .no(reason: "There is nothing to save.")
    }
    return importing.isKept
      ? .yes : .no(reason: "The lines marked [!!] keep all of it from being saved.")
  }

  fileprivate var counts: String {
    Amount.count(imported.tasks.count, "task") + " and "
      + Amount.count(imported.snapshotTasks.count, "snapshot task")
  }

  private var verdict: (text: String, tone: Tone) {
    let errors = importing.findings.count { $0.severity == .error }
    guard errors == 0 else {
      return (
        "\(counts). \(Amount.count(errors, "line")) marked [!!] keep all from being saved.", .error
      )
    }
    let rest = importing.findings.count
    return rest == 0
      ? ("\(counts): all is carried over.", .success)
      : ("\(counts); \(Amount.count(rest, "line")) to read below.", .warning)
  }

  private struct Line {
    var text: String
    var tone = Tone.plain
  }

  /// First what is wrong, then what is made, then what was left out; none longer than the screen.
  private var importLines: [Line] {
    var lines = told(.error)
    for task in imported.snapshotTasks {
      lines += wrapped("Snapshot task \(Words.escaped(task.name))")
      lines += wrapped(
        Words.escaped(task.dataset) + (task.recursive ? " with all below" : "")
          + (task.exclude.isEmpty ? "" : ", without \(Words.names(task.exclude))"), indent: 2)
      lines += wrapped(
        "\(task.schedule.words), kept \(task.lifetimeWords), as \(Words.escaped(task.namingSchema))",
        indent: 2)
    }
    for task in imported.tasks {
      lines += wrapped("Task \(Words.escaped(task.name))")
      lines += wrapped(task.route, indent: 2)
      lines += wrapped(
        "Runs: \(task.scheduleWords). Copies stay \(task.retentionWords).", indent: 2)
    }
    return lines + told(.warning)
  }

  /// The findings of a kind. Each may quote what stands in a file that anybody may have written.
  private func told(_ severity: Finding.Severity) -> [Line] {
    importing.findings.filter { $0.severity == severity }.flatMap { finding in
      let isNamed = finding.message.contains(finding.field)
      return wrapped(
        Words.escaped(isNamed ? finding.message : "\(finding.field): \(finding.message)"),
        severity == .error ? .error : .warning)
    }
  }

  /// The mark of a tone stands before the first of its lines only.
  private func wrapped(_ text: String, _ tone: Tone = .plain, indent: Int = 0) -> [Line] {
    let width = max(20, size.columns - 12 - indent)
    return ScreenText.wrapped(text, to: width).enumerated().map { index, line in
      Line(
        text: String(repeating: " ", count: indent + (index == 0 ? 0 : 2)) + line,
        tone: index == 0 ? tone : .plain)
    }
  }
}

extension Question {
  /// Tasks that are enabled run from the next tick on.
  static func savingImported(_ state: AppState) -> QuestionSpec {
    QuestionSpec(
      "Save what is shown?",
      "All of it is saved, or none. Each task runs by itself from its next turn on: end the other"
        + " program's work first. The plan of a task shows what its first run would do.",
      [
        .stay("Not yet"),
        .go("Save", danger: false) { state in
          guard case .success(let tasks)? = state.importing.result, state.importing.isKept else {
            return []
          }
          return state.start(done: "Saved: \(state.counts).", closes: 2) {
            .saveForeign($0, tasks)
          }
        },
      ])
  }
}
