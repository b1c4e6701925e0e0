extension TaskRule {
  /// Naming Schema selects what is fetched, and a task that sends has another field (R9, M3).
  static let pushHasNoNamingSchema = TaskRule(
    .namingSchema, code: "M3",
    "has no use here: the task sends. Move it to Also Include Naming Schema."
  ) { draft, _ in
    draft.direction == .push && !draft.namingSchema.isEmpty
  }
}
