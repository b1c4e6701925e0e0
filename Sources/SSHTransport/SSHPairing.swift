internal import Dispatch
internal import Glibc
public import ReplicationEngine
public import ReplicationModel

/// Sets up a connection: shows the host's keys, makes ours, installs it, proves it.
public struct SSHPairing: PairingPort {
  private let ring: KeyRing

  /// `ring` opens keys that are locked.
  public init(ring: KeyRing = KeyRing()) { self.ring = ring }

  /// One connection for each kind of key; a kind that the host does not have is left out.
  public func scan(host: String, port: Int, timeout: Int) async throws(HostError) -> [HostKey] {
    let endpoint = Endpoint(host: host, port: port, timeout: timeout)
    return try await Self.onThread { (stop) throws(HostError) in
      var keys: [HostKey] = []
      var last: HostError?
      for algorithms in [Algorithms.ed25519, Algorithms.ecdsa, Algorithms.rsa] {
        do throws(HostError) {
          keys.append(try SSHSession(endpoint, hostKeys: algorithms, stop: stop).hostKey())
        } catch {
          // Dropbear agrees to a kind of key it does not have, and hangs up.
          guard error.code == .handshake || error.code == .handshakeClosed else { throw error }
          last = error
        }
      }
      guard !keys.isEmpty else {
        throw last ?? HostError(.handshake, subject: endpoint.label)
      }
      return KnownHosts.marked(keys, host: host, port: port)
    }
  }

  /// Needs `ssh-keygen` on this machine.
  public func makeKey(comment: String) async throws(HostError) -> (
    privateKey: Secret, publicKey: String
  ) {
    try await Self.onThread { (_) throws(HostError) in try KeyMaker.make(comment: comment) }
  }

  public func readKey(_ text: Secret, comment: String) async throws(HostError) -> (
    privateKey: Secret, publicKey: String
  ) {
    try await Self.onThread { (_) throws(HostError) in
      try KeyImport.read(text, comment: comment)
    }
  }

  public func install(publicKey: String, on connection: Connection, with secrets: OneTimeLogin)
    async throws(HostError)
  {
    try await Self.onThread { (stop) throws(HostError) in
      let session = try SSHSession.open(connection, .password(secrets), stop: stop)
      let result = try session.execute(
        RemoteLine.script(KeyInstallation.script), input: Array((publicKey + "\n").utf8),
        seconds: 60)
      guard !result.succeeded else { return }
      throw KeyInstallation.error(result, subject: session.label)
    }
  }

  public func prove(_ connection: Connection, keyPath: String) async throws(HostError) -> HostFacts
  {
    let ring = ring
    return try await Self.onThread { (stop) throws(HostError) in
      let session = try SSHSession.open(connection, .key(path: keyPath, ring: ring), stop: stop)
      let result = try session.execute(
        RemoteLine.script(HostQuestions.script(sudo: connection.sudo)), seconds: 60)
      return HostQuestions.facts(
        String(decoding: result.output, as: UTF8.self), sudo: connection.sudo,
        now: Int64(time(nil)))
    }
  }

  public func fingerprint(ofKey line: String) -> String? { HostKey(line: line)?.fingerprint }

  private static func onThread<Value: Sendable>(
    _ body: @escaping @Sendable (StopSignal) throws(HostError) -> Value
  ) async throws(HostError) -> Value {
    let stop = StopSignal()
    let queue = DispatchQueue(label: "zferry.ssh.pairing")
    return try await Blocking.run(on: queue, stop: stop) { () throws(HostError) in
      try body(stop)
    }
  }
}
