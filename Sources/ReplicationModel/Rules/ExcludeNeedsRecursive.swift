extension TaskRule {
  /// Datasets are left out only of a recursive task (M24).
  static let excludeNeedsRecursive = TaskRule(
    .exclude, code: "M24",
    "has no use here: the task copies no datasets below its sources. Turn on "
      + "Recursive, or empty it."
  ) { draft, _ in
    !draft.recursive && !draft.exclude.isEmpty
  }
}
