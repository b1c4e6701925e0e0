import Foundation
import ReplicationFakes
import Testing

/// Hourly snapshots with retention. `ZFERRY_RETENTION_DAYS=500` goes through so many days instead of the
/// few that a debug build has the time for.
@Suite("Simulation of retention")
struct RetentionSimulationTests {
  static let days = Int(ProcessInfo.processInfo.environment["ZFERRY_RETENTION_DAYS"] ?? "") ?? 12

  @Test(
    "Nothing goes that no plan listed, and nothing that is to be kept", arguments: [false, true])
  func days(broken: Bool) async throws {
    let simulation = try RetentionSimulation(seed: 7)
    for day in 0..<Self.days { await simulation.day(day, broken: broken) }
    #expect(simulation.problems == [])
    #expect(simulation.destroyed >= 24 * (Self.days - 3))
  }

  @Test("A planted fault that takes the base away is found")
  func planted() async throws {
    let simulation = try RetentionSimulation(seed: 7)
    simulation.onDestroy = { world in
      guard let newest = world.target.snapshots(of: "bk/a").last else { return }
      _ = world.target.run(["zfs", "destroy", "bk/a@\(newest.name)"])
    }
    for day in 0..<4 { await simulation.day(day, broken: false) }
    #expect(simulation.problems.contains { $0.contains("the base went back") })
  }
}
