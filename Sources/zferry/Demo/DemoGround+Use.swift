internal import Foundation
internal import ReplicationEngine
internal import ReplicationModel
internal import SSHTransport
internal import TaskStore
internal import ZferryApp

/// What the demo does with its ground.
extension DemoGround {
  /// The files of the practice ground.
  var place: Workplace { Workplace(folders: StoreFolders(config: config, state: state)) }

  var practice: Practice {
    Practice(
      host: "127.0.0.1", port: port, username: user,
      password: hasPassword ? Self.password : nil)
  }

  /// What a shell needs to look around in the ground.
  var shellEnvironment: String {
    "PATH=\(Command.quoted(bin)):$PATH ZFS_SANDBOX=\(Command.quoted(here))"
      + " ZFERRY_CONFIG=\(Command.quoted(config)) ZFERRY_STATE=\(Command.quoted(state))"
  }

  /// `SHA256:…` of the host key, read where the host's administrator reads it.
  func fingerprint() throws -> String {
    let line = try DemoProcess.output("/usr/bin/ssh-keygen", ["-lf", "\(folder)/host_key.pub"])
    guard let word = line.split(separator: " ").first(where: { $0.hasPrefix("SHA256:") }) else {
      throw HostError(.keyFile, subject: "\(folder)/host_key.pub", detail: line)
    }
    return String(word)
  }

  /// The connection that Generate New would make, for a user whose password nobody knows: the key is
  /// put in place by hand.
  func connectWithoutPassword() async throws {
    let pair = try await SSHPairing().makeKey(comment: "zferry vault")
    try FileManager.default.createDirectory(
      atPath: "\(vault)/home/.ssh", withIntermediateDirectories: true,
      attributes: [.posixPermissions: 0o700])
    try write(pair.publicKey + "\n", to: "vault/home/.ssh/authorized_keys")
    var connection = Connection()
    connection.name = "vault"
    connection.host = "127.0.0.1"
    connection.port = port
    connection.username = user
    connection.key = "vault"
    let words = try String(contentsOfFile: "\(folder)/host_key.pub", encoding: .utf8)
      .split(separator: " ")
    connection.hostKey = [words.prefix(2).joined(separator: " ")]
    try place.store.saveKey("vault", privateKey: pair.privateKey, publicKey: pair.publicKey)
    try place.store.save(connection)
  }

  /// Something new for a second run.
  func addFile(bytes: Int) throws {
    let file = URL(filePath: "\(here)/mnt/tank/data/new.txt")
    try Data(repeating: UInt8(ascii: "n"), count: bytes).write(to: file)
  }
}
