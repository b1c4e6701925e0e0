extension TaskRule {
  /// No snapshot task is bound twice (M47).
  static let snapshotTasksUnique = TaskRule { draft, _ in
    var seen: Set<String> = []
    let twice = draft.periodicSnapshotTasks.first { !seen.insert($0).inserted }
    return twice.map { name in
      [
        Finding(
          .periodicSnapshotTasks, code: "M47", "names `\(name)` twice. Leave one of them out.")
      ]
    } ?? []
  }
}
