extension TaskRule {
  /// A whole tree goes with its properties (R5, M28).
  static let replicateSendsProperties = TaskRule(
    .properties, code: "M28",
    "has to be on with Full Filesystem Replication, which copies them too. Turn it "
      + "on."
  ) { draft, _ in
    draft.replicate && !draft.properties
  }
}
