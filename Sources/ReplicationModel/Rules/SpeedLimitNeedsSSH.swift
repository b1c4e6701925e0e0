extension TaskRule {
  /// Only a stream over SSH has a limit (M15, M19).
  static let speedLimitNeedsSSH = TaskRule { draft, _ in
    guard draft.speedLimit != nil else { return [] }
    switch draft.transport {
    case .ssh: return []
    case .sshNetcat:
      return [
        Finding(
          .speedLimit, code: "M15", "does not work over SSH+NETCAT. Leave it out, or use SSH.")
      ]
    case .local:
      return [
        Finding(
          .speedLimit, code: "M19", "has no use here: nothing leaves this system. Leave it out.")
      ]
    }
  }
}
