extension TaskRule {
  /// Snapshot tasks run on this system, so a task that fetches has none (R15, M7).
  static let pullBindsNothing = TaskRule(
    .periodicSnapshotTasks, code: "M7",
    "has no use here: the snapshots are made on the other system. Empty it, and use "
      + "Naming Schema."
  ) { draft, _ in
    draft.direction == .pull && !draft.periodicSnapshotTasks.isEmpty
  }
}
