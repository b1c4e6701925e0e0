extension TaskRule {
  /// A name that a regular expression matches tells no time, so no schedule can be held against
  /// it; upstream takes it and then stops all pruning (B6).
  static let nameRegexWithoutSchedules = TaskRule { draft, _ in
    guard draft.nameRegex != nil else { return [] }
    let words =
      "cannot go with a regular expression: such names tell no time. "
      + "Remove it, or use a naming schema."
    var findings: [Finding] = []
    if draft.restrictSchedule != nil {
      findings.append(Finding(.restrictSchedule, code: "B6", words))
    }
    if draft.onlyMatchingSchedule {
      findings.append(Finding(.onlyMatchingSchedule, code: "B6", words))
    }
    return findings
  }
}
