extension TaskRule {
  /// Every schedule comes at least once in thirty years (M45).
  static let scheduleComes = TaskRule { draft, _ in draft.schedules.flatMap(\.neverFindings) }
}
