import Loopback
import ReplicationEngine
import ReplicationModel
import Testing

@testable import AppRuntime

/// How fast a run may send, while it runs.
@Suite(.timeLimit(.minutes(1))) struct SpeedTests {
  let schedule = MemorySchedule()
  /// The day of the window begins at eight.
  let clock = SetClock(Instant(7 * 3_600))

  var work: EngineWork {
    EngineWork(
      files: MemoryFiles(), records: FakeRecords(), control: schedule, notices: nil, pump: NoPump(),
      clock: clock, zone: .utc,
      host: { _ throws(HostError) in throw HostError(.system, subject: "none") })
  }

  static var task: TaskDraft {
    var task = TaskDraft()
    task.name = "t"
    task.speedLimit = 7_000
    task.bandwidth = [BandwidthWindow(begin: "08:00", end: "18:00", limit: "1M")]
    return task
  }

  @Test func `a run begins with what counts at that time, and takes over the next hour's`() async {
    await work.regulated(Self.task) { dial in
      #expect(dial.limit == SpeedLimit(bytesPerSecond: 7_000))
      clock.set(Instant(8 * 3_600))
      #expect(await eventually { dial.limit == SpeedLimit(bytesPerSecond: 1 << 20) })
    }
  }

  @Test func `a person's wish comes first, and the task's own comes back`() async throws {
    try await work.regulated(Self.task) { dial in
      _ = try schedule.wish(.unlimited, of: "t")
      #expect(await eventually { dial.limit == nil })
      _ = try schedule.wish(.limit(5), of: "t")
      #expect(await eventually { dial.limit == SpeedLimit(bytesPerSecond: 5) })
      _ = try schedule.wish(.limit(9), of: "another")
      _ = try schedule.wish(nil, of: "t")
      #expect(await eventually { dial.limit == SpeedLimit(bytesPerSecond: 7_000) })
    }
  }
}
