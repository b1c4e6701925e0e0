import ReplicationModel

/// A speed limit as people write it: `500 KiB`, `500M`, `2 TB`; without a unit in MiB (ui.md 0.3).
enum SpeedText {
  private static let units: [(letter: Character, bytes: Int)] = [
    ("K", 1 << 10), ("M", 1 << 20), ("G", 1 << 30), ("T", 1 << 40), ("P", 1 << 50),
  ]

  /// In the largest unit that leaves a whole number.
  static func write(_ bytes: Int) -> String {
    guard let unit = units.last(where: { bytes != 0 && bytes % $0.bytes == 0 }) else {
      return "\(bytes) B"
    }
    return "\(bytes / unit.bytes) \(unit.letter)iB"
  }

  /// Bytes a second, or nil where it is no size.
  static func read(_ text: String) -> Int? {
    let compact = text.uppercased().filter { $0 != " " }
    let digits = compact.prefix { ("0"..."9").contains($0) }
    guard let number = Int(digits) else { return nil }
    let unit = compact.dropFirst(digits.count)
    let bytes: Int?
    switch unit {
    case "": bytes = 1 << 20
    case "B": bytes = 1
    default:
      let isUnit = ["", "B", "IB"].contains(unit.dropFirst())
      bytes = isUnit ? units.first { $0.letter == unit.first }?.bytes : nil
    }
    guard let bytes else { return nil }
    let (product, isTooMuch) = number.multipliedReportingOverflow(by: bytes)
    return isTooMuch ? nil : product
  }
}
