import ReplicationEngine
import ReplicationFakes
import ReplicationModel
import ReplicationPlanner
import Testing

/// An empty target is filled; one that only looked empty is not. Seen once on real ZFS, which counts
/// what was written when it reaches the disk.
@Suite("An empty target is closed before a copy takes its place")
struct SealTests {
  private func world() throws -> FakeWorld {
    let world = try FakeWorld.with(["s1", "s2"])
    try world.target.zfs("create bk/a")
    return world
  }

  private func setting(_ world: FakeWorld) throws -> String {
    try world.target.zfs("get -H -o value,source readonly bk/a")
      .split(separator: "\n").joined().replacing("\t", with: " ")
  }

  @Test("What is written between the plan and the copy is found, kept, and the run refused")
  func writtenMeanwhile() async throws {
    for policy in [TaskDraft.Readonly.set, .ignore] {
      let world = try world()
      let before = try setting(world)
      let program = world.program()
      let summary = try await program.run(request { $0.readonly = policy }) { event in
        guard case .planned(let plan) = event, !plan.seals.isEmpty else { return }
        world.target.write("mine", to: "precious", of: "bk/a")
      }
      #expect(summary.outcome == .refused)
      #expect(summary.error?.code == Conflict.Code.targetHasForeignData.rawValue)
      #expect(world.target.text("precious", of: "bk/a") == "mine")
      #expect(program.count("receive", on: program.target) == 0)
      #expect(try setting(world) == before, "and what was closed is open again")
    }
  }

  @Test("An empty one is closed, filled, and as read-only as the task wants it")
  func filled() async throws {
    for (policy, after) in [
      (TaskDraft.Readonly.set, "on local"), (.ignore, "off default"),
    ] {
      let world = try world()
      let program = world.program()
      let summary = try await program.run(request { $0.readonly = policy })
      #expect(summary.outcome == .done)
      #expect(world.isEqual())
      let now = try setting(world)
      #expect(now == after)
      let commands = program.target.commands.map(\.shellText)
      let closing = commands.firstIndex(of: "zfs set readonly=on bk/a")
      let filling = commands.firstIndex { $0.hasPrefix("zfs receive") && $0.contains("-F") }
      #expect(try #require(closing) < #require(filling))
    }
  }

  @Test("Where it cannot be closed, nothing is overwritten and the reason is told")
  func notAllowed() async throws {
    let world = try world()
    let program = world.program()
    program.target.onCommand { command, _ in
      guard command.arguments.starts(with: ["set", "readonly=on"]) else { return nil }
      return .answer(
        CommandResult(
          exit: .status(1), errors: "cannot set property for 'bk/a': permission denied\n"))
    }
    let summary = try await program.run(request())
    #expect(summary.outcome == .failed)
    #expect(summary.error?.code == "zfs.permission_denied")
    #expect(program.count("receive", on: program.target) == 0)
  }
}
