import ReplicationEngine
import ReplicationFakes
import ReplicationModel
import ReplicationPlanner
import SandboxZFS
import Testing

/// What the other suites take for granted of the fakes.
@Suite("The fakes")
struct FakeTests {
  @Test("A stream that is cut at a byte leaves the receiver just those bytes")
  func cut() async throws {
    let world = try FakeWorld.with(["s1"])
    let program = world.program()
    program.link.onStream { _, _ in StreamFault(.cut(remoteIsSource: false), at: 1_000) }
    let policy = RunPolicy(attempts: 1, estimates: false)
    _ = try await program.run(request(), policy: policy)
    #expect(program.link.carried == 1_000)
    let token = world.target.value("receive_resume_token", of: "bk/a")
    let rest = world.source.run(["zfs", "send", "-t", token]).output
    let whole = world.source.run(["zfs", "send", "tank/a@s1"]).output
    #expect(rest.count > whole.count - 1_000 && rest.count < whole.count)
  }

  @Test("No effect of a dead process comes through")
  func dead() async throws {
    let world = try FakeWorld.with(["s1"])
    let program = world.program(dying: 1)
    _ = try? await program.run(request())
    #expect(program.life.isDead)
    #expect(program.target.commands.isEmpty || program.source.commands.isEmpty)
    await #expect(throws: HostError.self) { try await program.target.run(.zfs("create", "bk/x")) }
    #expect(world.target.datasets(below: "bk") == ["bk"])
  }

  @Test("Nobody waits for the clock, and the sum of all sleeps is its time")
  func clock() async {
    let clock = ManualClock()
    let begin = clock.uptime()
    for seconds in [1.0, 60, 3_600] { await clock.sleep(seconds: seconds) }
    #expect(clock.uptime() - begin == 3_661)
    #expect(clock.now().seconds == ManualClock.epoch + Int64(clock.uptime()))
    #expect(clock.slept == [1, 60, 3_600])
  }

  @Test("A seed decides faults by what a command is, not by when it comes")
  func seeds() async throws {
    func outcomes(_ order: [Int]) async throws -> [Int: Bool] {
      let program = try FakeWorld(seed: 3).program()
      SeededFaults(seed: 11, commands: 0.5, streams: 0).install(in: program)
      var outcomes: [Int: Bool] = [:]
      for number in order {
        let command = Command.zfs("list", "-H", "-o", "name", "tank/\(number)")
        outcomes[number] = (try? await program.source.run(command))?.errors.contains("exist")
      }
      return outcomes
    }
    let forward = try await outcomes(Array(0..<20))
    #expect(try await outcomes(Array((0..<20).reversed())) == forward)
    #expect(Set(forward.values.map { "\($0)" }).count > 1)
  }

  @Test("The sandbox goes on with a stream only from a base that the source still knows")
  func base() async throws {
    let world = try FakeWorld.with(["s1", "s2"])
    let program = world.program()
    program.link.onStream { _, number in number == 2 ? StreamFault(.killProgram, at: 900) : nil }
    _ = try? await program.run(request())
    let token = world.target.value("receive_resume_token", of: "bk/a")
    #expect(world.target.run(["zfs", "destroy", "bk/a@s1"]).status == 1, "the rest grows on it")
    try world.source.zfs("destroy tank/a@s1")
    #expect(world.source.run(["zfs", "send", "-t", token]).status == 0, "there is its bookmark")
    for mark in world.source.bookmarks(of: "tank/a") {
      try world.source.zfs("destroy tank/a#\(mark)")
    }
    let result = world.source.run(["zfs", "send", "-t", token])
    #expect(result.status == 255)
    #expect(result.errors.contains("no longer exists"))
  }
}
