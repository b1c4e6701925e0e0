public import ReplicationModel

/// What a resume token says about the receive that was cut.
public struct ResumeFacts: Hashable, Sendable {
  /// The GUID of the snapshot that was being sent.
  public var toGUID: GUID
  /// Its whole name on the source at that time, `dataset@snapshot`.
  public var toName: String
  /// The GUID the increment began from; nil for a full stream.
  public var fromGUID: GUID?
  /// Bytes the receiver has kept.
  public var bytes: UInt64

  public init(toGUID: GUID, toName: String, fromGUID: GUID?, bytes: UInt64) {
    self.toGUID = toGUID
    self.toName = toName
    self.fromGUID = fromGUID
    self.bytes = bytes
  }

  /// The command that decodes a token. It runs on the source, and needs neither dataset nor snapshot.
  public static func command(token: String) -> Command { .zfs("send", "-nvt", token) }

  /// Reads the list that `zfs send -nvt` prints: `toguid = 0x…`, `toname = …`, `fromguid = …`, `bytes = …`.
  public init?(_ text: String) {
    var values: [Substring: Substring] = [:]
    for line in text.split(separator: "\n") {
      guard let equals = line.range(of: " = ") else { continue }
      let key = line[..<equals.lowerBound].drop { $0 == " " || $0 == "\t" }
      if values[key] == nil { values[key] = line[equals.upperBound...] }
    }
    guard let guid = values["toguid"].flatMap(Self.number), let name = values["toname"] else {
      return nil
    }
    toGUID = GUID(guid)
    toName = String(name)
    let from = values["fromguid"].flatMap(Self.number) ?? 0
    fromGUID = from == 0 ? nil : GUID(from)
    bytes = values["bytes"].flatMap(Self.number) ?? 0
  }

  /// The list prints numbers in hexadecimal, with `0x` in front.
  private static func number(_ text: Substring) -> UInt64? {
    text.hasPrefix("0x") ? UInt64(text.dropFirst(2), radix: 16) : UInt64(text)
  }
}

extension Substring {
  /// The first place of `text`; the standard library has no such search without Foundation.
  func range(of text: String) -> Range<Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(text) {
        return start..<index(start, offsetBy: text.count)
      }
      start = index(after: start)
    }
    return nil
  }
}
