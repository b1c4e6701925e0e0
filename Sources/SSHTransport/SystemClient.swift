internal import CLinux
internal import Glibc
internal import ReplicationModel

/// The system's own `ssh`, for the bytes of a stream and nothing else.
///
/// It encrypts with AES-GCM in large pieces; libssh2 1.10 has one call of its cipher for each 16 bytes,
/// which is what bounds it (Resources/benchmarks.md). Nothing of the user's configuration has a say:
/// the key, the host's key and the address are those of the connection.
struct SystemClient: Sendable {
  private let path: String

  /// Nil where there is none.
  init?(searchPath: String? = getenv("PATH").map { String(cString: $0) }) {
    let folders =
      (searchPath ?? "").split(separator: ":").map(String.init) + ["/usr/local/bin", "/usr/bin"]
    let paths: [String] = folders.map { "\($0)/ssh" }
    guard let path = paths.first(where: { access($0, X_OK) == 0 }) else { return nil }
    self.path = path
  }

  /// What `ssh` says on standard error once it is logged in. Said by a command on this side, before
  /// anything is asked of the other.
  static let arrival = "zferry-login\n"

  /// The words of a call; nil for a login that `ssh` cannot be trusted with: a passphrase is never given
  /// to another program, and a path with a sign that ssh_config(5) expands might name another file.
  func words(_ connection: Connection, _ login: Login, knownHosts: String, _ line: String)
    -> [String]?
  {
    guard case .key(let key, _) = login, !KeyFile.isLocked(key), key.hasPrefix("/"),
      !key.contains(where: { "%$\"".contains($0) || $0.isNewline }), !connection.hostKey.isEmpty
    else { return nil }
    let wait = max(connection.connectTimeout, 1)
    let options = [
      "BatchMode=yes", "PreferredAuthentications=publickey", "IdentitiesOnly=yes",
      "IdentityAgent=none", "StrictHostKeyChecking=yes", "HostKeyAlias=\(Self.alias)",
      "UserKnownHostsFile=\(knownHosts)", "GlobalKnownHostsFile=/dev/null", "UpdateHostKeys=no",
      "ConnectTimeout=\(wait)", "ConnectionAttempts=1", "Compression=no",
      // As long as TCP waits for an answer in a session of libssh2.
      "ServerAliveInterval=15", "ServerAliveCountMax=4", "LogLevel=ERROR",
      "PermitLocalCommand=yes", "LocalCommand=echo \(Self.arrival.dropLast()) >&2",
      "Ciphers=\(Self.ciphers)",
    ]
    return [path, "-F", "none", "-T", "-x", "-a", "-k", "-e", "none"]
      + ["-i", key, "-p", "\(connection.port)", "-l", connection.username]
      + options.flatMap { ["-o", $0] } + ["--", connection.host, line]
  }

  private static let alias = "zferry"

  /// The keys that a person confirmed, as a file of which only the descriptor exists. The caller closes it.
  static func knownHosts(_ connection: Connection) -> CInt? {
    let text = connection.hostKey.map { "\(alias) \($0)\n" }.joined()
    let file = memfd_create("known_hosts", UInt32(1))  // MFD_CLOEXEC
    guard file >= 0 else { return nil }
    let bytes = Array(text.utf8)
    guard write(file, bytes, bytes.count) == bytes.count else {
      close(file)
      return nil
    }
    return file
  }

  /// The fastest first: AES where the processor has instructions for it.
  private static let ciphers: String = {
    let aes = [
      "aes128-gcm@openssh.com", "aes256-gcm@openssh.com", "aes128-ctr", "aes256-ctr", "aes192-ctr",
    ]
    let others = ["chacha20-poly1305@openssh.com"]
    return (processorHasAES ? aes + others : others + aes).joined(separator: ",")
  }()

  private static var processorHasAES: Bool {
    guard let file = fopen("/proc/cpuinfo", "re") else { return false }
    defer { fclose(file) }
    var buffer = [UInt8](repeating: 0, count: 8 << 10)
    let count = fread(&buffer, 1, buffer.count, file)
    return String(decoding: buffer[..<count], as: UTF8.self)
      .split(whereSeparator: \.isWhitespace).contains("aes")
  }
}
