extension TaskRule {
  /// Of a whole tree nothing can be left out (R4, M27).
  static let replicateExcludesNothing = TaskRule(
    .exclude, code: "M27",
    "has to be empty with Full Filesystem Replication, which copies whole trees. "
      + "Empty it."
  ) { draft, _ in
    draft.replicate && !draft.exclude.isEmpty
  }
}
