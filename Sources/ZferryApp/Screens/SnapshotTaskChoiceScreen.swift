import FormKit
import ReplicationModel

extension ScreenSpec {
  static let snapshotTaskChoice = ScreenSpec(
    view: \.snapshotTaskChoiceScreen, choose: { $0.toggleSnapshotTask() })
}

extension AppState {
  /// Snapshot tasks that can be bound: those that concern a source first, then the others, then
  /// names that no task has any more.
  var offeredSnapshotTasks: [(name: String, task: SnapshotTask?)] {
    let known = library.snapshotTasks + advanced.form.snapshotTasks
    let sources = advanced.form.base.sourceDatasets.map { DatasetName(trusted: $0) }
    func concerns(_ task: SnapshotTask) -> Bool {
      let dataset = DatasetName(trusted: task.dataset)
      return sources.contains { $0 == dataset || $0.isWithin(dataset) || dataset.isWithin($0) }
    }
    let ordered = known.filter(concerns) + known.filter { !concerns($0) }
    let names = Set(known.map(\.name))
    let gone = advanced.form.base.periodicSnapshotTasks.filter { !names.contains($0) }
    return ordered.map { ($0.name, $0) } + gone.map { ($0, nil) }
  }

  var snapshotTaskChoiceScreen: Screen {
    let bound = Set(advanced.form.base.periodicSnapshotTasks)
    let offered = offeredSnapshotTasks
    let rows = offered.map { name, task in
      ListView.Row(
        id: name, mark: bound.contains(name) ? .on : .off, text: Words.escaped(name),
        detail: task.map { Words.escaped($0.words) } ?? "is not there any more",
        tone: task == nil ? .warning : .plain)
    }
    let here = rows.indices.contains(place.row) ? rows[place.row] : nil
    let hasList = place.focus == "snapshot-tasks.list"
    return Screen(
      id: route.id, title: TaskField.periodicSnapshotTasks.label,
      purpose: "Snapshots of the marked tasks are sent, each time one of them has finished.",
      blocks: [
        .list(
          ListView(
            id: "snapshot-tasks.list", label: "Snapshot tasks", rows: rows, count: rows.count,
            cursor: min(place.row, max(0, rows.count - 1)),
            empty: "There is no snapshot task yet. The wizard makes one where it needs one.",
            use: .mark))
      ],
      actions: [Action(id: "snapshot-tasks.done", title: "Done")],
      status: StatusLine(hasList ? here.map { "\($0.text): \($0.detail)" } ?? "" : ""),
      focus: place.focus)
  }

  mutating func toggleSnapshotTask() -> [Effect] {
    let offered = offeredSnapshotTasks
    guard offered.indices.contains(place.row) else { return [] }
    let name = offered[place.row].name
    if let index = advanced.form.base.periodicSnapshotTasks.firstIndex(of: name) {
      advanced.form.base.periodicSnapshotTasks.remove(at: index)
    } else {
      advanced.form.base.periodicSnapshotTasks.append(name)
    }
    return []
  }
}

extension SnapshotTask {
  /// `tank/data, auto-%Y-%m-%d_%H-%M, 2 WEEK, enabled`.
  var words: String {
    "\(dataset), \(namingSchema), \(lifetimeValue) \(lifetimeUnit.rawValue),"
      + " \(enabled ? "enabled" : "disabled")"
  }
}
