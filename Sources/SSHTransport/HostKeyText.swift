internal import ReplicationEngine

extension HostKey {
  /// A key as it travels: the algorithm's name with its length before it, then the key.
  init(blob: [UInt8]) {
    let length = blob.prefix(4).reduce(0) { $0 << 8 | Int($1) }
    let name = length <= blob.count - 4 ? blob[4..<(4 + length)] : []
    self.init(
      algorithm: String(decoding: name, as: UTF8.self), base64: Base64.encode(blob),
      fingerprint: Self.fingerprint(of: blob))
  }

  /// A line `algorithm base64` of a connection; nil where it is none.
  init?(line: String) {
    let words = line.split(separator: " ")
    guard words.count >= 2, let blob = Base64.decode(String(words[1])), blob.count > 4 else {
      return nil
    }
    self.init(blob: blob)
    guard algorithm == words[0] else { return nil }
  }

  /// `SHA256:…`, as `ssh-keygen -l` prints it.
  static func fingerprint(of blob: [UInt8]) -> String {
    var text = Base64.encode(SHA256.hash(blob))
    while text.last == "=" { text.removeLast() }
    return "SHA256:" + text
  }

  /// The algorithms to ask for, so that the host shows a key we know: an RSA key signs in three ways.
  var signatureAlgorithms: [String] {
    algorithm == "ssh-rsa" ? ["rsa-sha2-512", "rsa-sha2-256", "ssh-rsa"] : [algorithm]
  }
}

/// Base64 with padding (RFC 4648).
enum Base64 {
  private static let letters = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  static func encode(_ bytes: [UInt8]) -> String {
    var text: [UInt8] = []
    var index = 0
    while index < bytes.count {
      let chunk = bytes[index..<min(index + 3, bytes.count)]
      let value = chunk.reduce(UInt32(0)) { $0 << 8 | UInt32($1) } << (8 * UInt32(3 - chunk.count))
      for place in 0..<4 {
        text.append(
          place <= chunk.count
            ? letters[Int(value >> UInt32(18 - 6 * place)) & 63] : UInt8(ascii: "="))
      }
      index += 3
    }
    return String(decoding: text, as: UTF8.self)
  }

  static func decode(_ text: String) -> [UInt8]? {
    var bytes: [UInt8] = []
    var value: UInt32 = 0
    var bits = 0
    for letter in text.utf8 where letter != UInt8(ascii: "=") {
      guard let digit = letters.firstIndex(of: letter) else { return nil }
      value = value << 6 | UInt32(digit)
      bits += 6
      if bits >= 8 {
        bits -= 8
        bytes.append(UInt8(truncatingIfNeeded: value >> UInt32(bits)))
      }
    }
    return bytes
  }
}
