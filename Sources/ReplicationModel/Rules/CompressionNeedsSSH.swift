extension TaskRule {
  /// Only a stream over SSH is compressed on its way (M14, M18).
  static let compressionNeedsSSH = TaskRule { draft, _ in
    guard draft.compression != nil else { return [] }
    switch draft.transport {
    case .ssh: return []
    case .sshNetcat:
      return [
        Finding(
          .compression, code: "M14", "does not work over SSH+NETCAT. Leave it out, or use SSH.")
      ]
    case .local:
      return [
        Finding(
          .compression, code: "M18", "has no use here: nothing leaves this system. Leave it out.")
      ]
    }
  }
}
