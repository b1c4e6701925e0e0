/// A schedule that was read: it says which minutes match, and when it runs next.
public struct Timetable: Hashable, Sendable {
  let minute: CronField
  let hour: CronField
  let dom: CronField
  let month: CronField
  let dow: CronField
  /// Minutes after midnight, inclusive.
  public let begin: Int
  /// Minutes after midnight, inclusive.
  public let end: Int

  public init(_ schedule: Schedule) throws(ScheduleProblem) {
    minute = try CronField(schedule.minute, .minute)
    hour = try CronField(schedule.hour, .hour)
    dom = try CronField(schedule.dom, .dom)
    month = try CronField(schedule.month, .month)
    dow = try CronField(schedule.dow, .dow)
    begin = try Self.minutes(schedule.begin, "begin")
    end = try Self.minutes(schedule.end, "end")
  }

  /// Whether a minute of the day on the wall matches.
  public func matches(_ time: CivilTime) -> Bool {
    matchesDay(time) && matchesTime(time.hour, time.minute)
  }

  /// Whether the clock in `zone` shows a matching minute at `instant`.
  public func matches(_ instant: Instant, in zone: Zone) -> Bool {
    matches(CivilTime(instant, in: zone))
  }

  /// Cron's rule: where day of the month and day of the week are both given, either will do.
  func matchesDay(_ time: CivilTime) -> Bool {
    guard month.matches(time.month) else { return false }
    let isDay = dom.matches(time.day)
    let isWeekday = dow.matches(time.weekday)
    return dom.isAny || dow.isAny ? isDay && isWeekday : isDay || isWeekday
  }

  func matchesTime(_ hour: Int, _ minute: Int) -> Bool {
    guard self.hour.matches(hour), self.minute.matches(minute) else { return false }
    return isOpen(hour * 60 + minute)
  }

  /// The times of a day, in minutes after midnight.
  var timesOfDay: [Int] {
    (0..<1_440).filter { matchesTime($0 / 60, $0 % 60) }
  }

  /// The next runs after a moment, soonest first; fewer than `count` where there are none within 30 years.
  ///
  /// A time that a clock change skips runs at the moment of the change; one that it repeats runs
  /// the first time only, unless the hour field is `*`, when both hours count.
  public func nextRuns(after instant: Instant, count: Int, in zone: Zone) -> [Instant] {
    let times = timesOfDay
    guard count > 0, !times.isEmpty else { return [] }
    var runs: [Instant] = []
    // A day earlier than the wall shows, for what a change of the clock moves over midnight.
    var day = CivilTime(Instant(instant.seconds - 86_400), in: zone)
    (day.hour, day.minute, day.second) = (0, 0, 0)
    for _ in 0..<(30 * 366) {
      if matchesDay(day) {
        for run in moments(day, times, zone) where run > instant {
          if runs.last != run { runs.append(run) }
          if runs.count == count { return runs }
        }
      }
      day = day.nextDay
    }
    return runs
  }

  /// The runs after `start`, up to `end` and with it, soonest first; by the same rules as `nextRuns`.
  public func runs(after start: Instant, through end: Instant, in zone: Zone) -> [Instant] {
    let times = timesOfDay
    guard start < end, !times.isEmpty else { return [] }
    var runs: [Instant] = []
    var day = CivilTime(Instant(start.seconds - 86_400), in: zone)
    (day.hour, day.minute, day.second) = (0, 0, 0)
    // A day further than the wall shows, for what a change of the clock moves over midnight.
    let last = CivilTime(end + 86_400, in: zone).secondsAsUTC
    while day.secondsAsUTC <= last {
      if matchesDay(day) {
        for run in moments(day, times, zone)
        where run > start && run <= end && runs.last != run {
          runs.append(run)
        }
      }
      day = day.nextDay
    }
    return runs
  }

  /// The moments at which a day's times come, sorted. `day` is a midnight on the wall.
  private func moments(_ day: CivilTime, _ times: [Int], _ zone: Zone) -> [Instant] {
    let midnight = day.secondsAsUTC
    let offsets = Set([-1, 0, 1, 2].map { zone.offset(Instant(midnight + $0 * 86_400)) })
    if offsets.count == 1, let offset = offsets.first {
      // No change of the clock is near: each time comes once, and the zone need not be asked again.
      return times.map { Instant(midnight + Int64($0 * 60) - Int64(offset)) }
    }
    return Set(times.flatMap { moments(day, $0, zone) }).sorted()
  }

  private func moments(_ day: CivilTime, _ time: Int, _ zone: Zone) -> [Instant] {
    var civil = day
    (civil.hour, civil.minute) = (time / 60, time % 60)
    let instants = civil.instants(in: zone)
    if let first = instants.first { return hour.isAny ? instants : [first] }
    // Skipped: as far into the new time as it lies behind the old one's end is later than the
    // change itself, which is what a person means by "then".
    let before = Instant(
      civil.secondsAsUTC - Int64(zone.offset(Instant(civil.secondsAsUTC - 86_400))))
    return [change(near: before, zone)]
  }

  /// The minute at which the offset changes, within an hour or two before a skipped time.
  private func change(near instant: Instant, _ zone: Zone) -> Instant {
    let late = instant
    var low = instant.seconds - 86_400
    var high = late.seconds
    while high - low > 60 {
      let middle = (low + high) / 2
      if zone.offset(Instant(middle)) == zone.offset(Instant(low)) {
        low = middle
      } else {
        high = middle
      }
    }
    return Instant(high - (high % 60))
  }

  private static func minutes(_ text: String, _ field: String) throws(ScheduleProblem) -> Int {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, parts.allSatisfy({ $0.count == 2 }),
      parts.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }),
      let hour = Int(parts[0]), let minute = Int(parts[1]), hour < 24, minute < 60
    else {
      throw ScheduleProblem(field, "`\(text)` is no time of the day; write it as 18:00")
    }
    return hour * 60 + minute
  }
}

extension Schedule {
  /// The next runs; none where the schedule cannot be read or never comes.
  public func nextRuns(after instant: Instant, count: Int, zone: Zone) -> [Instant] {
    (try? Timetable(self))?.nextRuns(after: instant, count: count, in: zone) ?? []
  }
}
