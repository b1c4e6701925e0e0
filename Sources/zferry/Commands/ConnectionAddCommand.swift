internal import ArgumentParser
internal import Foundation
internal import ReplicationEngine
internal import ReplicationModel
internal import SSHTransport
internal import TaskStore
internal import ZferryApp

struct ConnectionAdd: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract: "Sets up a connection: confirms the host key, installs a key, proves it.",
    discussion: """
      The host's key is shown and has to be confirmed: by a person, or by --fingerprint. With \
      --generate a key pair is made and installed with a password that is asked for once and \
      kept nowhere.

      EXAMPLE
        zferry connection add vault --host 203.0.113.9 --user replica --generate
      """)
  @OptionGroup var global: GlobalOptions
  @Argument(help: "The connection's name.") var name: String
  @Option(help: "The host's name or address.") var host: String
  @Option(help: "The port of its sshd.") var port = 22
  @Option(help: "The user to log in as.") var user = "root"
  @Option(help: "An existing key pair.") var key: String?
  @Flag(help: "Make a key pair and install it with a password.") var generate = false
  @Option(help: "The host key's SHA256 fingerprint, known from elsewhere.") var fingerprint: String?
  @Option(
    help: ArgumentHelp(
      "A file that holds the password, instead of a prompt.", valueName: "file"))
  var passwordFile: String?
  @Flag(help: "Put the public half of the pair of --key in place there, with a password.")
  var install = false
  @Flag(help: "Ask for a one-time code beside the password.") var askCode = false
  @Flag(help: "Run zfs through sudo there.") var sudo = false
  @Option(help: "Seconds to wait for the host.") var timeout = 10

  func validate() throws {
    if generate == (key != nil) {
      throw ValidationError("Give either --generate, or --key with the name of a pair.")
    }
  }

  func run() async throws {
    try await reporting {
      try global.requireChanging("connection add")
      let place = Workplace(global)
      let store = place.store
      guard try !store.connectionNames().contains(name) else {
        throw StoreError(.exists, subject: name)
      }
      var connection = Connection()
      connection.name = name
      connection.host = host
      connection.port = port
      connection.username = user
      connection.key = key ?? name
      connection.connectTimeout = timeout
      connection.sudo = sudo
      let unknown: Set<String> = ["host_key"]
      let findings = ConnectionRules.findings(for: connection).filter {
        !unknown.contains($0.field)
      }
      guard findings.allSatisfy({ $0.severity == .warning }) else {
        throw StoreError(.invalid, subject: name, findings: findings)
      }
      let pairing = SSHPairing(ring: place.ring)
      connection.hostKey = [try await confirmedKey(pairing).line]
      if generate {
        try await generateKey(for: connection, store: store, pairing: pairing)
      } else if install {
        try await pairing.install(
          publicKey: try store.publicKey(connection.key), on: connection, with: try secrets())
      }
      let facts = try await pairing.prove(
        connection, keyPath: store.privateKeyPath(connection.key))
      try store.save(connection)
      HostReport.show(facts, of: connection)
      Report.line("Saved the connection \(name).")
    }
  }

  /// The host's key, shown and confirmed; never accepted by itself.
  private func confirmedKey(_ pairing: SSHPairing) async throws -> HostKey {
    let keys = try await pairing.scan(host: host, port: port, timeout: timeout)
    if let fingerprint {
      guard let key = keys.first(where: { $0.fingerprint == fingerprint }) else {
        throw HostError(
          .hostKeyChanged, subject: "\(host):\(port)",
          detail:
            "expected \(fingerprint), shown \(keys.map(\.fingerprint).joined(separator: ", "))")
      }
      return key
    }
    for key in keys {
      Report.line("\(key.algorithm)  \(key.fingerprint)\(HostReport.standing(of: key))")
    }
    guard let key = keys.first else { throw HostError(.handshake, subject: "\(host):\(port)") }
    guard Prompt.isPossible else {
      throw HostError(.hostKeyUnknown, subject: "\(host):\(port)", detail: key.fingerprint)
    }
    guard
      Prompt.yes("Is this the key of \(host)? Compare it with what its administrator tells you.")
    else { throw ExitStatus.stopped.code }
    return key
  }

  /// A pair is kept only when it is in place there.
  private func generateKey(
    for connection: Connection, store: some TaskFilesPort, pairing: SSHPairing
  ) async throws {
    let secrets = try secrets()
    let pair = try await pairing.makeKey(comment: "zferry \(name)")
    try await pairing.install(publicKey: pair.publicKey, on: connection, with: secrets)
    try store.saveKey(connection.key, privateKey: pair.privateKey, publicKey: pair.publicKey)
  }

  private func secrets() throws -> OneTimeLogin {
    let password =
      try passwordFile.map(Prompt.secret(fromFile:))
      ?? Prompt.secret("Password of \(user)@\(host): ")
    return OneTimeLogin(
      password: password, code: askCode ? try Prompt.secret("One-time code: ") : nil)
  }
}
