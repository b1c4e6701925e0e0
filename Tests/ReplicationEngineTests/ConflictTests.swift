import ReplicationEngine
import ReplicationFakes
import ReplicationModel
import ReplicationPlanner
import SandboxZFS
import Testing

@Suite("A conflict")
struct ConflictTests {
  /// Ways in which `bk/a/b` comes to be in the way, each with the code it is told by.
  enum Trouble: String, CaseIterable {
    case newer = "target_has_newer_snapshots"
    case unrelated = "no_common_base"
    case data = "target_has_foreign_data"
    case volume = "type_mismatch"
    case modified = "target_modified"

    func make(_ target: FakeMachine) throws {
      switch self {
      case .newer: try target.zfs("snapshot bk/a/b@mine")
      case .unrelated:
        try target.zfs("destroy -r bk/a/b")
        try target.zfs("create bk/a/b")
        try target.zfs("snapshot bk/a/b@s1")
      case .data:
        try target.zfs("destroy -r bk/a/b")
        try target.zfs("create bk/a/b")
        target.write("mine", to: "mine", of: "bk/a/b")
      case .volume:
        try target.zfs("destroy -r bk/a/b")
        try target.zfs("create -V 1M bk/a/b")
      case .modified:
        try target.zfs("set readonly=off bk/a/b")
        target.write("mine", to: "mine", of: "bk/a/b")
      }
    }
  }

  @Test(
    "In one dataset stops the run before anything is sent or changed", arguments: Trouble.allCases)
  func refused(trouble: Trouble) async throws {
    let world = try FakeWorld.with(["s1"], children: ["b", "c"])
    try await world.program().run(request())
    try trouble.make(world.target)
    try world.snapshot("s2")
    let before = world.target.run(["zfs", "list", "-Hp", "-t", "all", "-o", "name,guid", "bk"])
    let program = world.program()
    let summary = try await program.run(request())
    #expect(summary.outcome == .refused)
    #expect(summary.error?.code == trouble.rawValue)
    #expect(summary.error?.subject == "bk/a/b")
    #expect(program.link.streams == 0)
    #expect(program.target.commands.allSatisfy { ["list", "userspace"].contains($0.arguments[0]) })
    #expect(program.source.commands.allSatisfy { $0.arguments.first == "list" })
    let after = world.target.run(["zfs", "list", "-Hp", "-t", "all", "-o", "name,guid", "bk"])
    #expect(before.output == after.output)
  }

  @Test(
    "With SKIP is left as it is, with all below it, and the others are sent",
    arguments: Trouble.allCases)
  func skipped(trouble: Trouble) async throws {
    let world = try FakeWorld.with(["s1"], children: ["b", "b/deep", "c"])
    try await world.program().run(request())
    if trouble == .volume { try world.source.zfs("destroy -r tank/a/b/deep") }
    try trouble.make(world.target)
    try world.snapshot("s2")
    let wish = request { $0.onConflict = .skip }
    func beside() -> [UInt8] {
      world.target.run(["zfs", "list", "-rHp", "-t", "all", "-o", "name,guid", "bk/a/b"]).output
    }
    let before = beside()
    for round in 0..<2 {
      let program = world.program()
      let summary = try await program.run(wish)
      #expect(summary.outcome == .partial)
      #expect(
        summary.error
          == RunFailure(
            code: trouble.rawValue, subject: "bk/a/b", detail: summary.error?.detail ?? ""))
      #expect(program.warnings == ["left_out"])
      #expect(summary.snapshots == (round == 0 ? 2 : 0))
      #expect(
        program.changes.allSatisfy { !($0.arguments.last ?? "").contains("a/b") },
        "\(program.changes)")
    }
    #expect(beside() == before)
    #expect(world.arrived("bk/a") == ["s1", "s2"] && world.arrived("bk/a/c") == ["s1", "s2"])
    // Who wants to decide is shown it.
    let cases = try await world.program().resolver(wish).look().cases
    #expect(cases.map(\.conflict.target.text) == ["bk/a/b"])
  }

  @Test("With SKIP stops the run all the same where nothing would be left, or the task is at fault")
  func notSkipped() async throws {
    let world = try FakeWorld.with(["s1"], children: ["b"])
    try await world.program().run(request())
    try world.target.zfs("snapshot bk/a@mine")
    try world.snapshot("s2")
    let whole = world.program()
    let summary = try await whole.run(request { $0.onConflict = .skip })
    #expect(summary.outcome == .refused && whole.link.streams == 0)
    let missing = world.program()
    let other = try await missing.run(
      request(["tank/a", "tank/gone"], to: "bk") { $0.onConflict = .skip })
    #expect(other.outcome == .refused && missing.link.streams == 0)
    #expect(other.error?.code == "source_missing")
  }

  @Test("must_not_B15: a copy without a common base is there after the run as it was before")
  func must_not_B15() async throws {
    let world = try FakeWorld.with(["s1"])
    try world.target.zfs("create bk/a")
    try world.target.zfs("snapshot bk/a@theirs")
    let summary = try await world.program().run(request())
    #expect(summary.outcome == .refused)
    #expect(world.arrived() == ["theirs"])
  }

  @Test("must_not_B12: a destination that is the source, reached as if it were another host")
  func must_not_B12() async throws {
    let world = try FakeWorld.with(["s1"], onOneMachine: true)
    let program = world.program()
    let summary = try await program.run(request(to: "tank/a/copy"))
    #expect(summary.outcome == .refused)
    #expect(summary.error?.code == "overlap")
    #expect(world.source.datasets(below: "tank") == ["tank", "tank/a"])
  }

  @Test("That comes up after something arrived leaves the run unfinished")
  func later() async throws {
    let world = try FakeWorld.with(["s1"], children: ["b"])
    let program = world.program()
    program.link.onStream { _, number in
      guard number == 2 else { return nil }
      _ = world.target.run(["zfs", "snapshot", "bk/a@mine"])
      _ = world.source.run(["zfs", "snapshot", "tank/a@s2"])
      return StreamFault(.cut(remoteIsSource: true), at: 100)
    }
    let summary = try await program.run(request())
    #expect(summary.outcome == .partial)
    #expect(summary.error?.code == "target_has_newer_snapshots")
  }
}
