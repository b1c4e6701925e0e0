extension TaskRule {
  /// Over netcat one side listens (M12).
  static let netcatSideRequired = TaskRule(
    .netcatActiveSide, code: "M12",
    "is required: over SSH+NETCAT one side has to listen. Choose LOCAL or REMOTE."
  ) { draft, _ in
    draft.transport == .sshNetcat && draft.netcatActiveSide == nil
  }
}
