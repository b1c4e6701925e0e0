extension TaskRule {
  /// A regular expression goes without snapshot tasks (R20, M36).
  static let nameRegexWithoutTasks = TaskRule(
    .nameRegex, code: "M36",
    "cannot go with Periodic Snapshot Tasks: both say which snapshots to take. Keep "
      + "one of the two."
  ) { draft, _ in
    draft.nameRegex != nil && !draft.periodicSnapshotTasks.isEmpty
  }
}
