internal import ReplicationModel

/// Times as zrepl writes them.
enum ZreplText {
  /// `10m`, `1h30m`, `2d`: seconds, or nil.
  static func seconds(_ text: some StringProtocol) -> Int64? {
    var seconds: Int64 = 0
    var number = ""
    for character in text where character != " " {
      if character.isASCII, character.isNumber {
        number.append(character)
        continue
      }
      let units: [Character: Int64] = ["s": 1, "m": 60, "h": 3_600, "d": 86_400, "w": 604_800]
      guard let unit = units[character], let count = Int64(number), count < 1_000_000_000 else {
        return nil
      }
      seconds += count * unit
      number = ""
    }
    return number.isEmpty && seconds > 0 ? seconds : nil
  }

  /// What `timestamp_format` writes, in our letters; nil for a layout of one's own.
  static func schema(_ format: String) -> String? {
    switch format.lowercased() {
    case "dense": "%Y%m%d_%H%M%S_000"
    case "human": "%Y-%m-%d_%H:%M:%S"
    case "iso-8601": "%Y-%m-%dT%H:%M:%S.000Z"
    case "unix-seconds": "%s"
    default: nil
    }
  }

  /// The age at which the last snapshot of `1x1h(keep=all) | 24x1h | 30x1d` goes; nil where it is no grid.
  static func age(ofGrid text: String) -> Int64? {
    var age: Int64 = 0
    for part in text.split(separator: "|") {
      let part = part.prefix { $0 != "(" }.filter { $0 != " " }
      guard let times = part.firstIndex(of: "x"), let count = Int64(part[..<times]),
        (1...1_000_000).contains(count),
        let length = seconds(part[part.index(after: times)...]), length < 1_000_000_000
      else { return nil }
      age += count * length
    }
    return age > 0 ? age : nil
  }

  /// Whether an expression may match names that begin with a prefix. One that is more than a beginning is
  /// taken to do so: what may be kept is kept.
  static func mayMatch(_ expression: String, _ prefix: String) -> Bool {
    var text = Substring(expression)
    guard text.first == "^" else { return true }
    text = text.dropFirst()
    if text.hasSuffix(".*") { text = text.dropLast(2) }
    guard text.allSatisfy({ $0.isLetter || $0.isNumber || "_-:".contains($0) }) else { return true }
    return prefix.hasPrefix(text) || text.hasPrefix(prefix)
  }
}
