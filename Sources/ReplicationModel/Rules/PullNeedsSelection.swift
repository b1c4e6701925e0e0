extension TaskRule {
  /// A task that fetches knows which snapshots to fetch (R11, M8).
  static let pullNeedsSelection = TaskRule(
    .namingSchema, code: "M8",
    "is required: nothing else says which snapshots to fetch. Fill it in, or use "
      + "Snapshot Name Regular Expression."
  ) { draft, _ in
    draft.direction == .pull && draft.namingSchema.isEmpty && draft.nameRegex == nil
  }
}
