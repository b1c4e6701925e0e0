extension TaskRule {
  /// A whole tree's copy has the snapshots that the source has (R6, M29).
  static let replicateKeepsAsSource = TaskRule(
    .retentionPolicy, code: "M29",
    "has to be SOURCE with Full Filesystem Replication, which copies deletions too. "
      + "Choose SOURCE."
  ) { draft, _ in
    draft.replicate && draft.retentionPolicy != .source
  }
}
