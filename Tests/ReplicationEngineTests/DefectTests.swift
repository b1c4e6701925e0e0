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

  @Test("must_not_B2: the base stays on the target, however old it is")
  func must_not_B2() async throws {
    let world = try FakeWorld.with(["auto-2020-01-01_00-00", "auto-2020-01-02_00-00"])
    try await world.program().run(request())
    try world.source.zfs("destroy tank/a@auto-2020-01-01_00-00")
    world.clock.advance(by: 1e8)
    #expect(try await changes(world).isEmpty)
    #expect(world.arrived() == ["auto-2020-01-01_00-00", "auto-2020-01-02_00-00"])
  }

  @Test("must_not_B3: a source that is gone or empty takes nothing from the copy")
  func must_not_B3() async throws {
    let world = try FakeWorld.with(["s1", "s2"], children: ["b"])
    try await world.program().run(request())
    let held = ["bk/a", "bk/a/b"].map { world.target.snapshots(of: $0) }
    try world.source.zfs("destroy -r tank/a/b")
    #expect(try await changes(world).isEmpty)
    try world.source.zfs("destroy -r tank/a")
    #expect(try await changes(world).isEmpty)
    try world.source.zfs("create tank/a")
    #expect(try await changes(world).isEmpty)
    #expect(["bk/a", "bk/a/b"].map { world.target.snapshots(of: $0) } == held)
  }

  @Test("must_not_B4: snapshots that only the target has stay, whatever the selection says")
  func must_not_B4() async throws {
    let world = try FakeWorld.with(["s1"])
    try await world.program().run(request())
    try world.target.zfs("snapshot bk/a@my-local-keep")
    let wanted = request { $0.selection = .regex("s.*") }
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
