extension TaskRule {
  /// An address for the data is one word that no program takes for anything else: a name, or figures.
  static let netcatAddresses = TaskRule { draft, _ in
    guard draft.transport == .sshNetcat else { return [] }
    let fields: [(TaskField, String?)] = [
      (.netcatActiveSideListenAddress, draft.netcatActiveSideListenAddress),
      (.netcatPassiveSideConnectAddress, draft.netcatPassiveSideConnectAddress),
    ]
    return fields.compactMap { field, address in
      guard let address, !isAddress(address) else { return nil }
      return Finding(
        field, code: "netcat.address",
        "is no address. Enter a name or an IP address, without a port, or leave it out.")
    }
  }

  private static func isAddress(_ text: String) -> Bool {
    guard let first = text.first, first != "-" else { return false }
    return text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || ".:-_%".contains($0)) }
  }
}
