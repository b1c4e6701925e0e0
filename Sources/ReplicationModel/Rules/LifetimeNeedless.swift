extension TaskRule {
  /// Only a lifetime of one's own has a number, a unit and further lifetimes (M40).
  static let lifetimeNeedless = TaskRule { draft, _ in
    guard draft.retentionPolicy != .custom else { return [] }
    let words = "goes with the policy CUSTOM only. Leave it out, or choose CUSTOM."
    var findings: [Finding] = []
    if draft.lifetimeValue != nil { findings.append(Finding(.lifetimeValue, code: "M40", words)) }
    if draft.lifetimeUnit != nil { findings.append(Finding(.lifetimeUnit, code: "M40", words)) }
    if !draft.lifetimes.isEmpty { findings.append(Finding(.lifetimes, code: "M40", words)) }
    return findings
  }
}
