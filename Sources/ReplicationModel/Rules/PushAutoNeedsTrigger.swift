extension TaskRule {
  /// A task that sends by itself has a schedule or a snapshot task to start it (R13, M5).
  static let pushAutoNeedsTrigger = TaskRule(
    .auto, code: "M5",
    "needs something that starts the task. Give it a Schedule, or bind a snapshot "
      + "task."
  ) { draft, _ in
    draft.direction == .push && draft.auto && draft.schedule == nil
      && draft.periodicSnapshotTasks.isEmpty
  }
}
