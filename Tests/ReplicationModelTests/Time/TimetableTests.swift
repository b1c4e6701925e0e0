import ReplicationModel
import Testing

@Suite("Schedules")
struct TimetableTests {
  func moment(_ month: Int, _ day: Int, _ hour: Int = 0, _ minute: Int = 0) -> Instant {
    Instant(
      CivilTime(year: 2026, month: month, day: day, hour: hour, minute: minute).secondsAsUTC)
  }

  @Test(
    "What cannot be read is refused with its field",
    arguments: [
      (Schedule(minute: "99"), "minute"), (Schedule(minute: ""), "minute"),
      (Schedule(minute: "5/2"), "minute"), (Schedule(minute: "1,,2"), "minute"),
      (Schedule(minute: "30-10"), "minute"), (Schedule(minute: "*/0"), "minute"),
      (Schedule(minute: "-1"), "minute"), (Schedule(minute: "1-2-3"), "minute"),
      (Schedule(minute: "+5"), "minute"), (Schedule(hour: "24"), "hour"),
      (Schedule(dom: "0"), "dom"), (Schedule(month: "13"), "month"),
      (Schedule(month: "foo"), "month"), (Schedule(dow: "8"), "dow"),
      (Schedule(begin: "25:00"), "begin"), (Schedule(begin: "1:00"), "begin"),
      (Schedule(end: "12:60"), "end"), (Schedule(end: "noon"), "end"),
    ])
  func refused(schedule: Schedule, field: String) throws {
    let problem = try #require(throws: ScheduleProblem.self) { try Timetable(schedule) }
    #expect(problem.field == field)
    #expect(!problem.words.isEmpty)
  }

  @Test(
    "Which minutes match",
    arguments: [
      (Schedule(minute: "*/15"), "00:45", true), (Schedule(minute: "*/15"), "00:46", false),
      (Schedule(minute: "30-50/10"), "00:40", true), (Schedule(minute: "1,31"), "00:31", true),
      (Schedule(minute: "0", begin: "08:00", end: "18:00"), "18:00", true),
      (Schedule(minute: "0", begin: "08:00", end: "18:00"), "19:00", false),
      (Schedule(minute: "0", begin: "22:00", end: "04:00"), "23:00", true),
      (Schedule(minute: "0", begin: "22:00", end: "04:00"), "12:00", false),
    ])
  func matches(schedule: Schedule, time: String, expected: Bool) throws {
    let parts = time.split(separator: ":").compactMap { Int($0) }
    let at = moment(6, 1, parts[0], parts[1])
    #expect(try Timetable(schedule).matches(at, in: .utc) == expected)
  }

  @Test("must_not_B7: a window that begins as it ends is that minute alone")
  func must_not_B7() throws {
    let table = try Timetable(Schedule(minute: "*", begin: "10:00", end: "10:00"))
    #expect(table.matches(moment(6, 1, 10, 0), in: .utc))
    #expect(!table.matches(moment(6, 1, 10, 1), in: .utc))
  }

  @Test("Either day will do where both are given; both have to where one is *")
  func dayRule() throws {
    // 2026-06-01 is a Monday.
    let either = try Timetable(Schedule(minute: "0", hour: "0", dom: "15", dow: "mon"))
    #expect(either.matches(moment(6, 1), in: .utc))
    #expect(either.matches(moment(6, 15), in: .utc))
    #expect(!either.matches(moment(6, 2), in: .utc))
    let sunday = try Timetable(Schedule(minute: "0", hour: "0", dow: "7"))
    #expect(sunday.matches(moment(6, 7), in: .utc))
  }

  @Test("The next runs come in order")
  func nextRuns() {
    let runs = Schedule.hourly.nextRuns(after: moment(6, 1, 22, 30), count: 3, zone: .utc)
    #expect(runs == [moment(6, 1, 23), moment(6, 2, 0), moment(6, 2, 1)])
    let monthly = Schedule.monthly.nextRuns(after: moment(6, 1), count: 2, zone: .utc)
    #expect(monthly == [moment(7, 1), moment(8, 1)])
    let never = Schedule(minute: "0", hour: "0", dom: "30", month: "feb")
    #expect(never.nextRuns(after: moment(6, 1), count: 3, zone: .utc).isEmpty)
    let leapDay = Schedule(minute: "0", hour: "0", dom: "29", month: "2")
    #expect(
      leapDay.nextRuns(after: moment(6, 1), count: 1, zone: .utc).first.map {
        CivilTime($0, in: .utc).year
      } == 2028)
    #expect(Schedule(minute: "x").nextRuns(after: moment(6, 1), count: 3, zone: .utc).isEmpty)
  }

  @Test("A run in an hour that the clock skips comes at the change, and once")
  func springForward() {
    // Berlin skips 02:00 to 03:00 on 2026-03-29; the change is at 01:00 UTC.
    let daily = Schedule(minute: "30", hour: "2")
    let runs = daily.nextRuns(after: moment(3, 28, 12), count: 2, zone: berlin)
    #expect(runs == [moment(3, 29, 1, 0), moment(3, 30, 0, 30)])
  }

  @Test("A run in an hour that comes twice runs once; an hourly one runs in both")
  func fallBack() {
    // Berlin repeats 02:00 to 03:00 on 2026-10-25.
    let daily = Schedule(minute: "30", hour: "2")
    let runs = daily.nextRuns(after: moment(10, 24, 12), count: 2, zone: berlin)
    #expect(runs == [moment(10, 25, 0, 30), moment(10, 26, 1, 30)])
    let hourly = Schedule.hourly.nextRuns(after: moment(10, 24, 23, 30), count: 3, zone: berlin)
    #expect(hourly == [moment(10, 25, 0), moment(10, 25, 1), moment(10, 25, 2)])
  }

  @Test("A calendar and a clock agree with themselves over four centuries")
  func civil() {
    var seconds: Int64 = -6_000_000_000
    while seconds < 6_000_000_000 {
      let time = CivilTime(Instant(seconds), in: .utc)
      #expect(time.secondsAsUTC == seconds)
      #expect(time.isValid)
      seconds += 86_399 * 37
    }
    #expect(CivilTime(year: 1970, month: 1, day: 1).weekday == 4)
    #expect(!CivilTime(year: 2026, month: 2, day: 29).isValid)
  }
}
