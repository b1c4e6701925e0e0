extension TaskRule {
  /// A task that sends knows which snapshots to send (R10, M4).
  static let pushNeedsSelection = TaskRule(
    .periodicSnapshotTasks, code: "M4",
    "is empty: nothing says what to send. Bind a snapshot task, or fill in a naming schema."
  ) { draft, _ in
    draft.direction == .push && draft.periodicSnapshotTasks.isEmpty
      && draft.alsoIncludeNamingSchema.isEmpty && draft.nameRegex == nil
  }
}
