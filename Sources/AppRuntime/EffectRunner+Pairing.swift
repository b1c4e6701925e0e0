import ReplicationEngine
import ReplicationModel
import ZferryApp

/// Generate New.
extension EffectRunner {
  func scan(_ host: String, _ port: Int) async throws -> Reply? {
    let keys = try await ports.pairing.scan(host: host, port: port, timeout: 10)
    return .hostKeys(
      keys.map {
        ShownHostKey(
          algorithm: $0.algorithm, fingerprint: $0.fingerprint, line: $0.line,
          standing: $0.standing)
      })
  }

  /// Makes, installs and proves a key, then keeps the connection. Where a step fails, the key that
  /// was made goes again, so that a second try begins clean.
  func pair(
    _ connection: Connection, _ secrets: OneTimeLogin, stage: @Sendable (PairingStage) -> Void
  ) async throws -> Reply? {
    stage(.makingKey)
    let pair = try await ports.pairing.makeKey(comment: "zferry \(connection.name)")
    try ports.files.saveKey(
      connection.key, privateKey: pair.privateKey, publicKey: pair.publicKey)
    do {
      stage(.installingKey)
      try await ports.pairing.install(
        publicKey: pair.publicKey, on: connection, with: secrets)
      stage(.proving)
      let facts = try await ports.pairing.prove(
        connection, keyPath: ports.files.privateKeyPath(connection.key))
      try Task.checkCancellation()
      try ports.files.save(connection)
      return .paired(connection, ProvedHost(facts))
    } catch {
      try? ports.files.deleteKey(connection.key)
      throw error
    }
  }

  func prove(_ connection: Connection) async throws -> Reply? {
    let facts = try await ports.pairing.prove(
      connection, keyPath: ports.files.privateKeyPath(connection.key))
    return .proved(ProvedHost(facts))
  }
}

extension ProvedHost {
  init(_ facts: HostFacts) {
    self.init(
      system: facts.system, user: facts.user,
      zfsVersion: facts.zfsPath == nil ? nil : facts.zfsVersion ?? facts.zfsPath,
      sudoWorks: facts.sudoWorks, clockSkew: facts.clockSkew)
  }
}
