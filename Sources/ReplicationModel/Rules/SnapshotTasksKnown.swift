extension TaskRule {
  /// Every bound snapshot task exists (R1, M2).
  static let snapshotTasksKnown = TaskRule { draft, context in
    guard draft.direction == .push else { return [] }
    return draft.periodicSnapshotTasks.enumerated().compactMap { index, name in
      context.snapshotTasks[name] == nil
        ? Finding(
          .periodicSnapshotTasks, "\(index)", code: "M2",
          "names `\(name)`, which does not exist. Choose another, or create it.")
        : nil
    }
  }
}
