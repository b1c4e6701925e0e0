extension TaskRule {
  /// Snapshots can match a schedule only where there is one (R17, M34).
  static let matchingNeedsSchedule = TaskRule(
    .onlyMatchingSchedule, code: "M34",
    "needs a Schedule to hold the snapshots against. Give the task one, or turn this "
      + "off."
  ) { draft, _ in
    draft.onlyMatchingSchedule && draft.schedule == nil
  }
}
