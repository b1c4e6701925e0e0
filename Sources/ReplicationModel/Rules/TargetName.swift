extension TaskRule {
  /// The destination is given, and is a name that ZFS allows.
  static let targetName = TaskRule { draft, _ in
    guard let problem = NameProblem.inDataset(draft.targetDataset) else { return [] }
    let field = TaskField.targetDataset
    return [
      Finding(
        field.rawValue, code: problem == .empty ? "target.required" : "target.name",
        problem.message(label: field.label, value: draft.targetDataset))
    ]
  }
}
