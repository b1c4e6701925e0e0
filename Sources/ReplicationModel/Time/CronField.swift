/// One of the five fields of a schedule.
public enum CronUnit: String, CaseIterable, Sendable {
  case minute, hour, dom, month, dow

  var range: ClosedRange<Int> {
    switch self {
    case .minute: 0...59
    case .hour: 0...23
    case .dom: 1...31
    case .month: 1...12
    case .dow: 0...7
    }
  }

  /// Names that may stand for numbers, the first for the lowest.
  var names: [String] {
    switch self {
    case .month:
      ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
    case .dow: ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]
    default: []
    }
  }

  /// How messages call it.
  public var words: String {
    switch self {
    case .minute: "minute"
    case .hour: "hour"
    case .dom: "day of the month"
    case .month: "month"
    case .dow: "day of the week"
    }
  }
}

/// What a cron field stands for: `*`, `5`, `1,15`, `8-18`, `*/2`, `30-50/5`, `mon-fri`.
public struct CronField: Hashable, Sendable {
  /// Bit n is set where n matches.
  let bits: UInt64
  /// Whether it is `*` alone: then it takes no part in the day rule.
  let isAny: Bool

  func matches(_ value: Int) -> Bool { bits >> UInt64(value) & 1 == 1 }

  /// Reads a field; throws the reason, for people.
  init(_ text: String, _ unit: CronUnit) throws(ScheduleProblem) {
    var bits: UInt64 = 0
    let parts = text.split(separator: ",", omittingEmptySubsequences: false)
    for part in parts {
      for value in try Self.values(part, unit) {
        // Sunday is 0 and 7.
        bits |= 1 << UInt64(unit == .dow && value == 7 ? 0 : value)
      }
    }
    self.bits = bits
    isAny = text == "*"
  }

  private static func values(_ part: Substring, _ unit: CronUnit) throws(ScheduleProblem)
    -> StrideThrough<Int>
  {
    let pieces = part.split(separator: "/", omittingEmptySubsequences: false)
    guard let base = pieces.first, !base.isEmpty, pieces.count <= 2 else {
      throw ScheduleProblem(unit.rawValue, "`\(part)` is no \(unit.words)")
    }
    var step = 1
    if pieces.count == 2 {
      guard base == "*" || base.contains("-") else {
        throw ScheduleProblem(
          unit.rawValue, "only * or a range may stand before the / of `\(part)`")
      }
      guard let number = Int(pieces[1]), number >= 1, number <= unit.range.upperBound else {
        throw ScheduleProblem(unit.rawValue, "`\(pieces[1])` is no step for a \(unit.words)")
      }
      step = number
    }
    if base == "*" {
      let last = unit == .dow ? 6 : unit.range.upperBound
      return stride(from: unit.range.lowerBound, through: last, by: step)
    }
    let ends = base.split(separator: "-", omittingEmptySubsequences: false)
    guard ends.count <= 2 else {
      throw ScheduleProblem(unit.rawValue, "`\(part)` is no \(unit.words)")
    }
    let first = try value(ends[0], unit)
    let last = ends.count == 2 ? try value(ends[1], unit) : first
    guard first <= last else {
      throw ScheduleProblem(unit.rawValue, "the range `\(base)` runs backwards")
    }
    return stride(from: first, through: last, by: step)
  }

  private static func value(_ text: Substring, _ unit: CronUnit) throws(ScheduleProblem) -> Int {
    if let index = unit.names.firstIndex(of: text.lowercased()) {
      return index + unit.range.lowerBound
    }
    guard let number = Int(text), text.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
      unit.range.contains(number)
    else {
      let range = "\(unit.range.lowerBound) to \(unit.range.upperBound)"
      throw ScheduleProblem(unit.rawValue, "`\(text)` is no \(unit.words) (\(range))")
    }
    return number
  }
}

/// Why a schedule cannot be read.
public struct ScheduleProblem: Error, Hashable, Sendable {
  /// `minute`, `hour`, `dom`, `month`, `dow`, `begin` or `end`.
  public var field: String
  /// What is wrong, without a full stop.
  public var words: String

  public init(_ field: String, _ words: String) {
    self.field = field
    self.words = words
  }
}
