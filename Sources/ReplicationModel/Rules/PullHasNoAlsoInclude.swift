extension TaskRule {
  /// Also Include Naming Schema adds to snapshot tasks, which a task that fetches has not (R12,
  /// M9).
  static let pullHasNoAlsoInclude = TaskRule(
    .alsoIncludeNamingSchema, code: "M9",
    "has no use here: the task fetches. Move it to Naming Schema."
  ) { draft, _ in
    draft.direction == .pull && !draft.alsoIncludeNamingSchema.isEmpty
  }
}
