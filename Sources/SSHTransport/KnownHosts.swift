internal import CSSH2
internal import Glibc
internal import ReplicationEngine
internal import ReplicationModel

/// What `known_hosts` of this user and this system say of a host's keys. Only read: what is in them was
/// confirmed for `ssh`, and is shown to the person who confirms it for zferry.
enum KnownHosts {
  static func marked(_ keys: [HostKey], host: String, port: Int) -> [HostKey] {
    let home = getenv("HOME").map { String(cString: $0) } ?? ""
    return marked(
      keys, host: host, port: port,
      files: ["\(home)/.ssh/known_hosts", "/etc/ssh/ssh_known_hosts"])
  }

  static func marked(_ keys: [HostKey], host: String, port: Int, files: [String]) -> [HostKey] {
    // The list belongs to a session, which need not be connected.
    guard let session = libssh2_session_init_ex(nil, nil, nil, nil) else { return keys }
    defer { libssh2_session_free(session) }
    guard let list = libssh2_knownhost_init(session) else { return keys }
    defer { libssh2_knownhost_free(list) }
    for file in files where access(file, R_OK) == 0 {
      // Line by line, as one that libssh2 cannot read would end the reading of a file.
      for line in text(of: file).split(separator: "\n") where !line.hasPrefix("#") {
        let words = String(line)
        libssh2_knownhost_readline(
          list, words, words.utf8.count, LIBSSH2_KNOWNHOST_FILE_OPENSSH)
      }
    }
    return keys.map { key in
      var key = key
      key.standing = standing(of: key, host, port, in: list)
      return key
    }
  }

  private static func standing(
    of key: HostKey, _ host: String, _ port: Int, in list: OpaquePointer
  ) -> HostKeyStanding {
    guard let blob = Base64.decode(key.base64) else { return .unknown }
    let mask =
      LIBSSH2_KNOWNHOST_TYPE_PLAIN | LIBSSH2_KNOWNHOST_KEYENC_RAW | kind(of: key.algorithm)
    let answer = blob.withUnsafeBytes {
      $0.withMemoryRebound(to: CChar.self) {
        libssh2_knownhost_checkp(
          list, host, CInt(port), $0.baseAddress, $0.count, mask, nil)
      }
    }
    switch answer {
    case LIBSSH2_KNOWNHOST_CHECK_MATCH: return .same
    case LIBSSH2_KNOWNHOST_CHECK_MISMATCH: return .other
    default: return .unknown
    }
  }

  /// Keys of another kind are another matter: a host has several.
  private static func kind(of algorithm: String) -> CInt {
    switch algorithm {
    case "ssh-ed25519": LIBSSH2_KNOWNHOST_KEY_ED25519
    case "ecdsa-sha2-nistp256": LIBSSH2_KNOWNHOST_KEY_ECDSA_256
    case "ecdsa-sha2-nistp384": LIBSSH2_KNOWNHOST_KEY_ECDSA_384
    case "ecdsa-sha2-nistp521": LIBSSH2_KNOWNHOST_KEY_ECDSA_521
    default: LIBSSH2_KNOWNHOST_KEY_SSHRSA
    }
  }

  private static func text(of path: String) -> String {
    guard let file = fopen(path, "re") else { return "" }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 64 << 10)
    while bytes.count < 4 << 20 {
      let count = fread(&buffer, 1, buffer.count, file)
      guard count > 0 else { break }
      bytes += buffer[..<count]
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
