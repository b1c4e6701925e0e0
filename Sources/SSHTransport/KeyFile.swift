internal import Glibc

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
    let lines = text.split(separator: "\n")
    if lines.first?.contains("RSA PRIVATE KEY") == true { return true }
    let body = lines.filter { !$0.hasPrefix("-----") }.joined()
    guard let bytes = Base64.decode(body) else { return false }
    return String(decoding: bytes.prefix(120), as: UTF8.self).contains("ssh-rsa")
  }
}
