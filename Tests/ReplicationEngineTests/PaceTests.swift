import Testing

@testable import ReplicationEngine

@Suite("The pace of streams under a limit")
struct PaceTests {
  static func limit(_ bytes: UInt64) -> SpeedLimit { SpeedLimit(bytesPerSecond: bytes) }

  @Test("What was sent too early is waited for")
  func waits() {
    var pace = Pace()
    #expect(pace.pause(limit: Self.limit(100), at: 10) == nil)
    pace.moved(50, limit: Self.limit(100), at: 10)
    #expect(pace.pause(limit: Self.limit(100), at: 10) == 0.5)
    #expect(pace.pause(limit: Self.limit(100), at: 10.5) == nil)
    pace.moved(100, limit: Self.limit(100), at: 10.5)
    #expect(pace.pause(limit: Self.limit(100), at: 11) == 0.5)
  }

  @Test("A new limit counts from its moment on, up or down")
  func changes() {
    var pace = Pace()
    pace.moved(1_000, limit: Self.limit(1), at: 0)
    #expect(pace.pause(limit: Self.limit(1), at: 1) == 999)
    #expect(pace.pause(limit: Self.limit(500), at: 1) == nil)
    pace.moved(1_000, limit: Self.limit(500), at: 1)
    #expect(pace.pause(limit: Self.limit(500), at: 2) == 1)
    #expect(pace.pause(limit: Self.limit(10), at: 2) == nil)
  }

  @Test("A quiet hour is not made up for by a full one")
  func quiet() {
    var pace = Pace()
    pace.moved(100, limit: Self.limit(100), at: 0)
    pace.moved(200, limit: Self.limit(100), at: 3_600)
    #expect(pace.pause(limit: Self.limit(100), at: 3_600) == 1)
  }

  @Test(
    "Streams share a dial: together they are as fast as it says, and without a limit none waits")
  func shared() {
    let dial = SpeedDial(Self.limit(100))
    for _ in 0..<4 { dial.moved(100, at: 10) }
    #expect(dial.pause(at: 10) == 4)
    dial.turn(to: nil)
    #expect(dial.pause(at: 10) == nil)
    dial.moved(1 << 40, at: 11)
    #expect(dial.pause(at: 11) == nil)
  }
}
