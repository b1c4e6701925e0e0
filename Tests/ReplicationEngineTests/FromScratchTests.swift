import ReplicationEngine
import ReplicationFakes
import ReplicationModel
import ReplicationPlanner
import SandboxZFS
import Testing

@Suite("A copy with nothing in common")
struct FromScratchTests {
  /// `tank/a` with a child, and a copy of neither in their places.
  func world(children: [String] = ["b"]) throws -> FakeWorld {
    let world = try FakeWorld.with(["s1", "s2"], children: children)
    try world.target.zfs("create bk/a")
    for child in children { try world.target.zfs("create bk/a/\(child)") }
    world.target.write("theirs", of: "bk/a")
    try world.target.zfs("snapshot -r bk/a@theirs")
    return world
  }

  func wanted(_ policy: TaskDraft.FromScratch) -> ReplicationRequest {
    request { $0.fromScratch = policy }
  }

  func besides(_ world: FakeWorld) -> [String] {
    world.target.datasets(below: "bk").filter { $0.contains(".zferry-") }
  }

  @Test("REFUSE stops, and changes nothing")
  func refuse() async throws {
    let world = try world()
    let summary = try await world.program().run(wanted(.refuse))
    #expect(summary.outcome == .refused && summary.error?.code == "no_common_base")
    #expect(world.arrived() == ["theirs"])
  }

  @Test("ASIDE gives it a name with the day and the task, and sends everything anew")
  func aside() async throws {
    let world = try world()
    let plan = try await world.program().preview(wanted(.keepAside))
    #expect(plan.conflicts.isEmpty && plan.destroys.isEmpty)
    let aside = try #require(plan.asides.first)
    #expect(aside.from.text == "bk/a" && aside.below.map(\.text) == ["bk/a/b"])
    let day = CivilTime(world.clock.now(), in: .utc)
    let digits = String(day.year * 10_000 + day.month * 100 + day.day)
    #expect(aside.to.text == "bk/a.zferry-aside-\(digits)-t-1")

    let program = world.program()
    let summary = try await program.run(wanted(.keepAside))
    #expect(summary.outcome == .done)
    #expect(world.isEqual())
    #expect(world.target.snapshots(of: aside.to.text).map(\.name) == ["theirs"])
    #expect(world.target.snapshots(of: aside.to.text + "/b").map(\.name) == ["theirs"])
    #expect(world.target.text(of: aside.to.text) == "theirs")
    #expect(program.count("destroy", on: program.target) == 0)
    // The next run has a base, and moves nothing.
    try world.snapshot("s3")
    #expect(try await world.program().run(wanted(.keepAside)).outcome == .done)
    #expect(besides(world).count == 2)
  }

  @Test("ASIDE takes the next number where a copy was put aside on the same day")
  func asideTwice() async throws {
    let world = try world(children: [])
    try await world.program().run(wanted(.keepAside))
    try world.target.zfs("destroy -r bk/a")
    try world.target.zfs("create bk/a")
    try world.target.zfs("snapshot bk/a@others")
    #expect(try await world.program().run(wanted(.keepAside)).outcome == .done)
    #expect(besides(world).count == 2)
  }

  @Test("REPLACE destroys what the plan listed, once the new copy is complete")
  func replace() async throws {
    let world = try world()
    let plan = try await world.program().preview(wanted(.replace))
    #expect(plan.conflicts.isEmpty)
    #expect(plan.destroys == ["bk/a/b@theirs", "bk/a/b", "bk/a@theirs", "bk/a"])
    let stand = try #require(plan.replacements.first?.standIn.text)
    #expect(plan.steps.allSatisfy { $0.target.text.hasPrefix(stand) })

    let program = world.program()
    let summary = try await program.run(wanted(.replace))
    #expect(summary.outcome == .done && summary.destroyed == 2)
    #expect(world.isEqual())
    #expect(besides(world).isEmpty)
    // The old copy is destroyed after the last byte has arrived, and never as a tree.
    let commands = program.target.commands.map(\.arguments)
    let last = try #require(commands.lastIndex { $0.first == "receive" })
    let first = try #require(commands.firstIndex { $0.first == "destroy" })
    #expect(first > last)
    #expect(!commands.contains { $0.first == "destroy" && $0[1].hasPrefix("-") })
    // And the bookmarks of the source serve the next run.
    try world.snapshot("s3")
    #expect(try await world.program().run(wanted(.replace)).outcome == .done)
    #expect(world.isEqual())
  }

  @Test(
    "must_not_B15: cut at any command, the old or the new copy is there, and the next run goes on")
  func must_not_B15() async throws {
    var deaths = 0
    for step in 1..<400 {
      let world = try world()
      let program = world.program(dying: step)
      _ = try? await program.run(wanted(.replace))
      guard program.life.isDead else { break }
      deaths += 1
      let holders = world.target.datasets(below: "bk").filter {
        let names = world.target.snapshots(of: $0).map(\.name)
        return $0.split(separator: "/").count == 2
          && (names == ["theirs"] || names == ["s1", "s2"])
      }
      #expect(!holders.isEmpty, "cut at \(step)")
      let summary = try await world.program().run(wanted(.replace))
      #expect(summary.outcome == .done || summary.outcome == .nothing, "cut at \(step)")
      #expect(world.isEqual(), "cut at \(step)")
      #expect(besides(world).isEmpty, "cut at \(step)")
    }
    #expect(deaths > 20)
  }

  @Test("A first stream that is cut is gone on with beside the old copy")
  func resumed() async throws {
    let world = try world(children: [])
    let program = world.program()
    program.link.onStream { _, number in
      number == 1 ? StreamFault(.cut(remoteIsSource: true), at: 900) : nil
    }
    _ = try await program.run(
      wanted(.replace), policy: RunPolicy(attempts: 1, estimates: false))
    #expect(world.arrived() == ["theirs"])
    let next = world.program()
    #expect(try await next.run(wanted(.replace)).outcome == .done)
    #expect(next.steps.first.map { if case .resume = $0 { true } else { false } } == true)
    #expect(world.isEqual() && besides(world).isEmpty)
  }

  @Test("What the new copy would not have again keeps the old one")
  func foreign() async throws {
    let world = try world()
    try world.target.zfs("create bk/a/mine")
    let program = world.program()
    let summary = try await program.run(wanted(.replace))
    #expect(summary.outcome == .refused && summary.error?.code == "no_common_base")
    #expect(program.warnings.contains("from_scratch.keeps"))
    #expect(program.target.commands.allSatisfy { ["list", "userspace"].contains($0.arguments[0]) })
  }

  @Test("A snapshot that came meanwhile keeps the old copy, which the new one has made way")
  func meanwhile() async throws {
    let world = try world(children: [])
    let program = world.program()
    program.target.onCommand { command, _ in
      if command.arguments.first == "receive" {
        _ = world.target.run(["zfs", "snapshot", "bk/a@mine"])
      }
      return nil
    }
    #expect(try await program.run(wanted(.replace)).outcome == .done)
    #expect(program.warnings.contains("from_scratch.old_left"))
    #expect(world.isEqual())
    let old = try #require(besides(world).first)
    #expect(world.target.snapshots(of: old).map(\.name) == ["theirs", "mine"])
    // The next plan lists it, and the next run lets it go.
    let plan = try await world.program().preview(wanted(.replace))
    #expect(plan.destroys == ["\(old)@theirs", "\(old)@mine", old])
    #expect(!plan.isUpToDate)
    #expect(try await world.program().run(wanted(.replace)).outcome == .nothing)
    #expect(besides(world).isEmpty)
  }

  @Test("A held snapshot of the old copy stays, and is told")
  func held() async throws {
    let world = try world(children: [])
    try world.target.zfs("hold keep bk/a@theirs")
    let program = world.program()
    #expect(try await program.run(wanted(.replace)).outcome == .done)
    #expect(program.warnings.contains("from_scratch.old_left"))
    #expect(world.isEqual())
    #expect(besides(world).count == 1)
  }

  @Test("A name that is no old copy is left alone")
  func lookalike() async throws {
    let world = try FakeWorld.with(["s1"])
    try await world.program().run(request())
    try world.target.zfs("create bk/a.zferry-old-0123456789abcdef")
    let plan = try await world.program().preview(wanted(.replace))
    #expect(plan.replacements.isEmpty && plan.destroys.isEmpty)
  }
}
