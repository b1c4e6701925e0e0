extension TaskRule {
  /// A task that sends knows which snapshots to send (R10, M4).
  static let pushNeedsSelection = TaskRule(
    .periodicSnapshotTasks, code: "M4",
    "is empty, and so nothing says which snapshots to send. Bind a snapshot task, or "
      + "fill in Also Include Naming Schema or Snapshot Name Regular Expression."
  ) { draft, _ in
    draft.direction == .push && draft.periodicSnapshotTasks.isEmpty
      && draft.alsoIncludeNamingSchema.isEmpty && draft.nameRegex == nil
  }
}
