public import ReplicationPlanner

extension Words {
  /// A plan's warning as one sentence.
  public static func warning(_ warning: PlanWarning) -> String {
    let subject = escaped(warning.subject)
    let detail = escaped(warning.detail)
    if let words = warnings[warning.code] { return words(subject, detail) }
    return "\(subject): \(detail.isEmpty ? escaped(warning.code) : detail)"
  }

  static let warnings: [String: @Sendable (String, String) -> String] = [:]
}
