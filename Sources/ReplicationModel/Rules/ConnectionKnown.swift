extension TaskRule {
  /// The connection that a task names exists; that its key can be read is a matter of the run
  /// (M21, D2).
  static let connectionKnown = TaskRule { draft, context in
    guard draft.transport != .local, let name = draft.connection, !name.isEmpty,
      context.connections[name] == nil
    else { return [] }
    return [
      Finding(
        .connection, code: "M21",
        "`\(name)` does not exist. Choose another connection, or add this one.")
    ]
  }
}
