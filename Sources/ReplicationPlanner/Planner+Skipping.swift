internal import ReplicationModel

extension Planner {
  /// The plan for what is left when the datasets that need a decision stay as they are; the whole plan,
  /// with its conflicts, where they cannot be left out without a loss, or nothing is left.
  static func skipping(_ whole: Plan, _ plan: (Set<DatasetName>) -> Plan) -> Plan {
    var rest = whole
    var leftOut: [Conflict] = []
    while !rest.conflicts.isEmpty {
      let known = Set(leftOut.map(\.source))
      guard
        rest.conflicts.allSatisfy({ $0.code.concernsOneDataset && !known.contains($0.source) })
      else { return whole }
      leftOut += rest.conflicts
      rest = plan(Set(leftOut.map(\.source)))
    }
    guard !leftOut.isEmpty else { return whole }
    // A copy that gets another place, or goes, takes along what stands below it.
    let places = rest.moves.map(\.from) + rest.replacements.map(\.target)
    guard !rest.mapping.isEmpty,
      !leftOut.contains(where: { conflict in
        places.contains { conflict.target.isWithin($0) || $0.isWithin(conflict.target) }
      })
    else { return whole }
    // They are the task's all the same: how old the copy is, they tell with the others.
    rest.mapping = whole.mapping
    rest.leftOut = leftOut
    rest.warnings =
      leftOut.map {
        PlanWarning(code: "left_out", subject: $0.target.text, detail: $0.code.rawValue)
      } + rest.warnings
    return rest
  }
}

extension Conflict.Code {
  /// Whether the others can be sent without this one. What is wrong with the task itself, or with all of
  /// its destination, cannot be left out.
  var concernsOneDataset: Bool {
    switch self {
    case .sourceMissing, .noMatchingSnapshots, .copyElsewhere, .overlap, .targetPoolMissing: false
    case .noCommonBase, .targetHasNewerSnapshots, .targetModified, .targetHasForeignData,
      .typeMismatch, .deadResumeToken, .targetNotReadonly, .encryption, .sourceEncrypted,
      .parentEncrypted, .parentNotEncrypted, .targetNotEncrypted, .keyNotLoaded:
      true
    }
  }
}
