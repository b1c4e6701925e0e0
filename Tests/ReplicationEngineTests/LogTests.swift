import ReplicationEngine
import ReplicationFakes
import ReplicationModel
import Testing

@Suite("The log of a run")
struct LogTests {
  func lines(_ world: FakeWorld) -> [String] {
    guard let run = world.records.runs.first else { return [] }
    return world.records.logLines(of: run.id).map(\.line)
  }

  @Test("It tells the start, each step with where from, where to and how much, and the end")
  func story() async throws {
    let world = try FakeWorld.with(["s1"])
    try await world.program().run(request())
    try world.snapshot("s2")
    let summary = try await world.program().run(request())
    let lines = lines(world)
    #expect(lines.first == "run of t started")
    #expect(lines.contains("planned 1 step"))
    #expect(
      lines.contains(
        "step 1 of 1 started: incremental, tank/a to bk/a, from snapshot s1 up to s2, 1 snapshot"),
      "\(lines)")
    #expect(
      lines.contains("step 1 sent \(Amount.bytes(summary.sentBytes)) (\(summary.sentBytes) bytes)"))
    #expect(lines.contains { $0.hasPrefix("zfs send") && $0.contains("zfs receive") })
    #expect(lines.last?.hasPrefix("run ended: done, 1 snapshot, ") == true)
  }

  @Test("A retry and the end of a run that failed say why, with the code")
  func trouble() async throws {
    let world = try FakeWorld.with(["s1"])
    let program = world.program()
    program.link.onStream { _, _ in StreamFault(.receiverLies) }
    let summary = try await program.run(
      request(), policy: RunPolicy(attempts: 3, estimates: false))
    #expect(summary.outcome == .failed)
    let code = try #require(summary.error?.code)
    let lines = lines(world)
    #expect(lines.contains { $0.hasPrefix("attempt 2 in 1 s, because of [\(code)] ") }, "\(lines)")
    #expect(lines.last?.contains("run ended: failed, 0 snapshots") == true)
    #expect(lines.last?.contains("because of [\(code)] ") == true)
  }

  @Test("What stands in the way is in it")
  func refused() async throws {
    let world = try FakeWorld.with([])
    let summary = try await world.program().run(request())
    #expect(summary.outcome == .refused)
    let code = try #require(summary.error?.code)
    #expect(lines(world).contains { $0.hasPrefix("in the way: [\(code)] bk/a") })
  }
}
