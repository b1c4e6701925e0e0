extension TaskRule {
  /// A lifetime is one unit or more (M48).
  static let lifetimeRange = TaskRule { draft, _ in
    var findings: [Finding] = []
    if let value = draft.lifetimeValue, value < 1 {
      findings.append(
        Finding(.lifetimeValue, code: "M48", "is \(value), and has to be 1 or more. Correct it."))
    }
    for (index, lifetime) in draft.lifetimes.enumerated() {
      guard let value = lifetime.lifetimeValue, value < 1 else { continue }
      findings.append(
        Finding(
          .lifetimes, "\(index).lifetime_value", code: "M48",
          "holds the number \(value), which has to be 1 or more. Correct it."))
    }
    return findings
  }
}
