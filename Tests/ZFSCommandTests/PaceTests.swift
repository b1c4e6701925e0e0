import ReplicationEngine
import Testing

@testable import ZFSCommand

@Suite("The pace of a stream under a limit")
struct PaceTests {
  static func limit(_ bytes: UInt64) -> SpeedLimit { SpeedLimit(bytesPerSecond: bytes) }

  @Test("What was sent too early is waited for")
  func waits() {
    var pace = Pace(limit: Self.limit(100), since: 10)
    #expect(pace.pause(after: 50, limit: Self.limit(100), now: 10) == 0.5)
    #expect(pace.pause(after: 50, limit: Self.limit(100), now: 10.5) == nil)
    #expect(pace.pause(after: 150, limit: Self.limit(100), now: 11) == 0.5)
  }

  @Test("A new limit counts from its moment on, up or down, and none waits for nothing")
  func changes() {
    var pace = Pace(limit: Self.limit(1), since: 0)
    #expect(pace.pause(after: 1_000, limit: Self.limit(1), now: 1) == 999)
    #expect(pace.pause(after: 1_000, limit: Self.limit(500), now: 1) == nil)
    #expect(pace.pause(after: 2_000, limit: Self.limit(500), now: 2) == 1)
    #expect(pace.pause(after: 2_000, limit: nil, now: 2) == nil)
    #expect(pace.pause(after: 9_000, limit: nil, now: 2) == nil)
    // The time without a limit is no debt.
    #expect(pace.pause(after: 9_000, limit: Self.limit(10), now: 3) == nil)
    #expect(pace.pause(after: 9_010, limit: Self.limit(10), now: 3) == 1)
  }
}
