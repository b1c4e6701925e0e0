/// One snapshot's part of a stream: a header, then the bytes of the files that changed.
///
/// This is the sandbox's own format. OpenZFS reads none of it, and it none of OpenZFS'.
struct StreamPart {
  struct Entry {
    var path: String
    var size: UInt64
    /// Whether its bytes are in the stream; else the base has them.
    var isSent: Bool
  }

  var toName: String
  var toGUID: UInt64
  var creation: Int64
  var fromGUID: UInt64?
  var isVolume: Bool
  var isEncrypted: Bool
  /// Path below the dataset that was named, for `-R`.
  var relative: String
  var properties: [String: String]
  var entries: [Entry]
  /// Bytes that the receiver has already, where this is the rest of a stream that was cut.
  var resumed: UInt64?
  /// Whether it begins at a snapshot of another dataset, and so makes a clone of it.
  var isClone = false
  var offset: UInt64 { resumed ?? 0 }

  var payload: UInt64 { entries.reduce(0) { $0 + ($1.isSent ? $1.size : 0) } }

  static let begin: [UInt8] = Array("ZSB1".utf8)
  static let end: [UInt8] = Array("ZEND".utf8)

  var fields: [String] {
    var fields = [
      toName, "\(toGUID)", "\(creation)", fromGUID.map { "\($0)" } ?? "",
      (isVolume ? "1" : "0") + (isClone ? "c" : ""),
      isEncrypted ? "1" : "0", relative, resumed.map { "\($0)" } ?? "", "\(properties.count)",
    ]
    for (name, value) in properties.sorted(by: { $0.key < $1.key }) { fields += [name, value] }
    for entry in entries { fields += [entry.path, "\(entry.size)", entry.isSent ? "1" : "0"] }
    return fields
  }

  init(
    toName: String, toGUID: UInt64, creation: Int64, fromGUID: UInt64?, isVolume: Bool,
    isEncrypted: Bool, relative: String, properties: [String: String], entries: [Entry]
  ) {
    self.toName = toName
    self.toGUID = toGUID
    self.creation = creation
    self.fromGUID = fromGUID
    self.isVolume = isVolume
    self.isEncrypted = isEncrypted
    self.relative = relative
    self.properties = properties
    self.entries = entries
  }

  init?(fields: [String]) {
    guard fields.count >= 9, let guid = UInt64(fields[1]), let creation = Int64(fields[2]),
      let count = Int(fields[8]), count >= 0,
      fields.count >= 9 + 2 * count, (fields.count - 9 - 2 * count) % 3 == 0
    else { return nil }
    self.init(
      toName: fields[0], toGUID: guid, creation: creation, fromGUID: UInt64(fields[3]),
      isVolume: fields[4].hasPrefix("1"), isEncrypted: fields[5] == "1", relative: fields[6],
      properties: [:], entries: [])
    resumed = UInt64(fields[7])
    isClone = fields[4].hasSuffix("c")
    for index in 0..<count { properties[fields[9 + 2 * index]] = fields[10 + 2 * index] }
    var index = 9 + 2 * count
    while index < fields.count {
      guard let size = UInt64(fields[index + 1]) else { return nil }
      entries.append(Entry(path: fields[index], size: size, isSent: fields[index + 2] == "1"))
      index += 3
    }
  }

  /// The header as it travels: each text with its length before it.
  var header: [UInt8] {
    var body: [UInt8] = []
    for field in fields {
      let bytes = Array(field.utf8)
      body += Self.number(bytes.count) + bytes
    }
    return Self.begin + Self.number(body.count) + body
  }

  static func parse(_ body: [UInt8]) -> StreamPart? {
    var fields: [String] = []
    var position = 0
    while position + 4 <= body.count {
      let count = number(body[position..<(position + 4)])
      position += 4
      guard position + count <= body.count else { return nil }
      fields.append(String(decoding: body[position..<(position + count)], as: UTF8.self))
      position += count
    }
    return StreamPart(fields: fields)
  }

  static func number(_ value: Int) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }

  static func number(_ bytes: some Collection<UInt8>) -> Int {
    bytes.reversed().reduce(0) { $0 << 8 | Int($1) }
  }
}

/// A resume token: in shape like OpenZFS', in content the sandbox's.
struct ResumeToken {
  var toGUID: UInt64
  var fromGUID: UInt64?
  var bytes: UInt64
  var toName: String

  var text: String {
    let body = "\(toGUID)|\(fromGUID.map { "\($0)" } ?? "")|\(bytes)|\(toName)"
    let digits = body.utf8.map { Self.hexadecimal(UInt64($0), 2) }.joined()
    return
      "1-\(Self.hexadecimal(Self.sum(body), 8))-\(Self.hexadecimal(UInt64(body.utf8.count), 2))-\(digits)"
  }

  init(toGUID: UInt64, fromGUID: UInt64?, bytes: UInt64, toName: String) {
    self.toGUID = toGUID
    self.fromGUID = fromGUID
    self.bytes = bytes
    self.toName = toName
  }

  init?(_ text: String) {
    let parts = text.split(separator: "-")
    guard parts.count == 4, parts[0] == "1", parts[3].count % 2 == 0 else { return nil }
    var bytes: [UInt8] = []
    var rest = parts[3][...]
    while !rest.isEmpty {
      guard let byte = UInt8(rest.prefix(2), radix: 16) else { return nil }
      bytes.append(byte)
      rest = rest.dropFirst(2)
    }
    let body = String(decoding: bytes, as: UTF8.self)
    let fields = body.split(separator: "|", maxSplits: 3, omittingEmptySubsequences: false)
    guard Self.hexadecimal(Self.sum(body), 8) == parts[1], fields.count == 4,
      let to = UInt64(fields[0]), let count = UInt64(fields[2])
    else { return nil }
    self.init(toGUID: to, fromGUID: UInt64(fields[1]), bytes: count, toName: String(fields[3]))
  }

  private static func sum(_ text: String) -> UInt64 {
    UInt64(text.utf8.reduce(UInt32(2_166_136_261)) { ($0 ^ UInt32($1)) &* 16_777_619 })
  }

  static func hexadecimal(_ value: UInt64, _ width: Int) -> String {
    let text = String(value, radix: 16)
    return String(repeating: "0", count: max(0, width - text.count)) + text
  }
}
