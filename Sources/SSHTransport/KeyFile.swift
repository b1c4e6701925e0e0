internal import Glibc
internal import ReplicationEngine

/// A key as it lies in a file.
enum KeyFile {
  /// Keys are a few KiB; nothing longer is read.
  private static let longest = 16 << 10

  static func text(_ path: String) -> String? {
    guard let file = fopen(path, "re") else { return nil }
    defer { fclose(file) }
    var buffer = [UInt8](repeating: 0, count: longest)
    let count = fread(&buffer, 1, buffer.count, file)
    defer { explicit_bzero(&buffer, buffer.count) }
    return String(validating: buffer[..<count], as: UTF8.self)
  }

  /// Whether a private key is RSA, in PEM or in OpenSSH's own format, which names its kind inside.
  static func isRSA(_ path: String) -> Bool {
    guard let text = text(path) else { return false }
    if text.contains("-----BEGIN RSA PRIVATE KEY-----") { return true }
    return OpenSSHKey(text)?.algorithm == "ssh-rsa"
  }

  /// Whether a passphrase is needed to use it.
  static func isLocked(_ path: String) -> Bool { text(path).map(isLocked(text:)) ?? false }

  static func isLocked(text: String) -> Bool {
    if let key = OpenSSHKey(text) { return key.isLocked }
    return text.contains("ENCRYPTED")
  }

  /// The key of a file with one public line, as it travels.
  static func publicBlob(_ path: String) -> [UInt8]? {
    guard let words = text(path)?.split(whereSeparator: \.isWhitespace), words.count >= 2
    else { return nil }
    return Base64.decode(String(words[1]))
  }
}

/// What OpenSSH's own format of a private key tells without its passphrase (PROTOCOL.key).
struct OpenSSHKey {
  var isLocked: Bool
  /// The public key, as it travels.
  var publicBlob: [UInt8]

  var algorithm: String { HostKey(blob: publicBlob).algorithm }

  /// The line for `authorized_keys`.
  func line(comment: String) -> String {
    "\(algorithm) \(Base64.encode(publicBlob)) \(comment)"
  }

  init?(_ text: String) {
    let lines = text.split(whereSeparator: \.isNewline)
    guard lines.first == "-----BEGIN OPENSSH PRIVATE KEY-----",
      lines.last == "-----END OPENSSH PRIVATE KEY-----",
      let bytes = Base64.decode(lines.dropFirst().dropLast().joined())
    else { return nil }
    var rest = bytes[...]
    func number() -> Int? {
      guard rest.count >= 4 else { return nil }
      defer { rest = rest.dropFirst(4) }
      return rest.prefix(4).reduce(0) { $0 << 8 | Int($1) }
    }
    func string() -> [UInt8]? {
      guard let length = number(), length <= rest.count else { return nil }
      defer { rest = rest.dropFirst(length) }
      return Array(rest.prefix(length))
    }
    let magic = Array("openssh-key-v1\0".utf8)
    guard rest.starts(with: magic) else { return nil }
    rest = rest.dropFirst(magic.count)
    guard let cipher = string(), string() != nil, string() != nil, number() == 1,
      let blob = string(), blob.count > 4
    else { return nil }
    isLocked = cipher != Array("none".utf8)
    publicBlob = blob
  }
}
