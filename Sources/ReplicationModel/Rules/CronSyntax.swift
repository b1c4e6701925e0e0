extension TaskRule {
  /// The five fields of every schedule can be read; upstream's engine finds out while it runs
  /// (B7) (M43).
  static let cronSyntax = TaskRule { draft, _ in draft.schedules.flatMap(\.cronFindings) }
}
