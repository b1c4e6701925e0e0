/// Sizes as people type them: `500 KiB`, `500M`, `2 TB`, `1.5 GiB`.
///
/// All units count by 1024, with or without the `i`; no unit means MiB, as in TrueNAS.
public enum ByteSize {
  /// Why a text is no size.
  public enum Problem: Error, Hashable, Sendable {
    case empty
    /// No number where one has to stand; with what stands there.
    case noNumber(String)
    case negative
    case unknownUnit(String)
    /// More bytes than can be counted.
    case tooLarge

    /// A sentence for people. What was typed is in it as it was typed: escape it before it is shown.
    public var words: String {
      switch self {
      case .empty: "A size is needed, as 500 KiB or 2 GiB."
      case .noNumber(let text): "`\(text)` is no number. Write a size as 500 KiB or 2 GiB."
      case .negative: "A size cannot be less than nothing."
      case .unknownUnit(let text):
        "`\(text)` is no unit of size. Use B, KiB, MiB, GiB, TiB or PiB; none means MiB."
      case .tooLarge: "That is more than can be counted. The largest unit is PiB."
      }
    }
  }

  /// The units from the smallest, each 1024 times the one before.
  private static let units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"]

  /// Bytes; a fraction of a byte is dropped.
  public static func parse(_ text: String) throws(Problem) -> Int {
    let trimmed = text.filter { $0 != " " && $0 != "\t" }
    guard let first = trimmed.first else { throw .empty }
    if first == "-" { throw .negative }
    let number = trimmed.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
    let unit = try power(trimmed.dropFirst(number.count), in: trimmed, number.isEmpty)
    let parts = number.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count <= 2, let whole = parts.first, !whole.isEmpty, parts.last?.isEmpty == false
    else { throw .noNumber(String(number)) }
    let size = 1 << (10 * unit)
    guard let count = Int(whole) else { throw .tooLarge }
    let (bytes, overflow) = count.multipliedReportingOverflow(by: size)
    guard !overflow else { throw .tooLarge }
    let (sum, isTooLarge) = bytes.addingReportingOverflow(
      parts.count == 2 ? fraction(parts[1], of: size) : 0)
    guard !isTooLarge else { throw .tooLarge }
    return sum
  }

  /// The size in the largest unit that leaves no rest, so that `parse` gives the same bytes again.
  public static func text(_ bytes: Int) -> String {
    var count = bytes
    var unit = 0
    while count != 0, count % 1_024 == 0, unit < units.count - 1 {
      count /= 1_024
      unit += 1
    }
    return "\(count) \(units[unit])"
  }

  /// Which power of 1024 a unit is: `k`, `KB` and `kib` are 1.
  private static func power(_ unit: Substring, in text: String, _ hasNoNumber: Bool)
    throws(Problem) -> Int
  {
    if hasNoNumber { throw .noNumber(text) }
    if unit.isEmpty { return 2 }
    let word = unit.lowercased()
    for (power, name) in units.enumerated() {
      let letter = name.prefix(1).lowercased()
      let spellings = power == 0 ? ["b"] : [letter, "\(letter)b", "\(letter)ib"]
      if spellings.contains(word) { return power }
    }
    throw .unknownUnit(String(unit))
  }

  /// `0.digits` of a size, rounded down; what stands behind the 18th digit is dropped.
  private static func fraction(_ digits: Substring, of size: Int) -> Int {
    var numerator = 0
    var denominator = 1
    for digit in digits.prefix(18) {
      numerator = numerator * 10 + (digit.wholeNumberValue ?? 0)
      denominator *= 10
    }
    return denominator.dividingFullWidth(numerator.multipliedFullWidth(by: size)).quotient
  }
}
