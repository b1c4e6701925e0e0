import ReplicationEngine
import ReplicationFakes
import ReplicationModel
import ReplicationPlanner
import Testing

/// Letting go, on two machines of the sandbox. The clock stands at the beginning of 2027.
@Suite("Retention is carried out")
struct PruneTests {
  static let schema = "auto-%Y-%m-%d_%H-%M"
  static let names = (1...9).map { "auto-2026-12-0\($0)_00-00" } + ["auto-2026-12-31_00-00"]
  /// Four of the nine old ones: no more than half may be lost at once.
  static let old = Array(names.prefix(4))

  static func wish(
    _ policy: Retention.Policy, tasks: [SnapshotTask] = [], holds: Bool = false
  ) -> ReplicationRequest {
    request { request in
      request.selection = .schemas((try? [NamingSchema(schema)]) ?? [])
      request.retention = Retention(policy: policy, snapshotTasks: tasks, holdsPending: holds)
    }
  }

  /// Keeps what was taken since the 5th of December.
  static let custom = wish(.custom(Lifetime(28, .day), further: []))
  static let plain = wish(.none)

  static func task(keeps days: Int) -> SnapshotTask {
    var task = SnapshotTask()
    task.dataset = "tank/a"
    task.recursive = true
    task.schedule = .daily
    task.lifetimeValue = days
    task.lifetimeUnit = .day
    task.namingSchema = schema
    return task
  }

  /// Both sides hold all ten.
  static func copied(children: [String] = []) async throws -> FakeWorld {
    let world = try FakeWorld.with(names, children: children)
    try await world.program().run(plain)
    return world
  }

  static func destroys(_ program: FakeProgram) -> [String] {
    (program.source.commands + program.target.commands)
      .filter { $0.arguments.first == "destroy" && $0.arguments.last?.contains("@") == true }
      .map(\.shellText)
  }

  @Test("A run that a person starts takes nothing from the source, and neither does its plan")
  func byHand() async throws {
    let world = try await Self.copied()
    try world.snapshot("auto-2026-12-31_12-00")
    let wish = Self.wish(.none, tasks: [Self.task(keeps: 28)])
    let program = world.program()
    #expect(try await program.preview(wish).destroys.isEmpty)
    let summary = try await program.run(wish, policy: RunPolicy(estimates: false))
    #expect(summary.outcome == .done && summary.destroyed == 0)
    #expect(Self.destroys(program).isEmpty)
    #expect(world.source.snapshots(of: "tank/a").count == 11)
    #expect(try await world.program().run(wish).destroyed == 4, "a schedule's run does")
  }

  @Test("A run lets go what it planned, in one command a dataset, and the next one is an increment")
  func run() async throws {
    let world = try await Self.copied(children: ["b"])
    try world.snapshot("auto-2026-12-31_12-00")
    let program = world.program()
    let plan = try await program.preview(Self.custom)
    #expect(plan.destroys.count == 8)
    let summary = try await program.run(Self.custom)
    #expect(summary.outcome == .done && summary.error == nil)
    #expect(summary.destroyed == 8)
    #expect(Set(world.arrived()).isDisjoint(with: Self.old))
    #expect(world.arrived().count == 7 && world.arrived("bk/a/b").count == 7)
    #expect(world.source.snapshots(of: "tank/a").count == 11)
    #expect(
      Self.destroys(program) == [
        "zfs destroy bk/a@\(Self.old.joined(separator: ","))",
        "zfs destroy bk/a/b@\(Self.old.joined(separator: ","))",
      ])
    try world.snapshot("auto-2026-12-31_18-00")
    let next = world.program()
    try await next.run(Self.custom)
    #expect(next.steps.allSatisfy { $0 == .incremental })
  }

  @Test("With nothing to let go a run asks two questions a side, as ever")
  func idle() async throws {
    let world = try await Self.copied()
    let program = world.program()
    let wish = Self.wish(.custom(Lifetime(1, .year), further: []), tasks: [Self.task(keeps: 90)])
    #expect(try await program.run(wish).outcome == .nothing)
    #expect(program.source.commands.count == 2 && program.target.commands.count == 2)
  }

  @Test("What is held or has a clone stays, and the rest goes")
  func kept() async throws {
    let world = try await Self.copied()
    try world.target.zfs("hold mine bk/a@\(Self.old[0])")
    try world.target.zfs("clone bk/a@\(Self.old[2]) bk/clone")
    let summary = try await world.program().run(Self.custom)
    #expect(summary.outcome == .nothing && summary.destroyed == 2 && summary.error == nil)
    #expect(world.arrived().filter(Self.old.contains) == [Self.old[0], Self.old[2]])
  }

  @Test("A hold that comes between the look and the destroy keeps its own alone")
  func late() async throws {
    let world = try await Self.copied()
    let program = world.program()
    program.target.onCommand { command, occurrence in
      if command.arguments.first == "destroy", occurrence == 1 {
        _ = world.target.run(["zfs", "hold", "mine", "bk/a@\(Self.old[1])"])
      }
      return nil
    }
    let summary = try await program.run(Self.custom)
    #expect(summary.destroyed == 3 && summary.error == nil)
    #expect(world.arrived().filter(Self.old.contains) == [Self.old[1]])
  }

  @Test("A name that stands for another snapshot by now is left alone")
  func reused() async throws {
    let world = try await Self.copied()
    let tasks = [Self.task(keeps: 28)]
    let name = "tank/a@\(Self.old[0])"
    let summary = try await world.program().prune(Self.wish(.none, tasks: tasks)) {
      _ = world.source.run(["zfs", "destroy", name])
      _ = world.source.run(["zfs", "snapshot", name])
    }
    #expect(summary.outcome == .pruned && summary.destroyed == 3)
    #expect(world.source.snapshots(of: "tank/a").map(\.name).contains(Self.old[0]))
  }

  @Test("Only what was listed goes, though more could by the time it is done")
  func listed() async throws {
    let world = try await Self.copied()
    let summary = try await world.program().prune(Self.custom) {
      world.clock.advance(by: 2 * 86_400)
    }
    #expect(summary.destroyed == 4)
    #expect(world.arrived().count == 6)
  }

  @Test("A base that a bookmark stands for by now is not let go although it was listed")
  func baseMeanwhile() async throws {
    let world = try await Self.copied()
    let summary = try await world.program().prune(Self.custom) {
      for name in Self.names.dropFirst() {
        _ = world.source.run(["zfs", "destroy", "tank/a@\(name)"])
      }
      for mark in world.source.bookmarks(of: "tank/a") {
        _ = world.source.run(["zfs", "destroy", "tank/a#\(mark)"])
      }
    }
    #expect(summary.destroyed == 0)
    #expect(world.arrived() == Self.names)
  }

  @Test("One that cannot be destroyed is found, named, and keeps no other")
  func busy() async throws {
    let world = try await Self.copied()
    let program = world.program()
    program.target.onCommand { command, _ in
      guard command.arguments.first == "destroy",
        command.arguments.last?.contains(Self.old[2]) == true
      else { return nil }
      return .answer(.failure("cannot destroy snapshot bk/a@x: dataset is busy"))
    }
    let summary = try await program.run(Self.custom)
    #expect(summary.outcome == .partial)
    #expect(summary.error?.code == FailureCode.pruneFailed)
    #expect(summary.error?.subject == "bk/a@\(Self.old[2])")
    #expect(summary.destroyed == 3 && summary.isUpToDate)
    #expect(world.arrived().filter(Self.old.contains) == [Self.old[2]])
    #expect(try await world.program().run(Self.custom).destroyed == 1)
  }

  @Test("Without the right it is told once a dataset, and what was sent counts")
  func forbidden() async throws {
    let world = try await Self.copied(children: ["b"])
    try world.snapshot("auto-2026-12-31_12-00")
    let program = world.program()
    program.target.onCommand { command, _ in
      command.arguments.first == "destroy"
        ? .answer(.failure("cannot destroy snapshots: permission denied")) : nil
    }
    let summary = try await program.run(Self.custom)
    #expect(summary.outcome == .partial && summary.snapshots == 2)
    #expect(program.count("destroy", on: program.target) == 2)
    #expect(program.warnings == [FailureCode.pruneFailed, FailureCode.pruneFailed])
    #expect(world.isEqual())
  }

  @Test("A side that answers no more costs the other nothing, and nothing that was sent")
  func down() async throws {
    let world = try await Self.copied()
    try world.snapshot("auto-2026-12-31_12-00")
    let program = world.program()
    program.target.onCommand { command, _ in
      command.arguments.first == "destroy"
        ? .unreachable(HostError(.connectionLost, subject: "target")) : nil
    }
    let wish = Self.wish(
      .custom(Lifetime(28, .day), further: []), tasks: [Self.task(keeps: 27)])
    let summary = try await program.run(wish)
    #expect(summary.outcome == .partial && summary.snapshots == 1)
    #expect(world.arrived().count == 11)
    // One more than at the copy, which still holds them.
    #expect(world.source.snapshots(of: "tank/a").count == 11 - 5)
  }

  @Test("Where a side cannot say what holds its snapshots nothing goes, and sending goes on")
  func unlisted() async throws {
    let world = try await Self.copied()
    try world.snapshot("auto-2026-12-31_12-00")
    let program = world.program()
    program.target.onCommand { command, _ in
      command.shellText.contains("userrefs")
        ? .answer(.failure("bad property list: invalid property 'clones'", status: 2)) : nil
    }
    let summary = try await program.run(Self.custom)
    #expect(summary.snapshots == 1 && summary.destroyed == 0)
    #expect(program.warnings.contains(FailureCode.pruneUnlisted))
    #expect(Self.destroys(program).isEmpty)
  }

  @Test("More than half is refused with a reason, until somebody accepts it")
  func many() async throws {
    let world = try await Self.copied()
    let wish = Self.wish(.custom(Lifetime(10, .day), further: []))
    for name in Self.names.prefix(9) { try world.source.zfs("destroy tank/a@\(name)") }
    let refused = try await world.program().run(wish)
    #expect(refused.outcome == .partial && refused.isUpToDate)
    #expect(refused.error?.code == FailureCode.pruneTooMany)
    #expect(try await world.program().prune(wish).error?.code == FailureCode.pruneTooMany)
    #expect(world.arrived() == Self.names)
    let accepted = try await world.program().prune(wish, allowsMany: true)
    #expect(accepted.destroyed == 9 && accepted.error == nil)
    #expect(world.arrived() == [Self.names[9]])
  }

  @Test("The copy drops what the source has dropped, one run later")
  func asSource() async throws {
    let world = try await Self.copied()
    let wish = Self.wish(.source, tasks: [Self.task(keeps: 28)])
    #expect(try await world.program().run(wish).destroyed == 4)
    #expect(world.source.snapshots(of: "tank/a").count == 6 && world.arrived().count == 10)
    #expect(try await world.program().run(wish).destroyed == 4)
    #expect(world.arrived() == world.source.snapshots(of: "tank/a").map(\.name))
    let idle = world.program()
    #expect(try await idle.run(wish).destroyed == 0)
    #expect(Self.destroys(idle).isEmpty)
  }

  @Test("What a dead destination has not got is held on the source, and released by a run")
  func pending() async throws {
    let world = try await Self.copied()
    for day in 10...20 { try world.snapshot("auto-2026-12-\(day)_00-00") }
    let wish = Self.wish(.none, tasks: [Self.task(keeps: 5)], holds: true)
    let pruned = try await world.program().prune(wish)
    #expect(pruned.destroyed == 9)
    // The base and what comes after it.
    #expect(world.source.snapshots(of: "tank/a").count == 12)
    #expect(try await world.program().run(wish).destroyed == 10)
    #expect(world.arrived().count == 21)
  }

  @Test("A run that is stopped while it prunes says so, and keeps the rest")
  func cancelled() async throws {
    let world = try await Self.copied(children: ["b"])
    let program = world.program()
    let task = Task { try await program.run(Self.custom) }
    program.target.onCommand { command, _ in
      if command.arguments.first == "destroy" { task.cancel() }
      return nil
    }
    let summary = try await task.value
    #expect(summary.outcome == .cancelled && summary.destroyed == 4)
    #expect(world.arrived("bk/a/b") == Self.names)
  }

  @Test("No command grows without bound, and none is recursive")
  func batches() async throws {
    let world = try FakeWorld.with([])
    let schema = try NamingSchema(Self.schema)
    for minute in 0..<1_700 {
      let name = schema.name(at: Instant(ManualClock.epoch - 90_000 + Int64(minute) * 50), in: .utc)
      _ = world.source.run(["zfs", "snapshot", "tank/a@\(name)"])
    }
    let all = world.source.snapshots(of: "tank/a").count
    try await world.program().run(Self.plain)
    let program = world.program()
    let wish = Self.wish(.custom(Lifetime(1, .hour), further: []))
    let summary = try await program.prune(wish, allowsMany: true)
    let lines = Self.destroys(program)
    #expect(summary.destroyed == all - world.arrived().count && summary.destroyed > 1_300)
    #expect(lines.count == 2)
    #expect(lines.allSatisfy { $0.utf8.count < 32_000 && !$0.contains(" -") })
  }
}
