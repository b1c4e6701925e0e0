extension TaskRule {
  /// A schedule's window does not end before it begins (M44).
  static let windowOrder = TaskRule { draft, _ in draft.schedules.flatMap(\.windowFindings) }
}
