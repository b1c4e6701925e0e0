extension TaskRule {
  /// Whole trees are copied with all that is below them (R3, M26).
  static let replicateIsRecursive = TaskRule(
    .recursive, code: "M26",
    "has to be on with Full Filesystem Replication, which copies whole trees. Turn it "
      + "on."
  ) { draft, _ in
    draft.replicate && !draft.recursive
  }
}
