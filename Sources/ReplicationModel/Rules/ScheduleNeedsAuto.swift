extension TaskRule {
  /// A task that does not run by itself has no schedule (R16, M33).
  static let scheduleNeedsAuto = TaskRule(
    .schedule, code: "M33",
    "has no use here: the task does not run by itself. Turn on Run Automatically, or "
      + "remove it."
  ) { draft, _ in
    draft.schedule != nil && !draft.auto
  }
}
