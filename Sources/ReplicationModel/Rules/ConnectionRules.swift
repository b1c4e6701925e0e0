/// The rules of a connection that need no host (engine.md 2.6).
public enum ConnectionRules {
  /// Every finding, in the order of the fields.
  public static func findings(for connection: Connection) -> [Finding] {
    name(connection) + host(connection) + port(connection) + username(connection)
      + key(connection) + hostKeys(connection) + timeout(connection)
  }

  private static func name(_ connection: Connection) -> [Finding] {
    guard let problem = FileName.problem(with: connection.name) else { return [] }
    return [Finding(connection: .name, code: problem.code, problem.words)]
  }

  private static func host(_ connection: Connection) -> [Finding] {
    word(
      connection.host, .host,
      required: "is required: the other system has to be found. Enter its name or address.")
  }

  private static func username(_ connection: Connection) -> [Finding] {
    word(
      connection.username, .username,
      required: "is required: somebody has to log in. Enter a user of the other system.")
  }

  private static func key(_ connection: Connection) -> [Finding] {
    guard let problem = FileName.problem(with: connection.key) else { return [] }
    if problem.code == "name.required" {
      return [
        Finding(
          connection: .key, code: "key.required",
          "is required: zferry logs in with a key. Choose a key pair, or make one.")
      ]
    }
    return [Finding(connection: .key, code: "key.name", problem.words)]
  }

  private static func port(_ connection: Connection) -> [Finding] {
    guard !(1...65_535).contains(connection.port) else { return [] }
    return [
      Finding(
        connection: .port, code: "port.range",
        "is \(connection.port), and a port is a number from 1 to 65535. Correct it.")
    ]
  }

  private static func timeout(_ connection: Connection) -> [Finding] {
    guard connection.connectTimeout < 1 else { return [] }
    return [
      Finding(
        connection: .connectTimeout, code: "connect_timeout.range",
        "is \(connection.connectTimeout) seconds, and has to be 1 or more. Correct it.")
    ]
  }

  /// D4: each line can be read, and there is one at least, for a host is never taken on trust.
  private static func hostKeys(_ connection: Connection) -> [Finding] {
    guard !connection.hostKey.isEmpty else {
      return [
        Finding(
          connection: .hostKey, code: "host_key.required",
          "is required: without it anybody could pose as the host. Scan it, and compare it.")
      ]
    }
    return connection.hostKey.enumerated().compactMap { index, line in
      guard !isHostKey(line) else { return nil }
      return Finding(
        connection: .hostKey, "\(index)", code: "D4",
        "has a line that is not `algorithm base64`. Scan the host again, and use what it shows.")
    }
  }

  private static func isHostKey(_ line: String) -> Bool {
    let parts = line.split(separator: " ", omittingEmptySubsequences: false)
    guard parts.count == 2, let algorithm = parts.first, let code = parts.last else {
      return false
    }
    let digits = code.utf8.prefix { $0 != UInt8(ascii: "=") }
    let padding = code.utf8.dropFirst(digits.count)
    return !algorithm.isEmpty
      && algorithm.utf8.allSatisfy { isLetterOrDigit($0) || "-.@".utf8.contains($0) }
      && !digits.isEmpty && code.utf8.count % 4 == 0 && padding.count <= 2
      && padding.allSatisfy { $0 == UInt8(ascii: "=") }
      && digits.allSatisfy { isLetterOrDigit($0) || "+/".utf8.contains($0) }
  }

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }

  /// A host or a user: one word, and nothing that a program would take for an option.
  private static func word(_ text: String, _ field: ConnectionField, required: String)
    -> [Finding]
  {
    if text.allSatisfy({ $0 == " " }) {
      return [Finding(connection: field, code: "\(field.rawValue).required", required)]
    }
    let isWord =
      !text.hasPrefix("-")
      && !text.unicodeScalars.contains {
        $0.properties.isWhitespace || $0.properties.generalCategory == .control
      }
    guard !isWord else { return [] }
    return [
      Finding(
        connection: field, code: "\(field.rawValue).word",
        "holds a space or a character that cannot be printed, or begins with `-`. Correct it.")
    ]
  }
}
