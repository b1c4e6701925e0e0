extension TaskRule {
  /// A task within this system has no connection (M17).
  static let connectionNeedless = TaskRule(
    .connection, code: "M17",
    "has no use here: with transport LOCAL nothing leaves this system. Leave it "
      + "empty, or use SSH."
  ) { draft, _ in
    draft.transport == .local && draft.connection != nil
  }
}
