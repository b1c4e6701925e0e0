import ReplicationEngine
import ReplicationFakes
import ReplicationModel
import ReplicationPlanner
import SandboxZFS
import Testing

@Suite("A full filesystem replication")
struct FullReplicationTests {
  let wanted = request {
    $0.replicate = true
    $0.fromScratch = .refuse
  }

  /// `tank/a/z` with snapshots, and `tank/a/b`, a clone of one of them that comes before it by name.
  func world() throws -> FakeWorld {
    let world = try FakeWorld.with(["s1", "s2"], children: ["z"])
    try world.source.zfs("clone tank/a/z@s1 tank/a/b")
    try world.snapshot("s3")
    return world
  }

  func origin(_ name: String, _ machine: FakeMachine) throws -> String {
    String(try machine.zfs("get -Hp -o value origin \(name)").split(separator: "\n")[0])
  }

  @Test("A clone is one on the target too, and comes after its origin")
  func clones() async throws {
    let world = try world()
    let plan = try await world.program().preview(wanted)
    let sources = plan.steps.map(\.source.text)
    let clone = try #require(plan.steps.first { $0.origin != nil })
    #expect(clone.source.text == "tank/a/b" && clone.origin?.text == "tank/a/z")
    #expect(clone.send.arguments.suffix(3) == ["-i", "tank/a/z@s1", "tank/a/b@s3"])
    let last = try #require(sources.lastIndex(of: "tank/a/z"))
    let first = try #require(sources.firstIndex(of: "tank/a/b"))
    #expect(last < first)
    #expect(plan.steps.allSatisfy { !$0.send.arguments.contains("-R") })
    #expect(try await world.program().run(wanted).outcome == .done)
    #expect(try origin("bk/a/b", world.target) == "bk/a/z@s1")
    #expect(world.isEqual())
    // Later snapshots of the clone are increments as any other.
    try world.snapshot("s4")
    #expect(try await world.program().run(wanted).outcome == .done)
    #expect(world.isEqual())
  }

  @Test("Without it a clone is a dataset of its own")
  func plain() async throws {
    let world = try world()
    #expect(try await world.program().run(request()).outcome == .done)
    #expect(try origin("bk/a/b", world.target) == "-")
    #expect(world.isEqual())
  }

  @Test("A clone whose stream was cut is gone on with")
  func resumed() async throws {
    let world = try world()
    let clone = try await world.program().preview(wanted).steps.firstIndex { $0.origin != nil }
    let number = try #require(clone) + 1
    let program = world.program()
    program.link.onStream { _, count in
      count == number ? StreamFault(.cut(remoteIsSource: true), at: 600) : nil
    }
    #expect(try await program.run(wanted).outcome == .done)
    #expect(program.retries.count == 1)
    #expect(try origin("bk/a/b", world.target) == "bk/a/z@s1")
    #expect(world.isEqual())
  }

  @Test("A clone of what is not part of the copy is sent in full, and that is told")
  func foreignOrigin() async throws {
    let world = try FakeWorld.with(["s1"])
    try world.source.zfs("create tank/x")
    try world.source.zfs("snapshot tank/x@s1")
    try world.source.zfs("clone tank/x@s1 tank/a/b")
    try world.snapshot("s2")
    let program = world.program()
    #expect(try await program.run(wanted).outcome == .done)
    #expect(program.warnings.contains("clone_in_full"))
    #expect(try origin("bk/a/b", world.target) == "-")
    #expect(world.isEqual())
  }

  @Test("Parent and child that are clones in a circle are sent all the same")
  func circle() async throws {
    let world = try FakeWorld.with(["s1"])
    try world.source.zfs("clone tank/a@s1 tank/a/c")
    try world.source.zfs("promote tank/a/c")
    try world.snapshot("s2")
    #expect(try await world.program().run(wanted).outcome == .done)
    #expect(world.isEqual())
  }

  @Test("A dataset that was renamed is renamed on the target, with all below it")
  func renamed() async throws {
    let world = try FakeWorld.with(["s1"], children: ["b", "b/c"])
    #expect(try await world.program().run(wanted).outcome == .done)
    try world.source.zfs("rename tank/a/b tank/a/new")
    try world.snapshot("s2")
    let plan = try await world.program().preview(wanted)
    #expect(plan.renames.map(\.command.shellText) == ["zfs rename bk/a/b bk/a/new"])
    #expect(plan.renames.first?.below.map(\.text) == ["bk/a/b/c"])
    #expect(plan.destroys.isEmpty && plan.conflicts.isEmpty)
    #expect(plan.steps.allSatisfy { $0.kind == .incremental })
    let program = world.program()
    #expect(try await program.run(wanted).outcome == .done)
    #expect(world.isEqual())
    #expect(world.target.datasets(below: "bk/a") == ["bk/a", "bk/a/new", "bk/a/new/c"])
    #expect(!program.target.commands.contains { $0.arguments.first == "destroy" })
  }

  @Test("Without it a dataset with a new name is a new one")
  func notFollowed() async throws {
    let world = try FakeWorld.with(["s1"], children: ["b"])
    try await world.program().run(request())
    try world.source.zfs("rename tank/a/b tank/a/new")
    try world.snapshot("s2")
    let plan = try await world.program().preview(request())
    #expect(plan.renames.isEmpty)
  }

  @Test("Two copies that fit are no rename: nobody can say which is meant")
  func ambiguous() async throws {
    let world = try FakeWorld.with(["s1"], children: ["b"])
    try await world.program().run(wanted)
    try world.target.must(["zfs", "create", "bk/x"])
    let stream = world.target.run(["zfs", "send", "bk/a/b@s1"]).output
    #expect(world.target.run(["zfs", "receive", "-u", "bk/a/b2"], input: stream).status == 0)
    try world.source.zfs("rename tank/a/b tank/a/new")
    let plan = try await world.program().preview(wanted)
    #expect(plan.renames.isEmpty)
  }

  @Test("What was destroyed on the source stays in the copy")
  func destroyed() async throws {
    let world = try FakeWorld.with(["s1"], children: ["b"])
    try await world.program().run(wanted)
    try world.source.zfs("destroy -r tank/a/b")
    try world.snapshot("s2")
    let program = world.program()
    #expect(try await program.run(wanted).outcome == .done)
    #expect(world.target.datasets(below: "bk/a") == ["bk/a", "bk/a/b"])
    #expect(program.count("destroy", on: program.target) == 0)
  }

  @Test("Cut at any command, the next run finishes a rename and a clone")
  func cut() async throws {
    for step in 1..<200 {
      let world = try world()
      try await world.program().run(wanted)
      try world.source.zfs("rename tank/a/z tank/a/y")
      try world.source.zfs("clone tank/a/y@s2 tank/a/e")
      try world.snapshot("s4")
      let program = world.program(dying: step)
      _ = try? await program.run(wanted)
      guard program.life.isDead else { break }
      let summary = try await world.program().run(wanted)
      #expect(summary.outcome == .done || summary.outcome == .nothing, "cut at \(step)")
      #expect(world.isEqual(), "cut at \(step)")
      #expect(try origin("bk/a/e", world.target) == "bk/a/y@s2", "cut at \(step)")
    }
  }
}
