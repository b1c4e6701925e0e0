extension TaskRule {
  /// The ends of a schedule's window are times of the day (M46, D6).
  static let timesOfDay = TaskRule { draft, _ in draft.schedules.flatMap(\.timeFindings) }
}
