import ReplicationEngine
import ReplicationFakes
import ReplicationModel
import ReplicationPlanner
import Testing

@Suite("A run")
struct RunTests {
  @Test("The first run brings the whole history, and says so")
  func full() async throws {
    let world = try FakeWorld.with(["s1", "s2", "s3"], children: ["b", "c"])
    let program = world.program()
    let summary = try await program.run(request())
    #expect(summary.outcome == .done)
    #expect(summary.snapshots == 9)
    #expect(summary.error == nil)
    #expect(summary.sentBytes == UInt64(program.link.carried))
    #expect(world.isEqual())
    #expect(program.retries.isEmpty)
    #expect(world.records.runs.first?.summary == summary)
  }

  @Test("The next run brings only what is new, in one stream a dataset")
  func incremental() async throws {
    let world = try FakeWorld.with(["s1"], children: ["b"])
    try await world.program().run(request())
    for name in ["s2", "s3", "s4"] { try world.snapshot(name) }
    let program = world.program()
    let summary = try await program.run(request())
    #expect(summary.snapshots == 6)
    #expect(program.link.streams == 2)
    #expect(program.steps == [.incremental, .incremental])
    #expect(world.isEqual())
  }

  @Test("A run with nothing to do asks two commands a side for fifty datasets, and changes nothing")
  func nothing() async throws {
    let children = (1..<50).map { "d\($0)" }
    let world = try FakeWorld.with(["s1"], children: children)
    try await world.program().run(request())
    let program = world.program()
    let summary = try await program.run(request(), policy: RunPolicy(estimates: true))
    #expect(summary.outcome == .nothing)
    #expect(summary.sentBytes == 0)
    #expect(program.source.commands.count == 2)
    #expect(program.target.commands.count == 2)
    #expect(program.source.commands.allSatisfy { $0.arguments.first == "list" })
    #expect(program.target.commands.allSatisfy { $0.arguments.first == "list" })
  }

  @Test("Both sides may be one machine")
  func local() async throws {
    let world = try FakeWorld.with(["s1", "s2"], children: ["b"], onOneMachine: true)
    #expect(try await world.program().run(request()).outcome == .done)
    #expect(world.isEqual())
  }

  @Test("Each change of state is on record before its effect")
  func records() async throws {
    let world = try FakeWorld.with(["s1"])
    try await world.program().run(request())
    let lines = world.journal.lines
    func place(_ text: String) -> Int { lines.firstIndex { $0.hasPrefix(text) } ?? -1 }
    let order = [
      "record: tank/a planned", "record: tank/a sending", "target: zfs receive",
      "source: zfs send", "record: tank/a verifying", "source: zfs bookmark", "record: tank/a done",
    ].map(place)
    #expect(!order.contains(-1), "\(lines)")
    #expect(order == order.sorted())
  }

  @Test("A task that a living process holds is not run; a dead one's lock goes with it")
  func locked() async throws {
    let world = try FakeWorld.with(["s1"])
    // This one cannot write down its end, and so still holds its task.
    let holder = world.program()
    holder.link.onStream { _, _ in
      world.records.fail(with: StoreError(.full, subject: "history"))
      return nil
    }
    await #expect(throws: StoreError.self) { try await holder.run(request()) }
    world.records.fail(with: nil)
    let other = world.program()
    await #expect(throws: StoreError(.locked, subject: "t")) { try await other.run(request()) }
    #expect(other.source.commands.isEmpty && other.target.commands.isEmpty)
    holder.life.kill()
    #expect(try await other.run(request()).error == nil)
    #expect(world.isEqual())
  }
}
