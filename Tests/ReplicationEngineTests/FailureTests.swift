import ReplicationEngine
import ReplicationFakes
import ReplicationModel
import ReplicationPlanner
import Testing

@Suite("What fails")
struct FailureTests {
  static func isReceive(_ command: Command, _ target: String) -> Bool {
    command.arguments.first == "receive" && command.arguments.last == target
  }

  @Test(
    "What no time mends is tried once, and told with its code",
    arguments: [
      ("cannot receive new filesystem stream: permission denied", "zfs.permission_denied"),
      ("cannot receive new filesystem stream: out of space", "zfs.out_of_space"),
      (
        "cannot receive new filesystem stream: destination bk/a space quota exceeded.",
        "zfs.quota_exceeded"
      ),
      ("sudo: a password is required", "sudo"),
      ("sh: zfs: not found", "zfs.missing"),
      ("something nobody has ever read", "zfs.failed"),
      ("", "zfs.failed"),
    ])
  func fatal(words: String, code: String) async throws {
    let world = try FakeWorld.with(["s1"])
    let program = world.program()
    program.target.onCommand { command, _ in
      Self.isReceive(command, "bk/a") ? .answer(.failure(words)) : nil
    }
    let summary = try await program.run(request())
    #expect(summary.outcome == .failed)
    #expect(summary.error?.code == code)
    #expect(program.link.streams == 1)
    #expect(program.retries.isEmpty)
    #expect(world.arrived().isEmpty)
  }

  @Test("A dataset that fails for good leaves the others alone; those below it wait")
  func partial() async throws {
    let world = try FakeWorld.with(["s1"], children: ["b", "b/deep", "c"])
    let program = world.program()
    program.target.onCommand { command, _ in
      Self.isReceive(command, "bk/a/b") ? .answer(.failure("permission denied")) : nil
    }
    let summary = try await program.run(request())
    #expect(summary.outcome == .partial)
    #expect(summary.snapshots == 2)
    #expect(summary.error?.code == "zfs.permission_denied")
    #expect(program.warnings.filter { $0 == "parent.failed" }.count == 1)
    #expect(world.target.datasets(below: "bk/a") == ["bk/a", "bk/a/c"])
    #expect(world.journal.lines.contains("record: tank/a/b failed"))
  }

  @Test("A new child does not wait for a parent that is there, though its increment failed")
  func newChild() async throws {
    let world = try FakeWorld.with(["s1"])
    try await world.program().run(request())
    try world.source.zfs("create tank/a/new")
    try world.snapshot("s2")
    let program = world.program()
    program.target.onCommand { command, _ in
      Self.isReceive(command, "bk/a") ? .answer(.failure("permission denied")) : nil
    }
    #expect(try await program.run(request()).outcome == .partial)
    #expect(world.arrived("bk/a/new") == ["s2"])
    #expect(world.arrived() == ["s1"])
  }

  @Test("A quota that is too small fails the run, and the next one goes on once there is room")
  func quota() async throws {
    let world = try FakeWorld.with(["s1"])
    let used = UInt64(world.target.value("used", of: "bk")) ?? 0
    try world.target.zfs("set quota=\(used + 1) bk")
    let summary = try await world.program().run(request())
    #expect(summary.error?.code == "zfs.quota_exceeded")
    try world.target.zfs("set quota=none bk")
    #expect(try await world.program().run(request()).outcome == .done)
    #expect(world.isEqual())
  }

  @Test("A listing that is not one is never planned from", arguments: ["source", "target"])
  func garbage(side: String) async throws {
    let world = try FakeWorld.with(["s1"])
    let program = world.program()
    let host = side == "source" ? program.source : program.target
    host.onCommand { command, _ in
      command.arguments.first == "list"
        ? .answer(CommandResult(exit: .status(0), output: Array("Welcome!\nNAME\n".utf8))) : nil
    }
    let summary = try await program.run(request())
    #expect(summary.outcome == .failed)
    #expect(summary.error?.code == "listing.unreadable")
    #expect(program.link.streams == 0)
    #expect(program.count("receive", on: program.target) == 0)
  }

  @Test("A sender that fails after all arrived is a failure, and the next run sees what is there")
  func senderFailsLate() async throws {
    let world = try FakeWorld.with(["s1"])
    let program = world.program()
    program.link.onStream { _, _ in
      StreamFault(.senderSays(.failure("warning: cannot send 'tank/a@s1': Input/output error")))
    }
    let summary = try await program.run(request())
    #expect(summary.outcome == .failed)
    #expect(summary.snapshots == 0)
    #expect(world.source.bookmarks(of: "tank/a").isEmpty)
    #expect(try await world.program().run(request()).outcome == .nothing)
    #expect(world.source.bookmarks(of: "tank/a").count == 1)
  }

  @Test("A receiver that fails after the sender ended well is a failure")
  func receiverFailsLate() async throws {
    let world = try FakeWorld.with(["s1"])
    let program = world.program()
    program.link.onStream { _, _ in
      StreamFault(.receiverSays(.failure("cannot receive: Input/output error")))
    }
    let summary = try await program.run(request())
    #expect(summary.outcome == .failed)
    #expect(summary.error?.code == "zfs.io_error")
  }

  @Test(
    "A snapshot that vanishes from the source while it waits: the next attempt plans without it")
  func sourceChanges() async throws {
    let world = try FakeWorld.with(["s1", "s2"], children: ["b"])
    let program = world.program()
    program.source.onCommand { command, occurrence in
      if command.arguments.last == "tank/a/b@s1", command.arguments.first == "send", occurrence == 1
      {
        _ = world.source.run(["zfs", "destroy", "tank/a/b@s1"])
      }
      return nil
    }
    let summary = try await program.run(request())
    #expect(summary.outcome == .done)
    #expect(program.retries.map(\.reason) == ["zfs.dataset_missing"])
    #expect(world.arrived("bk/a/b") == ["s2"])
  }

  @Test("A source that vanishes in the middle leaves the run unfinished, and the copy as it was")
  func sourceGone() async throws {
    let world = try FakeWorld.with(["s1", "s2"])
    let program = world.program()
    program.link.onStream { _, number in
      if number == 2 { _ = world.source.run(["zfs", "destroy", "-r", "tank/a"]) }
      return number == 2 ? StreamFault(.killSender, at: 0) : nil
    }
    let summary = try await program.run(request())
    #expect(summary.error?.code == "source_missing")
    #expect(summary.outcome == .failed)
    #expect(world.arrived() == ["s1"])
  }

  @Test("Where no bookmark may be made, one warning is enough, and the copy is whole all the same")
  func noBookmark() async throws {
    let world = try FakeWorld.with(["s1"], children: ["b", "c"])
    let program = world.program()
    program.source.onCommand { command, _ in
      command.arguments.first == "bookmark"
        ? .answer(.failure("cannot create bookmark 'x': permission denied")) : nil
    }
    let summary = try await program.run(request())
    #expect(summary.outcome == .done)
    #expect(program.warnings == ["bookmark.failed"])
    #expect(program.count("bookmark", on: program.source) == 1)
    #expect(world.isEqual())
  }

  @Test("A bookmark that fails otherwise is tried for the next dataset, and keeps the old one")
  func oneBookmark() async throws {
    let world = try FakeWorld.with(["s1"], children: ["b"])
    try await world.program().run(request())
    let old = world.source.bookmarks(of: "tank/a")
    try world.snapshot("s2")
    let program = world.program()
    program.source.onCommand { command, _ in
      command.arguments.starts(with: ["bookmark", "tank/a@s2"])
        ? .answer(.failure("out of space")) : nil
    }
    try await program.run(request())
    #expect(program.warnings == ["bookmark.failed"])
    #expect(world.source.bookmarks(of: "tank/a") == old)
    #expect(world.source.bookmarks(of: "tank/a/b").count == 1)
    #expect(world.source.bookmarks(of: "tank/a/b") != old)
  }

  @Test("A record that cannot be written stops the effects that would follow")
  func recordsFull() async throws {
    let world = try FakeWorld.with(["s1"], children: ["b"])
    let program = world.program()
    program.link.onStream { _, _ in
      world.records.fail(with: StoreError(.full, subject: "history"))
      return nil
    }
    await #expect(throws: StoreError(.full, subject: "history")) {
      try await program.run(request())
    }
    #expect(program.link.streams == 1)
    world.records.fail(with: nil)
    program.life.kill()
    #expect(try await world.program().run(request()).outcome == .done)
    #expect(world.isEqual())
  }

  @Test("Both sides are asked at once, and one that cannot be reached is named")
  func unreachable() async throws {
    let world = try FakeWorld.with(["s1"])
    let program = world.program()
    program.target.onCommand { _, _ in
      .unreachable(HostError(.authentication, subject: "vault:22"))
    }
    let summary = try await program.run(request())
    #expect(summary.outcome == .failed)
    #expect(summary.error == RunFailure(code: "auth", subject: "vault:22"))
    #expect(program.retries.isEmpty)
  }
}
