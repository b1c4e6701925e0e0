import ReplicationModel
import Testing

@Suite("Limits by the time of day")
struct BandwidthTests {
  static func bandwidth(_ standard: Int?, _ windows: (String, String, String)...) -> Bandwidth {
    var draft = TaskDraft()
    draft.speedLimit = standard
    draft.bandwidth = windows.map { BandwidthWindow(begin: $0.0, end: $0.1, limit: $0.2) }
    return Bandwidth(draft)
  }

  func limit(_ bandwidth: Bandwidth, _ hour: Int, _ minute: Int = 0) -> UInt64? {
    bandwidth.limit(at: CivilTime(year: 2026, month: 11, day: 29, hour: hour, minute: minute))
  }

  @Test("A window begins with its first minute and ends before its last")
  func edges() {
    let office = Self.bandwidth(7, ("08:00", "18:00", "10M"))
    #expect(limit(office, 7, 59) == 7)
    #expect(limit(office, 8) == 10 << 20)
    #expect(limit(office, 17, 59) == 10 << 20)
    #expect(limit(office, 18) == 7)
    #expect(limit(Self.bandwidth(nil, ("08:00", "18:00", "1K")), 3) == nil)
  }

  @Test("A window may go over midnight, and none takes the task's own limit off")
  func night() {
    let night = Self.bandwidth(7, ("22:00", "06:00", "none"))
    #expect(limit(night, 23) == nil && limit(night, 0) == nil && limit(night, 5, 59) == nil)
    #expect(limit(night, 6) == 7 && limit(night, 21, 59) == 7)
  }

  @Test("Of windows that overlap the first one counts")
  func first() {
    let both = Self.bandwidth(nil, ("12:00", "13:00", "none"), ("08:00", "18:00", "1M"))
    #expect(limit(both, 12, 30) == nil && limit(both, 13) == 1 << 20)
  }

  @Test("A wish is a size with a unit, or none", arguments: ["5M", "5 MiB", "5120k"])
  func wishes(text: String) throws {
    #expect(try SpeedWish(text) == .limit(5 << 20))
    #expect(try SpeedWish("None") == .unlimited)
  }

  @Test(
    "What could mean two things, or nothing, is refused",
    arguments: ["", "5", "5000000", "0M", "-1M", "fast", "5M/s", "nil"])
  func refused(text: String) {
    #expect(throws: SpeedWish.Problem.self) { try SpeedWish(text) }
  }

  @Test(
    "A time of day has two numbers",
    arguments: [
      "", "8", "24:00", "08:60", "8:", ":", "08:00:00", "ab:cd", "-1:00", "008:00", "٠٨:٠٠",
    ])
  func badTimes(text: String) {
    #expect(throws: SpeedWish.Problem.self) { try Bandwidth.minute(text) }
  }
}
