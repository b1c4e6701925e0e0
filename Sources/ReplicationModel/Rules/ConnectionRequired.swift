extension TaskRule {
  /// A task that leaves this system needs a connection (M20).
  static let connectionRequired = TaskRule(
    .connection, code: "M20",
    "is required: the other system is reached over it. Choose a saved connection, or "
      + "add one."
  ) { draft, _ in
    draft.transport != .local && (draft.connection ?? "").isEmpty
  }
}
