import ReplicationModel
import ReplicationPlanner
import Testing

/// Whatever clocks do, every minute that a schedule has comes to its turn once.
@Suite("Agenda, at random")
struct AgendaPropertyTests {
  struct Random: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state ^ (state >> 29)
    }
    mutating func below(_ count: Int) -> Int { Int.random(in: 0..<count, using: &self) }
  }

  static let schedules = [
    Schedule(minute: "*"), Schedule(minute: "*/7"), .hourly, Schedule(minute: "5,50", hour: "*/3"),
    Schedule(minute: "30", hour: "2"), Schedule(minute: "0", hour: "0", dow: "sun"),
  ]

  /// One turn: the minutes after `after`, up to `at`.
  struct Turn {
    var after: Instant
    var at: Instant
  }

  /// Ticks at random times by a clock that steps, and what each task had of them.
  static func turns(
    _ schedule: Schedule, _ random: inout Random, zone: Zone, steps: Int = 400
  ) -> (from: Instant, to: Instant, turns: [Turn]) {
    var life = AgendaTests.Life(tasks: [AgendaTests.task("t", schedule)], zone: zone)
    // Some days around a clock change.
    var now = Instant(
      CivilTime(year: 2026, month: 10, day: 22).secondsAsUTC + Int64(random.below(80_000)))
    let from = Instant(now.seconds - now.seconds % 60 - 1)
    var latest = now
    var turns: [Turn] = []
    for _ in 0..<steps {
      let before = life.marks[.replication("t")] ?? from
      if !life.tick(now).isEmpty { turns.append(Turn(after: before, at: now)) }
      latest = max(latest, now)
      switch random.below(20) {
      case 0: now = now + Int64(random.below(9_000))
      case 1: now = now + -Int64(random.below(3_000))
      case 2: now = now + Int64(random.below(40_000))
      default: now = now + Int64(20 + random.below(80))
      }
      // No further behind than a small step: the rest is another test's.
      now = max(now, latest + -Agenda.smallStep)
    }
    now = latest + 60
    let before = life.marks[.replication("t")] ?? from
    if !life.tick(now).isEmpty { turns.append(Turn(after: before, at: now)) }
    return (from, now, turns)
  }

  @Test("Each due minute is in one turn, and each turn has a due minute", arguments: 0..<60)
  func exactlyOnce(seed: Int) throws {
    var random = Random(state: UInt64(seed) &* 7_919 &+ 17)
    let schedule = Self.schedules[seed % Self.schedules.count]
    let zone = seed % 2 == 0 ? Zone.utc : AgendaTests.berlin
    let (from, to, turns) = Self.turns(schedule, &random, zone: zone)
    let due = try Timetable(schedule).runs(after: from, through: to, in: zone)
    // No two turns share a moment, so that it is enough to walk along both.
    for (one, next) in zip(turns, turns.dropFirst()) { #expect(one.at <= next.after) }
    var rest = due[...]
    for turn in turns {
      let served = rest.prefix { $0 <= turn.at }
      #expect(!served.isEmpty && served.allSatisfy { $0 > turn.after }, "\(turn) \(schedule)")
      rest = rest.dropFirst(served.count)
    }
    #expect(rest.isEmpty, "not served: \(rest) of \(schedule)")
  }

  @Test("A turn comes within the window, or minutes after its time", arguments: 0..<30)
  func inTheWindow(seed: Int) throws {
    var random = Random(state: UInt64(seed) &* 104_729 &+ 3)
    let schedule = Schedule(minute: "*/20", begin: "21:00", end: "03:30")
    let table = try Timetable(schedule)
    let (_, _, turns) = Self.turns(schedule, &random, zone: .utc)
    for turn in turns {
      let minutes = table.runs(after: turn.after, through: turn.at, in: .utc)
      let last = try #require(minutes.last)
      #expect(table.isOpen(at: turn.at, in: .utc) || turn.at - last <= 300, "\(turn)")
    }
  }
}
