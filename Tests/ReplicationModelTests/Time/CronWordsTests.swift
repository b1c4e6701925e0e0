import Testing

@testable import ReplicationModel

@Suite("Schedules in words")
struct CronWordsTests {
  @Test(
    "Common schedules read as a person would say them",
    arguments: [
      (Schedule.hourly, "Every hour, on the hour"),
      (.daily, "Every day at 00:00"),
      (.weekly, "On Sundays at 00:00"),
      (.monthly, "On the 1st of each month at 00:00"),
      (Schedule(minute: "30", hour: "2", dow: "mon-fri"), "On Mondays to Fridays at 02:30"),
      (
        Schedule(minute: "*/15", begin: "08:00", end: "17:59"),
        "Every 15 minutes from 08:00 to 17:59"
      ),
      (Schedule(minute: "*/15", hour: "8-17"), "Every 15 minutes from 08:00 to 17:59"),
      (Schedule(minute: "25", hour: "*/2"), "At minute 25 of every 2nd hour"),
      (
        Schedule(minute: "25", hour: "*/2", dom: "2-5", month: "2-12", dow: "mon,sun"),
        "On the 2nd to 5th of the month or on Mondays and Sundays, in February to December only, "
          + "at minute 25 of every 2nd hour"
      ),
      (Schedule(minute: "*"), "Every minute"),
      (Schedule(minute: "25"), "At minute 25 of every hour"),
      (Schedule(minute: "0", hour: "*/12"), "Every day at 00:00 and 12:00"),
      (Schedule(minute: "0", hour: "9-17"), "Every hour from 09:00 to 17:00"),
      (
        Schedule(minute: "0", hour: "0", dom: "15", dow: "mon"),
        "On the 15th of the month or on Mondays at 00:00"
      ),
      (
        Schedule(minute: "0", hour: "0", dom: "1,15", month: "jan,jul"),
        "On the 1st and 15th of January and July at 00:00"
      ),
      (
        Schedule(minute: "*/20", begin: "22:00", end: "04:00"),
        "Every 20 minutes from 22:00, over midnight, to 04:00"
      ),
      (
        Schedule(minute: "*/20", dow: "sat", begin: "22:00", end: "04:00"),
        "On Saturdays, every 20 minutes of every hour, but only from 00:00 to 04:00 and from "
          + "22:00 to 23:59"
      ),
      (
        Schedule(minute: "5,35", hour: "8-9,14"),
        "Every day at 08:05, 08:35, 09:05, 09:35, 14:05 and 14:35"
      ),
      (
        Schedule(minute: "5,35", hour: "8-10,14", month: "6"),
        "Every day in June, at minutes 5 and 35 of each hour from 08:00 to 10:59 and from 14:00 "
          + "to 14:59"
      ),
      (
        Schedule(minute: "0", hour: "0", dom: "30", month: "feb"),
        "Never: the days and months it names have no day in common"
      ),
      (
        Schedule(minute: "0", hour: "0", begin: "08:00", end: "09:00"),
        "Never: the hours and minutes it names are all outside its window"
      ),
    ])
  func words(schedule: Schedule, expected: String) {
    #expect(CronWords.words(schedule) == expected)
  }

  @Test("A schedule that cannot be read has no words")
  func unreadable() {
    #expect(CronWords.words(Schedule(minute: "99")) == nil)
    #expect(CronWords.words(Schedule(begin: "noon")) == nil)
  }

  @Test("A list of days counts all of them or their weekday, where * is not written")
  func bothGiven() {
    // Either will do, and one of the two is every day.
    #expect(
      CronWords.words(Schedule(minute: "0", hour: "0", dom: "1-31", dow: "mon"))
        == "Every day at 00:00")
    #expect(
      CronWords.words(Schedule(minute: "0", hour: "0", dom: "*", dow: "mon"))
        == "On Mondays at 00:00")
  }

  /// When it runs, on days of a few years and minutes of the day.
  private struct Meaning: Equatable {
    var times: [Int]
    var days: [Bool]

    init(_ table: Timetable, _ calendar: [CivilTime]) {
      times = table.timesOfDay
      days = calendar.map(table.matchesDay)
      // All that never comes is the same.
      if times.isEmpty || !days.contains(true) { (times, days) = ([], []) }
    }
  }

  @Test("Ten thousand schedules have words, and those that mean different things say so")
  func fuzz() throws {
    var random = SeededRandom(7)
    var calendar = [CivilTime(year: 2028, month: 1, day: 1)]
    for _ in 0..<800 { calendar.append(calendar[calendar.count - 1].nextDay) }
    var tables: [String: Timetable] = [:]
    for _ in 0..<10_000 {
      let schedule = Schedule(
        minute: random.pick(["0", "00", "25", "*", "*/15", "*/7", "5,35", "10-20", "0-59/20", "59"]
        ),
        hour: random.pick(["*", "0", "2", "8-17", "*/2", "1-23/2", "*/5", "0,12", "22", "8-10,14"]),
        dom: random.pick(["*", "*", "1", "15", "1,15", "1-7", "*/2", "31", "29-31", "1-31"]),
        month: random.pick(["*", "*", "*", "1", "feb", "1,7", "*/3", "3-10"]),
        dow: random.pick(["*", "*", "sun", "1-5", "0-6", "mon,wed,fri", "6,7", "sat"]),
        begin: random.pick(["00:00", "00:00", "08:00", "22:00", "08:30"]),
        end: random.pick(["23:59", "23:59", "17:59", "04:00", "08:30"]))
      let table = try Timetable(schedule)
      let words = CronWords.words(table)
      #expect(!words.isEmpty && !words.hasSuffix("."))
      if let other = tables[words] {
        if other != table {
          #expect(
            Meaning(other, calendar) == Meaning(table, calendar), "\(words): \(schedule)")
        }
      } else {
        tables[words] = table
      }
    }
    #expect(tables.count > 1_000)
  }

  @Test("A preset is known by what it means")
  func presets() {
    for preset in SchedulePreset.allCases {
      #expect(SchedulePreset(preset.schedule) == preset)
    }
    #expect(SchedulePreset(Schedule(minute: "00", hour: "00", dow: "7")) == .weekly)
    #expect(SchedulePreset(Schedule(minute: "0", begin: "08:00")) == nil)
    #expect(SchedulePreset(Schedule(minute: "x")) == nil)
  }
}

/// Numbers that come the same way each time.
struct SeededRandom: RandomNumberGenerator {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  mutating func pick<Value>(_ values: [Value]) -> Value {
    values[Int(next() % UInt64(values.count))]
  }
}
