import ReplicationEngine
import ReplicationFakes
import ReplicationModel
import ReplicationPlanner
import SandboxZFS
import Testing

@Suite("A receive that was cut")
struct ResumeTests {
  /// `tank/a` whose stream number `number` was cut by the program's end.
  func cut(
    _ snapshots: [String] = ["s1", "s2"], stream: Int = 1, at bytes: Int = 1_500,
    prepare: (FakeWorld) throws -> Void = { _ in }
  ) async throws -> FakeWorld {
    let world = try FakeWorld.with(snapshots)
    try prepare(world)
    let program = world.program()
    program.link.onStream { _, number in
      number == stream ? StreamFault(.killProgram, at: bytes) : nil
    }
    _ = try? await program.run(request())
    try #require(world.target.value("receive_resume_token", of: "bk/a") != "-")
    return world
  }

  @Test("It is gone on with from the byte it had come to")
  func resume() async throws {
    let world = try await cut()
    let program = world.program()
    #expect(try await program.run(request()).outcome == .done)
    #expect(world.isEqual())
    #expect(program.count("send", on: program.source) == 2 + 1, "a token is asked about once")
    #expect(!world.journal.lines.contains { $0.contains("receive -A") })
  }

  @Test("must_not_B19: one whose snapshot is gone is given up, and the dataset begins anew")
  func must_not_B19_full() async throws {
    let world = try await cut()
    try world.source.zfs("destroy tank/a@s1")
    let program = world.program()
    let plan = try await program.preview(request())
    #expect(plan.discards.map(\.text) == ["bk/a"])
    #expect(try await program.run(request()).outcome == .done)
    #expect(world.arrived() == ["s2"])
  }

  @Test("must_not_B19: one whose base is gone from the source is not tried for ever")
  func must_not_B19_base() async throws {
    // The stream brings s2 to s4; it is cut in s4, whose base s3 nobody keeps a bookmark of.
    let world = try await cut(["s1", "s2", "s3", "s4"], stream: 2, at: 8_500)
    try #require(world.arrived() == ["s1", "s2", "s3"])
    for name in ["s1", "s2", "s3"] { try world.source.zfs("destroy tank/a@\(name)") }
    let program = world.program()
    let summary = try await program.run(request())
    #expect(summary.outcome == .refused)
    #expect(summary.error?.code == "target_has_newer_snapshots")
    #expect(world.arrived() == ["s1", "s2", "s3"], "what only the copy holds stays")
  }

  @Test("A base that is only a bookmark any more is good enough to go on")
  func bookmarkBase() async throws {
    let world = try await cut(stream: 2)
    try #require(world.arrived() == ["s1"])
    try world.source.zfs("destroy tank/a@s1")
    let program = world.program()
    #expect(try await program.run(request()).outcome == .done)
    #expect(program.steps.count == 1)
    #expect(world.arrived() == ["s1", "s2"])
    #expect(!world.journal.lines.contains { $0.contains("receive -A") })
  }

  @Test("must_not_B19: a token that ZFS refuses twice is given up, and not before")
  func must_not_B19_refused() async throws {
    let world = try await cut(stream: 2)
    let program = world.program()
    program.source.onCommand { command, _ in
      command.arguments.starts(with: ["send", "-t"])
        ? .answer(.failure("cannot resume send: resume token is corrupt (invalid checksum)")) : nil
    }
    #expect(try await program.run(request()).outcome == .done)
    #expect(program.retries.map(\.reason) == ["zfs.token_invalid"])
    #expect(program.count("receive", on: program.target) == 3)
    let planned = program.events.compactMap {
      if case .planned(let plan) = $0 { plan } else { nil }
    }
    #expect(planned.map { $0.discards.count } == [0, 1, 0])
    #expect(world.isEqual())
  }

  @Test("A receiver that was still writing is not taken for a token that is dead")
  func draining() async throws {
    let world = try await cut()
    let program = world.program()
    program.target.onCommand { command, occurrence in
      guard command.arguments.first == "receive", occurrence == 1 else { return nil }
      // What was under way when the link broke arrives only now, after the listing.
      let token = world.target.value("receive_resume_token", of: "bk/a")
      let rest = world.source.run(["zfs", "send", "-t", token]).output
      _ = world.target.run(
        ["zfs", "receive", "-s", "-u", "bk/a"], input: Array(rest.dropLast(200)))
      return nil
    }
    #expect(try await program.run(request()).outcome == .done)
    #expect(program.retries.count == 1)
    #expect(!world.journal.lines.contains { $0.contains("receive -A") })
    #expect(world.isEqual())
  }

  @Test("One onto an empty dataset of somebody's is given up without taking the dataset away")
  func ontoEmpty() async throws {
    let world = try await cut { try $0.target.zfs("create bk/a") }
    let guid = world.target.value("guid", of: "bk/a")
    try world.source.zfs("destroy tank/a@s1")
    #expect(try await world.program().run(request()).outcome == .done)
    #expect(world.arrived() == ["s2"])
    #expect(world.target.value("guid", of: "bk/a") == guid)
  }

  @Test("And where somebody has put files there meanwhile, they stay")
  func ontoFilled() async throws {
    let world = try await cut { try $0.target.zfs("create bk/a") }
    try world.source.zfs("destroy tank/a@s1")
    world.target.write("mine", to: "mine", of: "bk/a")
    let summary = try await world.program().run(request())
    #expect(summary.outcome == .refused)
    #expect(summary.error?.code == "target_has_foreign_data")
    #expect(world.target.text("mine", of: "bk/a") == "mine")
  }

  @Test("One of another's needs a decision, and is left alone")
  func foreign() async throws {
    let world = try FakeWorld.with(["s1", "s2"])
    try world.source.zfs("create tank/other")
    world.source.write(String(repeating: "other", count: 600), of: "tank/other")
    try world.source.zfs("snapshot tank/other@s1")
    let stranger = world.program()
    stranger.link.onStream { _, _ in StreamFault(.killProgram, at: 1_500) }
    _ = try? await stranger.run(request(["tank/other"]))
    let summary = try await world.program().run(request())
    #expect(summary.outcome == .refused)
    #expect(summary.error?.code == "dead_resume_token")
    #expect(world.target.value("receive_resume_token", of: "bk/a") != "-")
  }

  @Test("A question about a token that broke off says nothing of the token")
  func questionBreaks() async throws {
    let world = try await cut()
    let program = world.program()
    program.source.onCommand { command, occurrence in
      command.arguments.starts(with: ["send", "-nvt"]) && occurrence == 1
        ? .answer(CommandResult(exit: .signal(9))) : nil
    }
    #expect(try await program.run(request()).outcome == .done)
    #expect(program.retries.map(\.reason) == ["zfs.interrupted"])
    #expect(world.isEqual())
  }

  @Test("A copy that went its own way meanwhile is a conflict before a byte is sent")
  func movedOn() async throws {
    let world = try await cut(stream: 2)
    try world.target.zfs("snapshot bk/a@mine")
    let program = world.program()
    let summary = try await program.run(request())
    #expect(summary.outcome == .refused)
    #expect(summary.error?.code == "target_has_newer_snapshots")
    #expect(program.link.streams == 0)
  }

  @Test("Tokens below the destination that are not of this task are not asked about")
  func others() async throws {
    let world = try await cut()
    try world.source.zfs("create tank/z")
    try world.source.zfs("snapshot tank/z@s")
    let program = world.program()
    _ = try await program.run(request(["tank/z"], to: "bk/z"))
    #expect(program.count("send", on: program.source) == 1)
  }
}
