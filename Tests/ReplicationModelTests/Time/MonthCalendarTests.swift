import ReplicationModel
import Testing

@Suite("Month calendar")
struct MonthCalendarTests {
  /// The clock skips the hour after midnight on 2026-04-05, and repeats the last one of 2026-10-24.
  static let cairoLike = Zone(name: "midnight") { instant in
    let start = CivilTime(year: 2026, month: 4, day: 4, hour: 22).secondsAsUTC
    let end = CivilTime(year: 2026, month: 10, day: 24, hour: 21).secondsAsUTC
    return (start..<end).contains(instant.seconds) ? 10_800 : 7_200
  }
  static let zones = [
    Zone.utc, berlin, cairoLike, .fixed(-12_600, name: "-0330"), .fixed(50_400, name: "+14"),
  ]
  static let schedules = [
    Schedule.hourly, .daily, .weekly, .monthly, Schedule(minute: "*/20"),
    Schedule(minute: "30", hour: "2"), Schedule(minute: "0,30", hour: "0-3", dow: "sun"),
    Schedule(minute: "59", hour: "23", dom: "*/2", dow: "6"),
    Schedule(minute: "*/10", begin: "22:00", end: "03:00"),
    Schedule(minute: "0", hour: "0", dom: "29-31", month: "2,5"),
    Schedule(minute: "0", hour: "0", dom: "30", month: "2"),
  ]

  static func instant(_ year: Int, _ month: Int, _ day: Int, _ hour: Int = 0) -> Instant {
    Instant(CivilTime(year: year, month: month, day: day, hour: hour).secondsAsUTC)
  }

  @Test("A month stands in rows of weeks, Monday first")
  func weeks() throws {
    // 2026-11-01 is a Sunday, 2027-02-01 a Monday with four full weeks.
    let table = try Timetable(.daily)
    let november = MonthCalendar(
      table, month: .init(year: 2026, number: 11), now: Self.instant(2026, 11, 25, 15), in: .utc)
    #expect(november.weeks.count == 6)
    #expect(november.weeks.allSatisfy { $0.count == 7 })
    #expect(november.weeks[0].compactMap(\.?.number) == [1])
    #expect(november.weeks[0][6]?.number == 1)
    #expect(november.weeks[5].compactMap(\.?.number) == [30])
    #expect(november.weeks.joined().compactMap(\.?.number) == Array(1...30))
    #expect(november.month.words == "November 2026")
    let february = MonthCalendar(
      table, month: .init(year: 2027, number: 2), now: Self.instant(2026, 11, 25), in: .utc)
    #expect(february.weeks.count == 4)
    #expect(february.weeks.joined().allSatisfy { $0 != nil })
  }

  @Test("Days that are over are not marked; today counts what is still to come")
  func past() throws {
    let table = try Timetable(.hourly)
    let now = Self.instant(2026, 11, 25, 15)
    let month = MonthCalendar.Month(now, in: .utc)
    let days = MonthCalendar(table, month: month, now: now, in: .utc).weeks.joined().compactMap {
      $0
    }
    #expect(days[..<24].allSatisfy { $0.runs == 0 && !$0.isToday })
    #expect(days[24].isToday && days[24].runs == 8)
    #expect(days[25...].allSatisfy { $0.runs == 24 && !$0.isToday })
    let before = MonthCalendar(table, month: month.previous, now: now, in: .utc)
    #expect(before.runs == 0 && before.firstRuns.isEmpty)
  }

  @Test("The first runs are listed, as many as were asked for")
  func firstRuns() throws {
    let table = try Timetable(.hourly)
    let now = Self.instant(2026, 11, 25, 15)
    let month = MonthCalendar.Month(now, in: .utc)
    let calendar = MonthCalendar(table, month: month, now: now, in: .utc)
    #expect(calendar.firstRuns == table.nextRuns(after: now, count: 25, in: .utc))
    #expect(calendar.runs == 8 + 24 * 5)
    let short = MonthCalendar(table, month: month, now: now, in: .utc, listed: 3)
    #expect(short.firstRuns.count == 3 && short.runs == calendar.runs)
  }

  @Test("Months turn over the year's end and back")
  func turning() {
    let december = MonthCalendar.Month(year: 2026, number: 12)
    #expect(december.next == MonthCalendar.Month(year: 2027, number: 1))
    #expect(december.next.previous == december)
    #expect(december < december.next)
    #expect(MonthCalendar.Month(Self.instant(2026, 12, 31, 23), in: berlin) == december.next)
  }

  @Test(
    "It marks what the next runs say, over two years and through changes of the clock",
    arguments: zones.indices, schedules)
  func agrees(zone: Int, schedule: Schedule) throws {
    let zone = Self.zones[zone]
    let table = try Timetable(schedule)
    let now = Self.instant(2026, 1, 10, 7)
    let end = CivilTime(year: 2028, month: 1, day: 1)
    var expected: [CivilTime: Int] = [:]
    for run in table.nextRuns(after: now, count: 120_000, in: zone) {
      var day = CivilTime(run, in: zone)
      (day.hour, day.minute, day.second) = (0, 0, 0)
      if day.secondsAsUTC >= end.secondsAsUTC { break }
      expected[day, default: 0] += 1
    }
    var marked: [CivilTime: Int] = [:]
    var month = MonthCalendar.Month(now, in: zone)
    while month.year < 2028 {
      let calendar = MonthCalendar(table, month: month, now: now, in: zone)
      for day in calendar.weeks.joined().compactMap({ $0 }) where day.runs > 0 {
        marked[CivilTime(year: month.year, month: month.number, day: day.number)] = day.runs
      }
      month = month.next
    }
    #expect(marked == expected)
  }
}
