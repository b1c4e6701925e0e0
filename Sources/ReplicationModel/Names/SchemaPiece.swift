/// A directive of a naming schema, or the text between two.
enum SchemaPiece: Hashable, Sendable {
  case literal(String)
  case year, month, day, hour, minute, second
  /// `%y`: 69 to 99 are of the last century, as strptime(3) has it.
  case shortYear
  /// `%I` with `%p`.
  case hour12
  case amPm
  case dayOfYear
  case monthName, shortMonthName, weekdayName, shortWeekdayName
  case microsecond
  /// `%s`: seconds since 1970.
  case epoch
  /// `%z`: the offset from UTC; its `+` is written `--`.
  case offset

  static let directives: [Character: SchemaPiece] = [
    "Y": .year, "m": .month, "d": .day, "H": .hour, "M": .minute, "S": .second, "y": .shortYear,
    "I": .hour12, "p": .amPm, "j": .dayOfYear, "B": .monthName, "b": .shortMonthName,
    "A": .weekdayName, "a": .shortWeekdayName, "f": .microsecond, "s": .epoch, "z": .offset,
  ]

  static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
  ]
  static let weekdays = [
    "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday",
  ]

  /// Reads a pattern and holds it to N1 to N7, in the order of engine.md 2.2.
  static func parse(_ text: String) throws(NamingSchemaProblem) -> [SchemaPiece] {
    if text.contains("%%") {
      throw NamingSchemaProblem(
        code: "N1",
        message: "`%%` in `\(text)` stands for a percent sign, which ZFS allows in no snapshot's "
          + "name. Leave it out.")
    }
    try checkCharacters(text)
    var pieces: [SchemaPiece] = []
    var seen: Set<Character> = []
    var literal = ""
    var characters = text.makeIterator()
    while let character = characters.next() {
      guard character == "%" else {
        literal.append(character)
        continue
      }
      guard let letter = characters.next(), let piece = directives[letter] else {
        throw NamingSchemaProblem(
          code: "N7",
          message: "`\(text)` has a % that is followed by no letter zferry knows. "
            + "Use %Y %m %d %H %M, and if you like %S, %j, %b or %z.")
      }
      guard seen.insert(letter).inserted else {
        throw NamingSchemaProblem(
          code: "N6", message: "%\(letter) stands twice in `\(text)`. Leave one of them out.")
      }
      if !literal.isEmpty { pieces.append(.literal(literal)) }
      literal = ""
      pieces.append(piece)
    }
    if !literal.isEmpty { pieces.append(.literal(literal)) }
    try checkCompleteness(text, seen)
    return pieces
  }

  private static func checkCharacters(_ text: String) throws(NamingSchemaProblem) {
    var bad: [Character] = []
    for character in text where !bad.contains(character) {
      let isAllowed =
        character.isASCII
        && (character.isLetter || character.isNumber || " %_.:-".contains(character))
      if !isAllowed { bad.append(character) }
    }
    guard !bad.isEmpty else { return }
    let shown = bad.map { "`\($0)`" }.joined(separator: ", ")
    throw NamingSchemaProblem(
      code: "N2",
      message: "The naming schema holds \(shown), which ZFS allows in no snapshot's name. "
        + "Use letters, digits, space and % _ . : - only.")
  }

  private static func checkCompleteness(_ text: String, _ seen: Set<Character>)
    throws(NamingSchemaProblem)
  {
    if seen.contains("s") {
      guard seen.count == 1 else {
        throw NamingSchemaProblem(
          code: "N3",
          message: "%s in `\(text)` tells the whole time by itself. Leave out the other letters.")
      }
      return
    }
    for letter in "YmdHM" where !seen.contains(letter) {
      throw NamingSchemaProblem(
        code: "N4",
        message: "`\(text)` has no %\(letter), so its names would not tell when a snapshot was "
          + "made. Put %\(letter) into it.")
    }
    if seen.contains("z"), text.contains("--") {
      throw NamingSchemaProblem(
        code: "N5",
        message: "`\(text)` has both %z and `--`. ZFS allows no + in a name, so zferry writes the "
          + "+ of %z as `--`. Use another separator.")
    }
  }

  /// What stands for this piece in a name.
  func text(_ time: CivilTime, offset: Int, instant: Instant) -> String {
    switch self {
    case .literal(let text): text
    case .year: Self.digits(time.year, 4)
    case .shortYear: Self.digits(time.year % 100, 2)
    case .month: Self.digits(time.month, 2)
    case .day: Self.digits(time.day, 2)
    case .hour: Self.digits(time.hour, 2)
    case .hour12: Self.digits((time.hour + 11) % 12 + 1, 2)
    case .amPm: time.hour < 12 ? "AM" : "PM"
    case .minute: Self.digits(time.minute, 2)
    case .second: Self.digits(time.second, 2)
    case .microsecond: "000000"
    case .dayOfYear:
      Self.digits(
        Int(
          (time.secondsAsUTC - CivilTime(year: time.year, month: 1, day: 1).secondsAsUTC) / 86_400)
          + 1, 3)
    case .monthName: Self.months[time.month - 1]
    case .shortMonthName: String(Self.months[time.month - 1].prefix(3))
    case .weekdayName: Self.weekdays[time.weekday]
    case .shortWeekdayName: String(Self.weekdays[time.weekday].prefix(3))
    case .epoch: String(instant.seconds)
    case .offset:
      (offset < 0 ? "-" : "--") + Self.digits(abs(offset) / 3_600, 2)
        + Self.digits(abs(offset) / 60 % 60, 2)
    }
  }

  private static func digits(_ number: Int, _ width: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, width - text.count)) + text
  }
}
