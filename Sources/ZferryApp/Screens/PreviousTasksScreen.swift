import FormKit
import ReplicationModel

extension ScreenSpec {
  /// A stored task, to fill the wizard from.
  static let previousTasks = ScreenSpec(
    view: \.previousTasksScreen, choose: { $0.choosePreviousTask() })
}

extension FieldSpec {
  static let loadPrevious = FieldSpec(
    id: "load_previous", label: "Load Previous Replication Task",
    help: "Fills the wizard with what a task has; that task stays as it is.",
    kind: .opener(
      value: { $0.wizard.loadedTask.map(Words.escaped) ?? "None" },
      open: { state in
        state.push(.previousTasks)
        state.place.row =
          state.library.tasks.firstIndex { $0.name == state.wizard.loadedTask } ?? 0
        return []
      }),
    shown: { !$0.library.tasks.isEmpty }, isDetail: true)
}

extension AppState {
  var previousTasksScreen: Screen {
    let rows = library.tasks.map { task in
      let last = library.facts[task.name]?.lastRun
      return ListView.Row(
        id: task.name, text: Words.escaped(task.name),
        detail: last.map { "last run \(moment($0))" } ?? "never ran")
    }
    return Screen(
      id: route.id, title: FieldSpec.loadPrevious.label,
      purpose: "Choose the task whose settings the new one begins with.",
      blocks: [
        .list(
          ListView(
            id: "previous.list", label: "Tasks", rows: rows, count: rows.count,
            cursor: cursor(in: rows.count), use: .choose))
      ],
      actions: [Action(id: "previous.back", title: "Back")],
      status: StatusLine(
        place.focus == "previous.list" ? chosen(of: library.tasks).map(\.route) ?? "" : ""),
      focus: place.focus)
  }

  /// Fills the wizard at once where nothing is lost by it; else asks.
  fileprivate mutating func choosePreviousTask() -> [Effect] {
    guard let task = chosen(of: library.tasks) else { return [] }
    let lost = WizardChoices.again(task, in: library).lost
    guard wizard.isBegun || !lost.isEmpty else { return load(previous: task) }
    ask(.loadTask(task.name))
    return []
  }

  /// Leads back to the wizard, filled in from a stored task.
  fileprivate mutating func load(previous task: TaskDraft) -> [Effect] {
    let choices = WizardChoices.again(task, in: library).choices
    let draftName = wizard.draftName
    wizard = Wizard()
    wizard.choices = choices
    wizard.settled = choices
    wizard.draftName = draftName
    wizard.loadedTask = task.name
    browser = Browser()
    pairing = Pairing()
    pop()
    notice = Note(
      .success, "Filled in from \(Words.escaped(task.name)), for a new task of another name.")
    return recount()
  }
}

extension WizardChoices {
  /// The choices that make a task like a stored one, under a name of its own, and the fields of
  /// it that the wizard cannot hold.
  static func again(
    _ task: TaskDraft, in library: Library
  ) -> (choices: WizardChoices, lost: [TaskField]) {
    var (choices, lost) = taking(library.order(for: task), in: library)
    choices.nameIsTyped = false
    choices.taskName = TaskNaming.suggestion(
      for: choices, taken: Set(library.tasks.map(\.name)))
    return (choices, lost)
  }
}

extension Question {
  static func loading(task name: String, _ state: AppState) -> QuestionSpec {
    var blocks: [Block] = []
    if state.wizard.isBegun {
      blocks.append(.paragraph("What you entered so far is replaced by its settings.", .plain))
    }
    let lost =
      state.library.task(name).map { WizardChoices.again($0, in: state.library).lost } ?? []
    if !lost.isEmpty {
      blocks.append(
        .paragraph(
          "The wizard cannot hold these of its settings, so the new task begins without them: "
            + lost.map(\.label).joined(separator: ", ") + ".", .warning))
    }
    return QuestionSpec(
      "Load \(Words.escaped(name))?", blocks,
      [
        .stay("Stay"),
        .go("Load it", danger: state.wizard.isBegun) { state in
          state.library.task(name).map { state.load(previous: $0) } ?? []
        },
      ])
  }
}
