/// A schedule in plain English: `On Mondays to Fridays at 02:30`, `Every 15 minutes from 08:00 to 17:59`.
///
/// The words come from what the fields stand for, not from how they are written, so that they are
/// always true, and schedules that run at different times have different words. What a change of
/// the clock does is left out.
public enum CronWords {
  /// The sentence without its full stop; nil where the schedule cannot be read.
  public static func words(_ schedule: Schedule) -> String? {
    (try? Timetable(schedule)).map(words)
  }

  /// The sentence without its full stop.
  public static func words(_ table: Timetable) -> String {
    let days = DayWords(table)
    if days.neverCome { return "Never: the days and months it names have no day in common" }
    let isEveryDay = days.isEvery
    switch TimeWords(table, isEveryDay: isEveryDay) {
    case .never: return "Never: the hours and minutes it names are all outside its window"
    case .times(let list): return "\(days.text) at \(list)"
    case .rhythm(let text):
      if isEveryDay { return text }
      return "\(days.text), \(text.prefix(1).lowercased())\(text.dropFirst())"
    }
  }

  static let monthNames = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
  ]

  /// `a`, `a and b`, `a, b and c`.
  static func list(_ words: [String], _ last: String = "and") -> String {
    guard let end = words.last, words.count > 1 else { return words.first ?? "" }
    return "\(words.dropLast().joined(separator: ", ")) \(last) \(end)"
  }

  /// The values in rows without a gap.
  static func rows(_ values: [Int]) -> [ClosedRange<Int>] {
    var rows: [ClosedRange<Int>] = []
    for value in values {
      if let row = rows.last, row.upperBound + 1 == value {
        rows[rows.count - 1] = row.lowerBound...value
      } else {
        rows.append(value...value)
      }
    }
    return rows
  }

  /// The values as names, three or more in a row as `first to last`.
  static func names(_ values: [Int], _ name: (Int) -> String) -> [String] {
    rows(values).flatMap { row in
      row.count > 2
        ? ["\(name(row.lowerBound)) to \(name(row.upperBound))"] : row.map(name)
    }
  }

  /// `1st`, `2nd`, `3rd`, `4th`, `11th`, `21st`.
  static func ordinal(_ number: Int) -> String {
    let isTeen = (11...13).contains(number % 100)
    let ending = isTeen ? "th" : [1: "st", 2: "nd", 3: "rd"][number % 10] ?? "th"
    return "\(number)\(ending)"
  }

  /// `08:05`, from minutes after midnight.
  static func clock(_ minutes: Int) -> String {
    "\(Amount.pad(minutes / 60, 2)):\(Amount.pad(minutes % 60, 2))"
  }
}

extension CronField {
  /// What it stands for, of the values that a unit has; Sunday is 0.
  func values(of unit: CronUnit) -> [Int] {
    let range = unit == .dow ? 0...6 : unit.range
    return range.filter(matches)
  }
}

/// The days of a schedule in words.
struct DayWords {
  /// As `On Mondays to Fridays`.
  let text: String
  /// Whether it is each day of the year.
  let isEvery: Bool
  /// Whether there is no such day, as the 30th of February.
  let neverCome: Bool

  init(_ table: Timetable) {
    let days = table.dom.values(of: .dom)
    // Monday first, as a week is told.
    let weekdays = table.dow.values(of: .dow).map { ($0 + 6) % 7 }.sorted()
    let months = table.month.values(of: .month)
    let isAnyMonth = months.count == 12
    let monthList = CronWords.list(CronWords.names(months) { CronWords.monthNames[$0 - 1] })
    let inMonths = isAnyMonth ? "" : " in \(monthList)"

    let byWeekday = "On \(Self.weekdays(weekdays))"
    let either = !table.dom.isAny && !table.dow.isAny
    let isAnyDay = days.count == 31
    let isAnyWeekday = weekdays.count == 7
    neverCome = !either && !months.contains { month in days.contains { $0 <= Self.length(month) } }
    if either ? isAnyDay || isAnyWeekday : isAnyDay && isAnyWeekday {
      isEvery = isAnyMonth
      text = "Every day\(inMonths)"
    } else {
      isEvery = false
      let numbers = "On the \(Self.numbers(days))"
      if either {
        let tail = isAnyMonth ? "" : ", in \(monthList) only"
        text = "\(numbers) of the month or on \(Self.weekdays(weekdays))\(tail)"
      } else if isAnyDay {
        text = byWeekday + inMonths
      } else {
        text = numbers + " of \(isAnyMonth ? "each month" : monthList)"
      }
    }
  }

  private static func numbers(_ days: [Int]) -> String {
    CronWords.list(CronWords.names(days, CronWords.ordinal))
  }

  private static func weekdays(_ days: [Int]) -> String {
    let names = [
      "Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays",
    ]
    return CronWords.list(CronWords.names(days) { names[$0] })
  }

  /// Days of a month, in a leap year.
  private static func length(_ month: Int) -> Int {
    [4, 6, 9, 11].contains(month) ? 30 : month == 2 ? 29 : 31
  }
}
