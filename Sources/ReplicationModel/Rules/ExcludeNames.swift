extension TaskRule {
  /// An excluded dataset is a name that ZFS allows; a glob is matched and never a name (B9).
  static let excludeNames = TaskRule { draft, _ in
    draft.exclude.enumerated().compactMap { index, text in
      guard !DatasetPattern(text).isGlob, let problem = NameProblem.inDataset(text) else {
        return nil
      }
      let field = TaskField.exclude
      return Finding(
        "\(field.rawValue).\(index)", code: "exclude.name",
        problem.message(label: field.label, value: text))
    }
  }
}
