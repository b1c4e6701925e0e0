extension TaskRule {
  /// A task that fetches by itself has a schedule (R14, M6).
  static let pullAutoNeedsSchedule = TaskRule(
    .auto, code: "M6",
    "needs something that starts the task. Give it a Schedule, or turn it off."
  ) { draft, _ in
    draft.direction == .pull && draft.auto && draft.schedule == nil
  }
}
