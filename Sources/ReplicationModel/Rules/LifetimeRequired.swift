extension TaskRule {
  /// A lifetime of one's own is a number and a unit (M39, D7).
  static let lifetimeRequired = TaskRule { draft, _ in
    var findings: [Finding] = []
    func require(_ field: TaskField, _ part: String?, _ label: String) {
      findings.append(
        Finding(
          field, part, code: "M39",
          "is required: \(label) says how long copies are kept. Fill it in."))
    }
    if draft.retentionPolicy == .custom {
      if draft.lifetimeValue == nil { require(.lifetimeValue, nil, "the number") }
      if draft.lifetimeUnit == nil { require(.lifetimeUnit, nil, "the unit") }
    }
    for (index, lifetime) in draft.lifetimes.enumerated() {
      if lifetime.lifetimeValue == nil {
        require(.lifetimes, "\(index).lifetime_value", "the number")
      }
      if lifetime.lifetimeUnit == nil {
        require(.lifetimes, "\(index).lifetime_unit", "the unit")
      }
    }
    return findings
  }
}
