internal import CSSH2
internal import Glibc
internal import ReplicationEngine
internal import ReplicationModel

/// How we prove who we are.
enum Login: Sendable {
  /// A private key in a file; the ring has the passphrases of those that are locked.
  case key(path: String, ring: KeyRing)
  /// Used once, and kept nowhere.
  case password(OneTimeLogin)
}

extension SSHSession {
  /// Connects, checks the host's key against the connection's, and only then logs in.
  static func open(
    _ connection: Connection, _ login: Login, stop: StopSignal, told: Told = { _ in }
  ) throws(HostError) -> SSHSession {
    if case .key(let path, _) = login, access(path, R_OK) == 0 { told(KeyFile.check(path)) }
    let known = connection.hostKey.compactMap(HostKey.init(line:))
    let endpoint = Endpoint(
      host: connection.host, port: connection.port, timeout: connection.connectTimeout)
    let wanted = known.flatMap(\.signatureAlgorithms)
    let session: SSHSession
    do {
      session = try SSHSession(
        endpoint, hostKeys: wanted.isEmpty ? nil : wanted, stop: stop, told: told)
    } catch  where [.handshake, .handshakeClosed].contains(error.code) && !known.isEmpty {
      // The host may have no key of the kinds we know any more: look at what it shows instead.
      session = try SSHSession(endpoint, stop: stop, told: told)
    }
    told(.good(.hostKey, try session.check(known)))
    try session.logIn(as: connection.username, login)
    told(.good(.login, "\(connection.username)@\(connection.host)"))
    session.link.trust()
    return session
  }

  /// A key that nobody confirmed stops here, before anything of ours is said.
  private func check(_ known: [HostKey]) throws(HostError) -> String {
    let shown = try hostKey()
    guard !known.isEmpty else {
      throw error(.hostKeyUnknown, "\(shown.algorithm) \(shown.fingerprint)")
    }
    guard known.contains(where: { $0.base64 == shown.base64 }) else {
      let expected = known.map { "\($0.algorithm) \($0.fingerprint)" }.joined(separator: ", ")
      throw error(
        .hostKeyChanged, "expected \(expected), shown \(shown.algorithm) \(shown.fingerprint)")
    }
    return "\(shown.algorithm) \(shown.fingerprint)"
  }

  private func logIn(as user: String, _ login: Login) throws(HostError) {
    // A host that looks up our name first, or delays after a wrong password, is slow and not gone.
    let deadline = Deadline(seconds: Double(max(endpoint.timeout, 15)))
    link.allow(until: deadline)
    let length = UInt32(user.utf8.count)
    let offered =
      wait(until: deadline, pointer: { libssh2_userauth_list(raw, user, length) })
      .map { String(cString: $0) } ?? ""
    if libssh2_userauth_authenticated(raw) != 0 { return }
    let status: CInt =
      switch login {
      case .key(let path, let ring): try keyLogin(user, path: path, ring: ring, deadline)
      case .password(let secrets): try passwordLogin(user, secrets, offered, deadline)
      }
    guard status != 0 else { return }
    throw loginError(status, user, login, offered)
  }

  private func loginError(_ status: CInt, _ user: String, _ login: Login, _ offered: String)
    -> HostError
  {
    var reasons = ["user \(user); the host offers \(offered.isEmpty ? "nothing" : offered)"]
    if case .key(let path, _) = login, let refused = KeyFile.fingerprint(path) {
      reasons.append("key \(refused)")
    }
    switch status {
    case LIBSSH2_ERROR_FILE: return error(.keyFile, lastError)
    case LIBSSH2_ERROR_TIMEOUT: return error(.authTimeout, "user \(user)")
    default: break
    }
    if isHungUp { return error(.authClosed, reasons.joined(separator: "; ")) }
    if case .key = login, !offered.isEmpty, !offered.split(separator: ",").contains("publickey") {
      return error(.authMethod, reasons.joined(separator: "; "))
    }
    if case .key(let path, _) = login, KeyFile.isRSA(path), !Algorithms.signsRSAWithSHA2 {
      reasons.append(
        "this libssh2 uses an RSA key only with SHA-1, which current hosts refuse: take ed25519")
    }
    return error(.authentication, reasons.joined(separator: "; "))
  }
}
