import Foundation
import Histories
import ReplicationFakes
import Testing

/// Hourly snapshots with retention. `zferry-histories days 500` goes through more of them than a debug build
/// has the time for.
@Suite("Days of hourly snapshots")
struct DaysTests {
  static let count = 12

  @Test(
    "Nothing goes that no plan listed, and nothing that is to be kept",
    arguments: Days.Weather.allCases)
  func days(weather: Days.Weather) async throws {
    let days = try Days(seed: 7, weather)
    for day in 0..<Self.count { await days.day(day) }
    await days.rest()
    #expect(days.problems == [])
    #expect(days.destroyed >= (weather == .mistakes ? 1 : 24 * (Self.count - 3)))
  }

  @Test("A planted fault that takes the base away is found")
  func planted() async throws {
    let days = try Days(seed: 7)
    days.onDestroy = { world in
      guard let newest = world.target.snapshots(of: "bk/a").last else { return }
      _ = world.target.run(["zfs", "destroy", "bk/a@\(newest.name)"])
    }
    for day in 0..<4 { await days.day(day) }
    #expect(days.problems.contains { $0.contains("the base went back") })
  }
}
