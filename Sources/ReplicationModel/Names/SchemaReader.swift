/// Reads a snapshot's name piece by piece, over its bytes.
struct SchemaReader {
  private let bytes: UnsafeBufferPointer<UInt8>
  private var position = 0
  private var time = CivilTime(year: 1970, month: 1, day: 1)
  private var epoch: Int64?
  private var offset: Int?
  private var isPM: Bool?

  /// The bytes have to be there as long as the reader is.
  init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  var isAtEnd: Bool { position == bytes.count }

  /// Takes what stands for `piece`; false where it does not stand there.
  mutating func read(_ piece: SchemaPiece) -> Bool {
    switch piece {
    case .literal(let text): return take(text)
    case .year: return number(4, 1...9_999) { $0.time.year = $1 }
    case .shortYear: return number(2, 0...99) { $0.time.year = $1 < 69 ? 2_000 + $1 : 1_900 + $1 }
    case .month: return number(2, 1...12) { $0.time.month = $1 }
    case .day: return number(2, 1...31) { $0.time.day = $1 }
    case .hour: return number(2, 0...23) { $0.time.hour = $1 }
    case .hour12: return number(2, 1...12) { _, _ in }
    case .minute: return number(2, 0...59) { $0.time.minute = $1 }
    case .second: return number(2, 0...59) { $0.time.second = $1 }
    case .microsecond: return number(6, 0...999_999) { _, _ in }
    case .dayOfYear: return number(3, 1...366) { _, _ in }
    case .amPm: return oneOf(["AM", "PM"]) != nil
    case .monthName: return oneOf(SchemaPiece.months) != nil
    case .shortMonthName: return oneOf(SchemaPiece.months.map { String($0.prefix(3)) }) != nil
    case .weekdayName: return oneOf(SchemaPiece.weekdays) != nil
    case .shortWeekdayName: return oneOf(SchemaPiece.weekdays.map { String($0.prefix(3)) }) != nil
    case .epoch: return readEpoch()
    case .offset: return readOffset()
    }
  }

  func instant(in zone: Zone) -> Instant? {
    if let epoch { return Instant(epoch) }
    guard time.isValid else { return nil }
    if let offset { return Instant(time.secondsAsUTC - Int64(offset)) }
    let instants = time.instants(in: zone)
    // Skipped by the clock: as if it had not changed yet.
    return instants.first
      ?? Instant(time.secondsAsUTC - Int64(zone.offset(Instant(time.secondsAsUTC - 86_400))))
  }

  private mutating func take(_ text: String) -> Bool {
    var place = position
    for byte in text.utf8 {
      guard place < bytes.count, bytes[place] == byte else { return false }
      place += 1
    }
    position = place
    return true
  }

  private mutating func oneOf(_ texts: [String]) -> Int? {
    texts.firstIndex { take($0) }
  }

  /// Exactly `width` digits: what the schema writes, and no other spelling of it.
  private mutating func number(
    _ width: Int, _ range: ClosedRange<Int>, _ keep: (inout SchemaReader, Int) -> Void
  ) -> Bool {
    guard let value = digits(width), range.contains(value) else { return false }
    keep(&self, value)
    return true
  }

  private mutating func digits(_ width: Int) -> Int? {
    guard position + width <= bytes.count else { return nil }
    var value = 0
    for place in position..<(position + width) {
      let digit = bytes[place] &- 0x30
      guard digit <= 9 else { return nil }
      value = value * 10 + Int(digit)
    }
    position += width
    return value
  }

  private mutating func readEpoch() -> Bool {
    var value: Int64 = 0
    let start = position
    while position < bytes.count, (0x30...0x39).contains(bytes[position]), position - start < 12 {
      value = value * 10 + Int64(bytes[position] - 0x30)
      position += 1
    }
    epoch = value
    return position > start
  }

  /// `--0200`, `-0500`, and `:0200`, which older systems wrote for a +.
  private mutating func readOffset() -> Bool {
    let sign = take("--") || take(":") ? 1 : take("-") ? -1 : 0
    guard sign != 0, let hours = digits(2), let minutes = digits(2), hours < 24, minutes < 60
    else { return false }
    offset = sign * (hours * 3_600 + minutes * 60)
    return true
  }
}
