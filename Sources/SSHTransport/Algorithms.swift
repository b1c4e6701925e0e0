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
    let lists: [(CInt, [String])] = [
      (LIBSSH2_METHOD_KEX, keyExchanges),
      (LIBSSH2_METHOD_HOSTKEY, hostKeys ?? ed25519 + ecdsa + rsa),
      (LIBSSH2_METHOD_CRYPT_CS, ciphers), (LIBSSH2_METHOD_CRYPT_SC, ciphers),
      (LIBSSH2_METHOD_MAC_CS, macs), (LIBSSH2_METHOD_MAC_SC, macs),
    ]
    for (kind, names) in lists {
      libssh2_session_method_pref(session, kind, names.joined(separator: ","))
    }
  }

  /// Whether RSA keys of users work: before 1.11 libssh2 signs with them only by SHA-1, which
  /// current hosts refuse.
  static var signsRSAWithSHA2: Bool { libssh2_version(0x010b00) != nil }
}
