extension TaskRule {
  /// A task that fetches knows which snapshots to fetch (R11, M8).
  static let pullNeedsSelection = TaskRule(
    .namingSchema, code: "M8",
    "is required: nothing else says what to fetch. Fill it in, or use a regular expression."
  ) { draft, _ in
    draft.direction == .pull && draft.namingSchema.isEmpty && draft.nameRegex == nil
  }
}
