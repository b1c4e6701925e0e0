import ReplicationEngine
import ReplicationFakes
import ReplicationModel
import ReplicationPlanner
import SandboxZFS
import Testing

/// Faults of upstream (engine.md, section 8) that no other suite of the engine has a test for.
@Suite("Faults of upstream that are not inherited: the engine")
struct DefectTests {
  /// Runs a task, and gives the commands of the target that are more than questions.
  func changes(_ world: FakeWorld, _ wanted: ReplicationRequest = request()) async throws
    -> [String]
  {
    let program = world.program()
    _ = try await program.run(wanted)
    return program.target.commands.map(\.shellText).filter { !$0.hasPrefix("zfs list") }
  }

  static let policies: [Retention.Policy] = [
    .none, .source, .custom(Lifetime(1, .hour), further: []),
  ]

  @Test("must_not_B2: the base stays on the target, however old it is", arguments: policies)
  func must_not_B2(policy: Retention.Policy) async throws {
    let world = try FakeWorld.with(["s1", "s2"])
    let wanted = request { $0.selection = .regex("s.*") }
    try await world.program().run(wanted)
    try world.source.zfs("destroy tank/a@s1")
    try world.target.zfs("snapshot bk/a@s3")
    world.clock.advance(by: 1e8)
    var pruning = wanted
    pruning.retention.policy = policy
    try await world.program().run(pruning)
    #expect(world.arrived().contains("s2") && world.arrived().contains("s3"))
    #expect(world.arrived().contains("s1") == (policy == .none))
    // The next increment starts from it.
    try world.target.zfs("destroy bk/a@s3")
    try world.snapshot("s4")
    #expect(try await world.program().run(pruning).outcome == .done)
  }

  @Test(
    "must_not_B3: a source that is gone or empty takes nothing from the copy", arguments: policies)
  func must_not_B3(policy: Retention.Policy) async throws {
    let world = try FakeWorld.with(["s1", "s2"], children: ["b"])
    try await world.program().run(request())
    world.clock.advance(by: 1e8)
    let wanted = request { $0.retention.policy = policy }
    let held = ["bk/a/b", "bk/a"].map { world.target.snapshots(of: $0) }
    try world.source.zfs("destroy -r tank/a/b")
    try await world.program().run(wanted)
    #expect(world.target.snapshots(of: "bk/a/b") == held[0])
    let rest = world.target.snapshots(of: "bk/a")
    try world.source.zfs("destroy -r tank/a")
    #expect(try await changes(world, wanted).isEmpty)
    try world.source.zfs("create tank/a")
    #expect(try await changes(world, wanted).isEmpty)
    #expect(world.target.snapshots(of: "bk/a") == rest)
    #expect(world.target.snapshots(of: "bk/a/b") == held[0])
  }

  @Test(
    "must_not_B4: snapshots that only the target has stay, whatever the selection says",
    arguments: policies)
  func must_not_B4(policy: Retention.Policy) async throws {
    let world = try FakeWorld.with(["s1"])
    try await world.program().run(request())
    try world.target.zfs("snapshot bk/a@my-local-keep")
    let wanted = request {
      $0.selection = .regex("s.*")
      $0.retention.policy = policy
    }
    world.clock.advance(by: 1e8)
    #expect(try await changes(world, wanted).isEmpty)
    try world.source.zfs("destroy -r tank/a")
    #expect(try await changes(world, wanted).isEmpty)
    #expect(world.arrived() == ["s1", "my-local-keep"])
  }

  @Test("must_not_B8: a place where another task receives is waited for, and never mixed with")
  func must_not_B8() async throws {
    let world = try FakeWorld.with(["s1"])
    try world.source.zfs("create tank/other")
    world.source.write(String(repeating: "other", count: 600), of: "tank/other")
    try world.source.zfs("snapshot tank/other@s1")
    let program = world.program()
    program.target.onCommand { command, occurrence in
      guard command.arguments.first == "receive", occurrence == 1 else { return nil }
      // Another task's receive begins at this moment, and is done before the next attempt.
      let stream = world.source.run(["zfs", "send", "tank/other@s1"]).output
      _ = world.target.run(["zfs", "receive", "-s", "-u", "bk/a"], input: stream)
      return .answer(.failure("cannot receive new filesystem stream: dataset is busy"))
    }
    let summary = try await program.run(request())
    #expect(program.retries.map(\.reason) == ["zfs.busy"])
    #expect(summary.error?.code == "no_common_base")
    #expect(world.target.snapshots(of: "bk/a") == world.source.snapshots(of: "tank/other"))
  }

  @Test("must_not_B9: a glob that leads outside of the source keeps nothing from being let go")
  func must_not_B9() async throws {
    let world = try FakeWorld.with(PruneTests.names, children: ["b", ".system"])
    var wish = PruneTests.custom
    wish.exclude = ["*/.system", "other/*/x", "tank/zz*"]
    let summary = try await world.program().run(wish)
    #expect(summary.error == nil)
    #expect(world.target.datasets(below: "bk/a") == ["bk/a", "bk/a/b"])
    world.clock.advance(by: 2 * 86_400)
    let later = try await world.program().run(wish)
    #expect(later.error == nil && later.destroyed > 0)
  }

  @Test("must_not_B13: a second source sends nothing again, and leaves the old copy in its place")
  func must_not_B13() async throws {
    let world = try FakeWorld.with(["s1"])
    try await world.program().run(request(to: "bk/x"))
    try world.source.zfs("create tank/other")
    try world.source.zfs("snapshot tank/other@s1")
    let both = request(["tank/a", "tank/other"], to: "bk/x")
    let program = world.program()
    let summary = try await program.run(both)
    #expect(summary.outcome == .refused && summary.error?.code == "copy_elsewhere")
    #expect(program.link.streams == 0)
    #expect(world.target.datasets(below: "bk") == ["bk", "bk/x"])
    #expect(try await world.program().run(request(to: "bk/x")).outcome == .nothing)
  }

  @Test(
    "must_not_B6: a regular expression with schedules for names is never taken for a wish to prune")
  func must_not_B6() async throws {
    let world = try FakeWorld.with(PruneTests.names)
    let wish = request {
      $0.selection = .regex("auto-.*")
      $0.retention = Retention(
        policy: .custom(
          Lifetime(1, .day),
          further: [ScheduledLifetime(schedule: .daily, lifetimeValue: 2, lifetimeUnit: .day)]))
    }
    world.clock.advance(by: 1e8)
    let summary = try await world.program().run(wish)
    #expect(summary.error == nil)
    #expect(world.arrived() == PruneTests.names, "a name without a time has no age")
  }

  @Test(
    "must_not_B14: a receiver that does not know an option ends the run; the option is not dropped")
  func must_not_B14() async throws {
    let world = try FakeWorld.with(["s1"])
    let program = world.program()
    program.target.onCommand { command, _ in
      command.arguments.contains("-x")
        || command.arguments.contains("-o")
          && command.arguments.first == "receive"
        ? .answer(.failure("invalid option 'x'\nusage:", status: 2)) : nil
    }
    let summary = try await program.run(request())
    #expect(summary.outcome == .failed)
    #expect(summary.error?.code == "zfs.invalid_option")
    #expect(program.count("receive", on: program.target) == 1)
    #expect(world.target.datasets(below: "bk") == ["bk"])
  }

  @Test(
    "must_not_B18: what breaks is told by its own name, with the host it is about",
    arguments: [
      HostError(.connectTimeout, subject: "vault:22"), HostError(.resolve, subject: "vault"),
      HostError(.hostKeyChanged, subject: "vault", detail: "a b"),
      HostError(.sudo, subject: "vault"),
      HostError(.channel, subject: "vault"), HostError(.system, subject: "zfs", errno: 12),
    ])
  func must_not_B18(error: HostError) async throws {
    let world = try FakeWorld.with(["s1"])
    for verb in ["list", "receive"] {
      let program = world.program()
      program.target.onCommand { command, _ in
        command.arguments.first == verb ? .unreachable(error) : nil
      }
      let summary = try await program.run(
        request(), policy: RunPolicy(attempts: 1, estimates: false))
      #expect(
        summary.error
          == RunFailure(code: error.code.rawValue, subject: error.subject, detail: error.detail))
    }
  }

  @Test(
    "must_not_B11, must_not_B13: each dataset is counted by itself, and the mapping stays with it")
  func must_not_B11_B13() async throws {
    let world = try FakeWorld.with(["s1"], children: ["b"])
    try world.source.zfs("snapshot tank/a/b@s2")
    let plan = try await world.program().preview(request())
    #expect(plan.mapping.map(\.matching) == [1, 2])
    #expect(plan.mapping.map(\.target.text) == ["bk/a", "bk/a/b"])
  }
}
