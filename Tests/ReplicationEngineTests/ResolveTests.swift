import ReplicationEngine
import ReplicationFakes
import ReplicationModel
import ReplicationPlanner
import SandboxZFS
import Synchronization
import Testing

@Suite("A decision, carried out")
struct ResolveTests {
  /// A copy `bk/a` with `bk/a/b` below it, whose parent has gone its own way since `s1`.
  func diverged(_ own: [String] = ["mine1", "mine2"]) async throws -> FakeWorld {
    let world = try FakeWorld.with(["s1"], children: ["b"])
    try await world.program().run(request())
    for name in own { try world.target.zfs("snapshot bk/a@\(name)") }
    try world.snapshot("s2")
    return world
  }

  func shown(_ program: FakeProgram, _ choice: Conflict.Choice) async throws -> Resolution {
    let look = try await program.resolver(request()).look()
    return try #require(look.cases.first?.resolution(by: choice))
  }

  /// All names and GUIDs of the target.
  func everything(_ world: FakeWorld) -> [UInt8] {
    world.target.run(["zfs", "list", "-Hp", "-t", "all", "-o", "name,guid", "bk"]).output
  }

  @Test("Looking tells what each choice loses, and changes nothing")
  func look() async throws {
    let world = try await diverged()
    let before = everything(world)
    let program = world.program()
    let look = try await program.resolver(request()).look()
    #expect(look.cases.map(\.conflict.code) == [.targetHasNewerSnapshots])
    #expect(
      look.cases.first?.resolution(by: .rollback)?.loses.snapshots.map(\.name) == [
        "mine1", "mine2",
      ])
    #expect(look.mapping.map(\.target.text) == ["bk/a", "bk/a/b"])
    #expect(program.target.commands.allSatisfy { $0.arguments.first == "list" })
    #expect(everything(world) == before)
    #expect(world.records.runs.allSatisfy { $0.kind == .run })
  }

  @Test("A rollback destroys exactly what was listed, and the next run goes on")
  func rollback() async throws {
    let world = try await diverged()
    let program = world.program()
    try await program.resolve(try await shown(program, .rollback), of: request())
    #expect(world.arrived() == ["s1"])
    let changes = program.target.commands.filter { $0.arguments.first != "list" }
    #expect(
      changes.map(\.shellText) == ["zfs destroy bk/a@mine1,mine2", "zfs rollback bk/a@s1"])
    let record = try #require(world.records.runs.first)
    #expect(record.kind == .resolve)
    #expect(record.summary?.outcome == .done)
    #expect(
      world.records.logLines(of: record.id).map(\.line) == [
        "zfs destroy bk/a@mine1,mine2", "zfs rollback bk/a@s1",
      ])
    let next = world.program()
    #expect(try await next.run(request()).outcome == .done)
    #expect(next.steps == [.incremental, .incremental])
    #expect(world.isEqual())
  }

  @Test("What was written to a copy goes with the rollback, and nothing else")
  func modified() async throws {
    let world = try await diverged([])
    try world.target.zfs("set readonly=off bk/a")
    world.target.write("mine", to: "mine", of: "bk/a")
    let program = world.program()
    let rollback = try await shown(program, .rollback)
    #expect(rollback.loses.snapshots.isEmpty)
    #expect((rollback.loses.bytes ?? 0) > 0)
    try await program.resolve(rollback, of: request())
    #expect(world.target.text("mine", of: "bk/a") == nil)
    #expect(try await world.program().run(request()).outcome == .done)
    #expect(world.isEqual())
  }

  /// A copy that somebody opened, wrote to and closed again, after a run that ZFS refused.
  func closed() async throws -> FakeWorld {
    let world = try await diverged([])
    try world.target.zfs("set readonly=off bk/a")
    world.target.write("mine", to: "mine", of: "bk/a")
    try world.target.zfs("set readonly=on bk/a")
    let run = try await world.program().run(request())
    #expect(run.error?.code == "zfs.destination_modified")
    return world
  }

  @Test("Changes on a copy that is read-only again are found once ZFS has refused to add to it")
  func refusedByZFS() async throws {
    let world = try await closed()
    let program = world.program()
    let look = try await program.resolver(request()).look()
    #expect(look.cases.map(\.conflict.code) == [.targetModified])
    let rollback = try #require(look.cases.first?.resolution(by: .rollback))
    #expect((rollback.loses.bytes ?? 0) > 0)
    try await program.resolve(rollback, of: request())
    #expect(try await world.program().resolver(request()).look().cases.isEmpty)
    #expect(try await world.program().run(request()).outcome == .done)
    #expect(world.isEqual())
  }

  @Test("They are kept beside it where that is wanted")
  func refusedAndKept() async throws {
    let world = try await closed()
    let program = world.program()
    let aside = try await shown(program, .keepAside)
    try await program.resolve(aside, of: request())
    #expect(world.target.text("mine", of: try #require(aside.aside?.text)) == "mine")
    #expect(try await world.program().run(request()).outcome == .done)
    #expect(try await world.program().resolver(request()).look().cases.isEmpty)
  }

  @Test("An old refusal keeps no run from trying, and is forgotten once something arrived")
  func oldRefusal() async throws {
    let world = try await closed()
    try world.target.zfs("rollback bk/a@s1")
    #expect(try await world.program().run(request()).outcome == .done)
    try world.target.zfs("set readonly=off bk/a")
    world.target.write("mine", to: "mine", of: "bk/a")
    try world.target.zfs("set readonly=on bk/a")
    try world.snapshot("s3")
    #expect(try await world.program().resolver(request()).look().cases.isEmpty)
  }

  /// What happens between the showing and the doing.
  enum Meanwhile: String, CaseIterable {
    case snapshot = "snapshot bk/a@late"
    case renamed = "rename bk/a@mine2 bk/a@other"
    case gone = "destroy bk/a@mine1"
    case hold = "hold keep bk/a@mine1"
    case another = "rename bk/a bk/elsewhere"
  }

  @Test("What has changed since it was shown is left alone", arguments: Meanwhile.allCases)
  func changed(meanwhile: Meanwhile) async throws {
    let world = try await diverged()
    let program = world.program()
    let rollback = try await shown(program, .rollback)
    try world.target.zfs(meanwhile.rawValue)
    let before = everything(world)
    await #expect(throws: RunFailure.self) {
      try await program.resolve(rollback, of: request())
    }
    #expect(everything(world) == before)
    #expect(world.records.runs.first?.summary?.outcome == .refused)
    #expect(program.target.commands.allSatisfy { $0.arguments.first == "list" })
  }

  @Test("must_not_B2: each name is checked by its GUID right before it is destroyed")
  func must_not_B2() async throws {
    let world = try await diverged()
    let program = world.program()
    let rollback = try await shown(program, .rollback)
    // The last look before the act: somebody has put another snapshot behind the name.
    program.target.onCommand { command, _ in
      guard command.arguments.contains("type") == false, command.arguments.contains("1"),
        command.arguments.last == "bk/a", command.arguments.contains("snapshot,bookmark")
      else { return nil }
      _ = world.target.run(["zfs", "destroy", "bk/a@mine2"])
      _ = world.target.run(["zfs", "snapshot", "bk/a@mine2"])
      return nil
    }
    let failure = await #expect(throws: RunFailure.self) {
      try await program.resolve(rollback, of: request())
    }
    #expect(failure?.code == "resolve.changed")
    #expect(world.arrived() == ["s1", "mine1", "mine2"])
  }

  @Test(
    "A hold or a clone keeps what it holds",
    arguments: ["hold keep bk/a@mine1", "clone bk/a@mine1 bk/work"])
  func blocked(tie: String) async throws {
    let world = try await diverged()
    try world.target.zfs(tie)
    let program = world.program()
    let rollback = try await shown(program, .rollback)
    #expect(rollback.obstacle != nil)
    let failure = await #expect(throws: RunFailure.self) {
      try await program.resolve(rollback, of: request())
    }
    #expect(failure?.code == "resolve.blocked")
    #expect(world.arrived() == ["s1", "mine1", "mine2"])
  }

  @Test("Put aside, nothing is lost, and the next run sends in full")
  func aside() async throws {
    let world = try await diverged()
    let program = world.program()
    let aside = try await shown(program, .keepAside)
    #expect(aside.moves.map(\.text) == ["bk/a/b"])
    try await program.resolve(aside, of: request())
    let place = try #require(aside.aside).text
    #expect(world.arrived(place) == ["s1", "mine1", "mine2"])
    #expect(world.arrived("\(place)/b") == ["s1"])
    let next = world.program()
    #expect(try await next.run(request()).outcome == .done)
    #expect(next.steps.first == .full)
    #expect(world.isEqual())
    #expect(world.arrived(place) == ["s1", "mine1", "mine2"])
  }

  @Test("must_not_B15: the old copy is there until a whole new one is")
  func must_not_B15() async throws {
    let world = try FakeWorld.with(["s1"])
    try world.target.zfs("create bk/a")
    try world.target.zfs("snapshot bk/a@theirs")
    let program = world.program()
    let full = try await shown(program, .full)
    try await program.resolve(full, of: request())
    #expect(program.count("destroy", on: program.target) == 0)
    #expect(try await world.program().run(request()).outcome == .done)
    #expect(world.isEqual())
    #expect(world.arrived(try #require(full.aside).text) == ["theirs"])
  }

  @Test("Skipping changes the task alone")
  func skip() async throws {
    let world = try FakeWorld.with(["s1"], children: ["b"])
    try await world.program().run(request())
    try world.target.zfs("snapshot bk/a/b@mine")
    try world.snapshot("s2")
    let before = everything(world)
    let program = world.program()
    let skip = try await shown(program, .skip)
    let excluded = Mutex<[String]>([])
    try await program.resolve(skip, of: request()) { name in
      excluded.withLock { $0.append(name.text) }
    }
    #expect(excluded.withLock { $0 } == ["tank/a/b"])
    #expect(everything(world) == before)
  }

  @Test("must_not_B19: a partial receive that nobody can go on with is given up on demand")
  func must_not_B19() async throws {
    let world = try FakeWorld.with(["s1"])
    try world.source.zfs("create tank/x")
    world.source.write(String(repeating: "theirs ", count: 400), of: "tank/x")
    try world.source.zfs("snapshot tank/x@s1")
    let first = world.program()
    first.link.onStream { _, _ in StreamFault(.killProgram, at: 1_500) }
    _ = try? await first.run(request(["tank/x"]))
    try #require(world.target.value("receive_resume_token", of: "bk/a") != "-")
    let program = world.program()
    let full = try await shown(program, .full)
    #expect(full.code == .deadResumeToken)
    #expect(full.loses.partial)
    try await program.resolve(full, of: request())
    #expect(try await world.program().run(request()).outcome == .done)
    #expect(world.isEqual())
  }

  @Test("A task that runs is not decided about")
  func locked() async throws {
    let world = try await diverged()
    let program = world.program()
    let rollback = try await shown(program, .rollback)
    try world.program().holdLock(of: "t")
    let error = await #expect(throws: StoreError.self) {
      try await program.resolve(rollback, of: request())
    }
    #expect(error?.code == .locked)
    #expect(world.arrived() == ["s1", "mine1", "mine2"])
  }

  @Test("A kill in the middle leaves less of what was listed, and never more is gone")
  func killed() async throws {
    for moment in 1..<60 {
      let world = try await diverged()
      let program = world.program(dying: moment)
      do {
        try await program.resolve(try await shown(program, .rollback), of: request())
      } catch {}
      #expect(world.arrived("bk/a/b") == ["s1"])
      #expect(world.arrived().first == "s1")
      // Whoever comes next decides again, or goes on.
      let next = world.program()
      if let left = try await next.resolver(request()).look().cases.first {
        try await next.resolve(try #require(left.resolution(by: .rollback)), of: request())
      }
      #expect(try await world.program().run(request()).outcome == .done)
      #expect(world.isEqual())
      if !program.life.isDead { return }
    }
    Issue.record("it never came to its end")
  }
}
