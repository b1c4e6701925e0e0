import ReplicationFakes
import ReplicationModel
import ReplicationPlanner
import Testing

@testable import ReplicationEngine

@Suite("What is tried again")
struct RetryTests {
  @Test("must_not_B22: a link that is down for five minutes costs five minutes, and no byte twice")
  func must_not_B22() async throws {
    let world = try FakeWorld.with(["s1", "s2"])
    let whole = try FakeWorld.with(["s1", "s2"]).program()
    try await whole.run(request())
    let program = world.program()
    program.link.onStream { _, number in
      guard number == 1 else { return nil }
      program.target.goDown(seconds: 300)
      return StreamFault(.cut(remoteIsSource: false), at: 1_700)
    }
    let summary = try await program.run(request())
    #expect(summary.outcome == .done)
    #expect(world.isEqual())
    #expect(program.steps.count == 3 && program.retries.count > 4)
    #expect(program.retries.allSatisfy { $0.seconds <= 60 })
    #expect(program.link.carried < whole.link.carried + 400, "only a header came again")
    #expect(world.clock.slept.reduce(0, +) < 300 + 61)
  }

  @Test("must_not_B22: a refused, reset or broken stream is tried again")
  func must_not_B22_kinds() async throws {
    let kinds: [StreamFault.Kind] = [
      .cut(remoteIsSource: true), .cut(remoteIsSource: false), .halfClose, .killSender,
      .killReceiver, .stall, .garbage, .senderSays(CommandResult(exit: .signal(15))),
      .receiverSays(.failure("cannot receive: failed to read from stream")),
    ]
    for kind in kinds {
      let world = try FakeWorld.with(["s1", "s2"])
      let program = world.program()
      program.link.onStream { _, number in number == 1 ? StreamFault(kind, at: 900) : nil }
      let summary = try await program.run(request())
      #expect(summary.outcome == .done, "\(kind)")
      #expect(program.retries.count == 1, "\(kind)")
      #expect(world.isEqual(), "\(kind)")
    }
  }

  @Test("A receiver that has all and goes before its sender is no failure")
  func receiverLeaves() async throws {
    let world = try FakeWorld.with(["s1", "s2"])
    let program = world.program()
    program.link.onStream { _, _ in StreamFault(.receiverLeaves) }
    #expect(try await program.run(request()).outcome == .done)
    #expect(program.retries.isEmpty && world.isEqual())
    // Where something is missing, it is as ever.
    let other = try FakeWorld.with(["s1"])
    let cut = other.program()
    cut.link.onStream { _, number in number == 1 ? StreamFault(.receiverLeaves, at: 900) : nil }
    #expect(try await cut.run(request()).outcome == .done)
    #expect(cut.retries.count == 1 && other.isEqual())
  }

  @Test("A busy destination is waited for, longer each time")
  func busy() async throws {
    let world = try FakeWorld.with(["s1"])
    let program = world.program()
    program.target.onCommand { command, occurrence in
      command.arguments.first == "receive" && occurrence <= 4
        ? .answer(.failure("cannot receive new filesystem stream: dataset is busy")) : nil
    }
    #expect(try await program.run(request()).outcome == .done)
    #expect(world.clock.slept == [1, 2, 4, 8])
    #expect(program.retries.map(\.attempt) == [2, 3, 4, 5])
  }

  @Test("A destination that stays busy ends the run when the patience is at its end")
  func busyForEver() async throws {
    let world = try FakeWorld.with(["s1"])
    let program = world.program()
    program.target.onCommand { command, _ in
      command.arguments.first == "receive"
        ? .answer(.failure("cannot receive new filesystem stream: dataset is busy")) : nil
    }
    let summary = try await program.run(
      request(), policy: RunPolicy(retryMinutes: 10, estimates: false))
    #expect(summary.outcome == .failed)
    #expect(summary.error?.code == "zfs.busy")
    let waited = world.clock.slept.reduce(0, +)
    #expect(waited > 500 && waited < 700)
    #expect(program.retries.count < 25, "bytes that nobody keeps are no progress")
  }

  @Test("must_not_B1: a target that only says it took the snapshot is a failure, not a success")
  func must_not_B1() async throws {
    let world = try FakeWorld.with(["s1"])
    let program = world.program()
    program.link.onStream { _, _ in StreamFault(.receiverLies) }
    let summary = try await program.run(request())
    #expect(summary.outcome == .failed)
    #expect(summary.error?.code == "verify.missing")
    #expect(summary.snapshots == 0)
    #expect(program.link.streams == 5, "as many attempts as the policy has")
    #expect(world.source.bookmarks(of: "tank/a").isEmpty)
    #expect(!world.journal.lines.contains("record: tank/a done"))
  }

  @Test("must_not_B1: a listing that fails at the end is no success either")
  func must_not_B1_listing() async throws {
    let world = try FakeWorld.with(["s1"])
    let program = world.program()
    program.target.onCommand { command, _ in
      // Asked by the snapshot's name first, and then for all that the dataset has.
      command.arguments.first == "list" && !command.arguments.contains("-r")
        && command.arguments.last?.hasPrefix("bk/a") == true
        ? .answer(.failure("cannot open 'bk/a': permission denied")) : nil
    }
    let summary = try await program.run(request())
    #expect(summary.outcome == .failed)
    #expect(summary.error?.code == "zfs.permission_denied")
  }

  @Test("One of several snapshots that did not arrive is missed")
  func verifyEach() async throws {
    let world = try FakeWorld.with(["s1", "s2", "s3"])
    let program = world.program()
    program.link.onStream { send, _ in
      send.arguments.contains("-I") ? StreamFault(.receiverLies) : nil
    }
    let summary = try await program.run(request())
    #expect(summary.error?.code == "verify.missing")
    #expect(summary.error?.detail == "s3")
    #expect(world.arrived() == ["s1"])
  }

  @Test("must_not_B22: progress renews the patience, however often the link breaks")
  func must_not_B22_progress() async throws {
    let world = try FakeWorld.with(["s1"])
    try world.snapshot("big", bytes: 60_000)
    let program = world.program()
    program.link.onStream { _, number in
      // Every stream comes a little further, and then nobody answers for twenty minutes.
      program.target.goDown(seconds: 1_200)
      return number < 20 ? StreamFault(.cut(remoteIsSource: false), at: 4_000) : nil
    }
    let policy = RunPolicy(retryMinutes: 30, attempts: 5, estimates: false)
    #expect(try await program.run(request(), policy: policy).error == nil || world.isEqual())
    #expect(program.link.streams > 10)
    #expect(world.clock.slept.reduce(0, +) > 10 * 1_200)
  }

  @Test(
    "A link that does not come back ends the run after the patience, with the link as the reason")
  func neverBack() async throws {
    let world = try FakeWorld.with(["s1"])
    let program = world.program()
    program.target.goDown(seconds: 1e9)
    let summary = try await program.run(request())
    #expect(summary.outcome == .failed)
    #expect(summary.error?.code == "connect.unreachable")
    let waited = world.clock.slept.reduce(0, +)
    #expect(waited >= 1_800 && waited < 1_900)
  }

  @Test("Streams beside each other use up no patience, and their time counts once")
  func streaming() {
    var budget = RetryBudget(RunPolicy(retryMinutes: 10), now: 0)
    budget.streamed(since: 100, at: 400)
    budget.streamed(since: 50, at: 450)
    budget.streamed(since: 440, at: 500)
    // 450 of 1,000 seconds are covered, and then 450 of 1,100.
    #expect(budget.delay(after: 1_000, heals: true) != nil)
    #expect(budget.delay(after: 1_100, heals: true) == nil)
    // What ran before the last progress was counted with it.
    budget.progressed(at: 2_000)
    budget.streamed(since: 1_000, at: 2_100)
    #expect(budget.delay(after: 2_699, heals: true) != nil)
    #expect(budget.delay(after: 2_701, heals: true) == nil)
  }

  @Test("With one attempt nothing is tried again")
  func once() async throws {
    let world = try FakeWorld.with(["s1"])
    let program = world.program()
    program.link.onStream { _, _ in StreamFault(.cut(remoteIsSource: false), at: 100) }
    let summary = try await program.run(request(), policy: RunPolicy(attempts: 1, estimates: false))
    #expect(summary.outcome == .failed)
    #expect(summary.error?.code == "connection_lost")
    #expect(world.clock.slept.isEmpty)
  }

  @Test("An attempt looks at both sides anew")
  func plansAnew() async throws {
    let world = try FakeWorld.with(["s1", "s2"])
    let program = world.program()
    program.link.onStream { _, number in
      guard number == 1 else { return nil }
      _ = world.source.run(["zfs", "snapshot", "tank/a@s3"])
      return StreamFault(.cut(remoteIsSource: true), at: 300)
    }
    #expect(try await program.run(request()).outcome == .done)
    #expect(world.arrived() == ["s1", "s2", "s3"])
  }
}
