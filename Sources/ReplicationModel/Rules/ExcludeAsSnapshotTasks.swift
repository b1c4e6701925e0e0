extension TaskRule {
  /// A recursive task leaves out whatever inside its sources a bound snapshot task leaves out:
  /// there are no snapshots of it. What lies elsewhere need not be repeated (C20) (R2, M22).
  static let excludeAsSnapshotTasks = TaskRule { draft, context in
    guard draft.recursive, !draft.replicate else { return [] }
    var missing: [(path: String, task: String)] = []
    for (name, task) in draft.boundTasks(in: context) {
      for path in task.exclude where !missing.contains(where: { $0.path == path }) {
        let isInside = draft.sourceDatasets.contains { source in
          task.covers(source) && path.utf8.starts(with: (source + "/").utf8)
        }
        if isInside && !draft.leavesOut(path) { missing.append((path, name)) }
      }
    }
    return missing.map { path, task in
      Finding(
        .exclude, code: "M22",
        "has to name `\(path)`: the snapshot task `\(task)` makes no snapshots of it. Add it.")
    }
  }
}
