extension TaskRule {
  /// What is excluded lies below a source. Of a glob only the part before its first wildcard can
  /// tell, so `*/scratch` may stand (B9) (M25).
  static let excludeBelowSource = TaskRule { draft, _ in
    guard draft.recursive, !draft.replicate else { return [] }
    return draft.exclude.enumerated().compactMap { index, text in
      let pattern = DatasetPattern(text)
      guard pattern.isGlob || NameProblem.inDataset(text) == nil,
        !draft.sourceDatasets.contains(where: pattern.canLieBelow)
      else { return nil }
      return Finding(
        .exclude, "\(index)", code: "M25",
        "names `\(text)`, which is below none of the sources. Correct it, or leave it out.")
    }
  }
}
