import FormKit
import ReplicationModel

extension ScreenSpec {
  static let snapshotTasks = ScreenSpec(
    view: \.snapshotTasksScreen, press: { $0.pressInSnapshotTasks($1) },
    choose: { state in
      if let task = state.chosen(of: state.library.snapshotTasks) {
        state.openSnapshotTaskForm(task, was: task.name)
      }
      return []
    }, changing: ["snaps.switch", "snaps.run", "snaps.delete"])
}

extension AppState {
  var snapshotTasksScreen: Screen {
    let rows = library.snapshotTasks.map { task in
      ListView.Row(
        id: task.name, text: Words.escaped(task.dataset),
        detail: task.schedule.words + ", kept \(task.lifetimeWords)"
          + (task.enabled ? "" : ", disabled"), tone: task.enabled ? .plain : .dim)
    }
    return Screen(
      id: route.id, title: "Snapshot tasks", purpose: "What is snapshotted when, on this system.",
      blocks: [
        .list(
          ListView(
            id: "snaps.list", label: "Datasets", rows: rows, count: rows.count,
            cursor: cursor(in: rows.count), empty: "No snapshot task yet. Add makes one."))
      ], actions: snapshotTaskActions, status: snapshotTaskStatus, focus: place.focus)
  }

  private var snapshotTaskStatus: StatusLine {
    guard place.focus == "snaps.list", let task = chosen(of: library.snapshotTasks) else {
      return StatusLine("")
    }
    let users = library.tasks(boundTo: task.name).map(\.name)
    return StatusLine(
      "\(Words.escaped(task.name)): \(Words.escaped(task.namingSchema))"
        + (task.recursive ? ", with all below" : "") + ", "
        + (users.isEmpty ? "no task uses it" : "used by \(Words.names(users))") + ".")
  }

  private var snapshotTaskActions: [Action] {
    var actions = [Action(id: "snaps.add", title: "Add")]
    if let task = chosen(of: library.snapshotTasks) {
      let users = library.tasks(boundTo: task.name).map(\.name)
      let needed = task.enabled ? needed(snapshotTask: task.name) : nil
      actions += [
        Action(
          id: "snaps.switch", title: task.enabled ? "Disable" : "Enable",
          enabled: needed.map { .no(reason: $0) } ?? .yes),
        Action(id: "snaps.run", title: "Run now"), Action(id: "snaps.prune", title: "Prune"),
        Action(
          id: "snaps.delete", title: "Delete",
          enabled: users.isEmpty
            ? .yes : .no(reason: "\(Words.names(users)) uses it. Change or delete that first."),
          danger: true),
      ]
    }
    return actions + [Action(id: "snaps.back", title: "Back")]
  }

  mutating func pressInSnapshotTasks(_ id: FocusID) -> [Effect] {
    switch id {
    case "snaps.add": openSnapshotTaskForm(SnapshotTask(), was: nil)
    case "snaps.switch":
      guard var task = chosen(of: library.snapshotTasks) else { return [] }
      task.enabled.toggle()
      let name = Words.escaped(task.name)
      return change(
        .snapshotTask(task, was: task.name),
        done: task.enabled
          ? "\(name) is enabled." : "\(name) is disabled: it takes no snapshots.")
    case "snaps.run":
      guard let task = chosen(of: library.snapshotTasks) else { return [] }
      return change(
        .takeSnapshots(task),
        done: "\(Words.escaped(task.name)) has run; zferry history says what it took.")
    case "snaps.prune": return chosen(of: library.snapshotTasks).map { openOutlived($0) } ?? []
    case "snaps.delete":
      if let task = chosen(of: library.snapshotTasks) { ask(.deleteSnapshotTask(task.name)) }
    default: return goBack()
    }
    return []
  }
}

extension Question {
  static func deletingSnapshotTask(_ name: String) -> QuestionSpec {
    QuestionSpec(
      "Delete the snapshot task \(Words.escaped(name))?",
      "No new snapshots are taken. Those that exist stay, and nothing deletes them by itself any"
        + " more.",
      [
        .stay("Keep it"),
        .go("Delete") {
          $0.change(.deleteSnapshotTask(name), done: "\(Words.escaped(name)) is deleted.")
        },
      ])
  }
}
