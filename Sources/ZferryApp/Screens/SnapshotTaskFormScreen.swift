import FormKit
import ReplicationModel

extension ScreenSpec {
  static let snapshotTaskForm = ScreenSpec(
    view: \.snapshotTaskFormScreen,
    fields: { state in FieldSpec.snapshotTaskForm.filter { $0.shown(state) } },
    note: { $0.formNote(of: $1, $0.snapshotTaskFindings) },
    press: { $0.pressInSnapshotTaskForm($1) },
    back: { state in
      guard state.editHasChanges else { return state.closeEdit() }
      state.ask(.discardEdit)
      return []
    }, changing: ["snap.save"])
}

extension AppState {
  var snapshotTaskFormScreen: Screen {
    let form = management.snapshotTask
    return Screen(
      id: route.id,
      title: form.was.map { "Snapshot task: \(Words.escaped($0))" } ?? "New snapshot task",
      purpose: "What is snapshotted when, under which name, for how long.",
      blocks: fields.map { .field(fieldView($0)) },
      actions: [
        Action(id: "snap.save", title: "Save"),
        Action(id: "snap.schedule", title: "Schedule editor"),
        Action(id: "snap.back", title: "Back"),
      ],
      status: StatusLine(field(place.focus)?.help ?? ""), focus: place.focus)
  }

  mutating func openSnapshotTaskForm(_ task: SnapshotTask, was: String?) {
    management.snapshotTask = SnapshotTaskForm(task, was: was)
    wizard.touched = []
    push(.snapshotTaskForm)
  }

  /// The dataset that was chosen in the browser, and the name that follows from it.
  mutating func chooseSnapshotDataset(_ dataset: String) {
    management.snapshotTask.task.dataset = dataset
    guard !management.snapshotTask.nameIsTyped else { return }
    management.snapshotTask.task.name = TaskNaming.snapshotTask(
      dataset, preset: management.snapshotTask.preset,
      taken: Set(library.snapshotTasks.map(\.name)))
  }

  fileprivate mutating func pressInSnapshotTaskForm(_ id: FocusID) -> [Effect] {
    switch id {
    case "snap.save": return saveSnapshotTask()
    case "snap.schedule":
      openScheduleEditor(management.snapshotTask.composed.schedule, for: .snapshotTask)
      return []
    default: return goBack()
    }
  }

  private mutating func saveSnapshotTask() -> [Effect] {
    guard formIsGood(snapshotTaskFindings) else { return [] }
    let form = management.snapshotTask
    guard editHasChanges else { return closeUnchanged() }
    return change(
      .snapshotTask(form.composed, was: form.was),
      done: "The snapshot task \(Words.escaped(form.composed.name)) is saved.", closes: 1)
  }
}
