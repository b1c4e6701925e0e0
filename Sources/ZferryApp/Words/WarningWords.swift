public import ReplicationPlanner

extension Words {
  /// A plan's warning, and what to do about it where there is something.
  public static func warning(_ warning: PlanWarning) -> Explanation {
    let subject = escaped(warning.subject)
    let detail = escaped(warning.detail)
    if let words = warnings[warning.code] { return words(subject, detail) }
    return Explanation("\(subject): \(detail.isEmpty ? escaped(warning.code) : detail)")
  }

  static let warnings: [String: Sentence] = [:]
}
