extension TaskRule {
  /// An enabled task is bound to enabled snapshot tasks only (M41).
  static let snapshotTasksEnabled = TaskRule { draft, context in
    guard draft.enabled else { return [] }
    return draft.periodicSnapshotTasks.enumerated().compactMap { index, name in
      context.snapshotTasks[name]?.enabled == false
        ? Finding(
          .periodicSnapshotTasks, "\(index)", code: "M41",
          "names `\(name)`, which is disabled and makes no snapshots. Enable it, or disable this "
            + "task.")
        : nil
    }
  }
}
