/// A month as a calendar on the wall shows it, with the runs of a schedule on each day.
public struct MonthCalendar: Hashable, Sendable {
  /// A month of a year, the one thing a calendar is turned by.
  public struct Month: Hashable, Sendable, Comparable {
    public var year: Int
    /// 1 to 12.
    public var number: Int

    public init(year: Int, number: Int) {
      self.year = year
      self.number = number
    }

    /// The month that a clock in `zone` shows.
    public init(_ instant: Instant, in zone: Zone) {
      let time = CivilTime(instant, in: zone)
      self.init(year: time.year, number: time.month)
    }

    public var next: Month {
      number == 12 ? Month(year: year + 1, number: 1) : Month(year: year, number: number + 1)
    }

    public var previous: Month {
      number == 1 ? Month(year: year - 1, number: 12) : Month(year: year, number: number - 1)
    }

    /// `November 2026`.
    public var words: String { "\(CronWords.monthNames[number - 1]) \(year)" }

    public static func < (a: Month, b: Month) -> Bool {
      (a.year, a.number) < (b.year, b.number)
    }

    /// Midnight of its first day.
    var firstDay: CivilTime { CivilTime(year: year, month: number, day: 1) }
  }

  /// A day of the month.
  public struct Day: Hashable, Sendable {
    /// 1 to 31.
    public var number: Int
    /// How often it runs on that day, counted from `now` on; 0 for days that are over.
    public var runs: Int
    /// Whether `now` is on that day.
    public var isToday: Bool
  }

  public let month: Month
  /// Rows of seven days, Monday first; nil before the first and after the last day of the month.
  public let weeks: [[Day?]]
  /// The first runs of the month that are still to come, at most as many as were asked for.
  public let firstRuns: [Instant]
  /// How many runs of the month are still to come.
  public let runs: Int

  /// The month's days, with the runs of `timetable` after `now` by clocks in `zone`.
  ///
  /// `listed` is how many of the runs are kept in `firstRuns`.
  public init(
    _ timetable: Timetable, month: Month, now: Instant, in zone: Zone, listed: Int = 25
  ) {
    self.month = month
    let first = month.firstDay.secondsAsUTC
    let length = Int((month.next.firstDay.secondsAsUTC - first) / 86_400)
    // Two days more at both ends than UTC has, for the zone; what is not of the month is left out below.
    let start = max(now, Instant(first - 2 * 86_400))
    let end = Instant(first + Int64(length + 2) * 86_400)
    var counts = Array(repeating: 0, count: length + 1)
    var firstRuns: [Instant] = []
    for run in timetable.runs(after: start, through: end, in: zone) {
      let time = CivilTime(run, in: zone)
      guard time.year == month.year, time.month == month.number else { continue }
      counts[time.day] += 1
      if firstRuns.count < listed { firstRuns.append(run) }
    }
    self.firstRuns = firstRuns
    runs = counts.reduce(0, +)

    let today = CivilTime(now, in: zone)
    let isThisMonth = today.year == month.year && today.month == month.number
    // `weekday` counts from Sunday.
    let blank = (month.firstDay.weekday + 6) % 7
    var days: [Day?] = Array(repeating: nil, count: blank)
    days += (1...length).map {
      Day(number: $0, runs: counts[$0], isToday: isThisMonth && today.day == $0)
    }
    days += Array(repeating: nil, count: (7 - days.count % 7) % 7)
    weeks = stride(from: 0, to: days.count, by: 7).map { Array(days[$0..<($0 + 7)]) }
  }
}
