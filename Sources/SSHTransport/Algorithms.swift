internal import CSSH2

/// What we offer in the key exchange: nothing with SHA-1 as a MAC, no CBC, no RC4, no DSS.
///
/// libssh2 leaves out by itself what its version does not have.
enum Algorithms {
  static let ed25519 = ["ssh-ed25519"]
  static let ecdsa = ["ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521"]
  static let rsa = ["rsa-sha2-512", "rsa-sha2-256", "ssh-rsa"]

  private static let keyExchanges = [
    "curve25519-sha256", "curve25519-sha256@libssh.org", "ecdh-sha2-nistp256",
    "ecdh-sha2-nistp384", "ecdh-sha2-nistp521", "diffie-hellman-group16-sha512",
    "diffie-hellman-group18-sha512", "diffie-hellman-group14-sha256",
    "diffie-hellman-group-exchange-sha256",
  ]
  private static let ciphers = [
    "aes128-gcm@openssh.com", "aes256-gcm@openssh.com", "aes128-ctr", "aes256-ctr", "aes192-ctr",
    "chacha20-poly1305@openssh.com",
  ]
  private static let macs = [
    "hmac-sha2-256-etm@openssh.com", "hmac-sha2-512-etm@openssh.com", "hmac-sha2-256",
    "hmac-sha2-512",
  ]

  /// Sets a session's preferences, with the host keys in the order we want them; nil for all we take.
  static func prefer(hostKeys: [String]?, in session: OpaquePointer) {
    for kind in Kind.allCases {
      let names = kind == .hostKey ? hostKeys ?? kind.wanted : kind.wanted
      libssh2_session_method_pref(session, kind.number, names.joined(separator: ","))
    }
  }

  /// What is agreed on in a key exchange.
  enum Kind: CaseIterable {
    case keyExchange, hostKey, cipherOut, cipherIn, macOut, macIn

    var number: CInt {
      switch self {
      case .keyExchange: LIBSSH2_METHOD_KEX
      case .hostKey: LIBSSH2_METHOD_HOSTKEY
      case .cipherOut: LIBSSH2_METHOD_CRYPT_CS
      case .cipherIn: LIBSSH2_METHOD_CRYPT_SC
      case .macOut: LIBSSH2_METHOD_MAC_CS
      case .macIn: LIBSSH2_METHOD_MAC_SC
      }
    }

    var name: String {
      switch self {
      case .keyExchange: "key exchange"
      case .hostKey: "host key"
      case .cipherOut, .cipherIn: "cipher"
      case .macOut, .macIn: "MAC"
      }
    }

    /// All we would take.
    fileprivate var wanted: [String] {
      switch self {
      case .keyExchange: keyExchanges
      case .hostKey: ed25519 + ecdsa + rsa
      case .cipherOut, .cipherIn: ciphers
      case .macOut, .macIn: macs
      }
    }
  }

  /// What was agreed on: key exchange, host key and cipher.
  static func agreed(in session: OpaquePointer) -> String {
    [Kind.keyExchange, .hostKey, .cipherOut]
      .compactMap { libssh2_session_methods(session, $0.number).map { String(cString: $0) } }
      .joined(separator: ", ")
  }

  /// For a failed exchange: each kind in which the two sides have nothing in common, with what
  /// either offers; nil where that is not the reason.
  static func gaps(_ greeting: Greeting, hostKeys: [String]?, in session: OpaquePointer)
    -> String?
  {
    var gaps: [String] = []
    for kind in Kind.allCases {
      guard let theirs = greeting.offer[kind] else { continue }
      let known = supported(kind, in: session)
      let wanted = kind == .hostKey ? hostKeys ?? kind.wanted : kind.wanted
      let ours = wanted.filter { known.isEmpty || known.contains($0) }
      guard Set(ours).isDisjoint(with: theirs) else { continue }
      let text =
        "\(kind.name): the host offers \(theirs.joined(separator: ",")); this side "
        + ours.joined(separator: ",")
      if !gaps.contains(text) { gaps.append(text) }
    }
    return gaps.isEmpty ? nil : gaps.joined(separator: "; ")
  }

  /// What this version of libssh2 has.
  private static func supported(_ kind: Kind, in session: OpaquePointer) -> Set<String> {
    var names: UnsafeMutablePointer<UnsafePointer<CChar>?>?
    let count = libssh2_session_supported_algs(session, kind.number, &names)
    guard count > 0, let names else { return [] }
    defer { libssh2_free(session, names) }
    return Set((0..<Int(count)).compactMap { names[$0].map { String(cString: $0) } })
  }

  /// Whether RSA keys of users work: before 1.11 libssh2 signs with them only by SHA-1, which
  /// current hosts refuse.
  static var signsRSAWithSHA2: Bool { libssh2_version(0x010b00) != nil }
}
