import ReplicationEngine
import ReplicationFakes
import ReplicationModel
import ReplicationPlanner
import Testing

@Suite("A restore")
struct RestoreTests {
  func back(to place: String, upTo: String? = nil) throws -> ReplicationRequest {
    try #require(
      request().restoring(
        DatasetName(trusted: "tank/a"), to: DatasetName(trusted: place), upTo: upTo))
  }

  @Test("must_not_B16: it comes back beside the original, whole and writable")
  func must_not_B16() async throws {
    let world = try FakeWorld.with(["s1", "s2"], children: ["b"])
    try await world.program().run(request())
    #expect(world.target.value("readonly", of: "bk/a/b") == "on")
    let program = world.program().turned
    #expect(try await program.run(try back(to: "tank/a-restored")).outcome == .done)
    for path in ["", "/b"] {
      let name = "tank/a-restored" + path
      #expect(world.source.snapshots(of: name) == world.source.snapshots(of: "tank/a" + path))
      #expect(world.source.text(of: name) == world.source.text(of: "tank/a" + path))
      #expect(world.source.value("readonly", of: name) == "off")
    }
    #expect(world.records.runs.first?.kind == .restore)
    #expect(world.target.bookmarks(of: "bk/a").isEmpty)
  }

  @Test("After the loss of the source the task goes on from what came back")
  func failBack() async throws {
    let world = try FakeWorld.with(["s1", "s2"], children: ["b"])
    try await world.program().run(request())
    try world.source.zfs("destroy -r tank/a")
    #expect(try await world.program().run(request()).outcome == .refused)
    let home = world.program().turned
    #expect(try await home.run(try back(to: "tank/a")).outcome == .done)
    try world.snapshot("s3")
    let next = world.program()
    #expect(try await next.run(request()).outcome == .done)
    #expect(next.steps == [.incremental, .incremental])
    #expect(world.isEqual())
    #expect(world.arrived() == ["s1", "s2", "s3"])
  }

  @Test("Up to a snapshot, and no further")
  func upTo() async throws {
    let world = try FakeWorld.with(["s1", "s2", "s3"])
    try await world.program().run(request())
    let program = world.program().turned
    #expect(
      try await program.run(try back(to: "tank/old", upTo: "s2")).outcome == .done)
    #expect(world.source.snapshots(of: "tank/old").map(\.name) == ["s1", "s2"])
  }

  @Test("What is there is never overwritten")
  func refused() async throws {
    let world = try FakeWorld.with(["s1"])
    try await world.program().run(request())
    world.source.write("newer", of: "tank/a")
    let before = world.source.text(of: "tank/a")
    try world.source.zfs("create tank/mine")
    world.source.write("mine", of: "tank/mine")
    try world.source.zfs("snapshot tank/mine@own")
    let program = world.program().turned
    #expect(try await program.run(try back(to: "tank/mine")).outcome == .refused)
    #expect(world.source.text(of: "tank/mine") == "mine")
    // The source itself has all of it, and what was written to it since stays.
    #expect(try await program.run(try back(to: "tank/a")).outcome == .nothing)
    #expect(world.source.text(of: "tank/a") == before)
  }

  @Test("A cut one is gone on with, and sends no byte again that had arrived")
  func resumes() async throws {
    let world = try FakeWorld.with(["s1"])
    try await world.program().run(request())
    let first = world.program()
    first.link.onStream { _, _ in StreamFault(.cut(remoteIsSource: true), at: 1_200) }
    let wanted = try back(to: "tank/new")
    _ = try await first.turned.run(wanted, policy: RunPolicy(attempts: 1, estimates: false))
    let second = world.program().turned
    #expect(try await second.run(wanted).outcome == .done)
    #expect(second.steps.count == 1)
    if case .resume? = second.steps.first {} else { Issue.record("it began anew") }
    #expect(world.source.text(of: "tank/new") == world.source.text(of: "tank/a"))
  }

  @Test("Says nothing of how far the copy is")
  func status() async throws {
    let world = try FakeWorld.with(["s1"])
    try await world.program().run(request())
    let before = TaskStatus(
      name: "t", draft: TaskDraft(), runs: world.records.runs, snapshotTasks: [], zone: .utc,
      now: Instant(99))
    world.clock.advance(by: 1_000)
    try await world.program().turned.run(try back(to: "tank/new"))
    let after = TaskStatus(
      name: "t", draft: TaskDraft(), runs: world.records.runs, snapshotTasks: [], zone: .utc,
      now: Instant(99))
    #expect(world.records.runs.count == 2)
    #expect(before == after)
  }
}
