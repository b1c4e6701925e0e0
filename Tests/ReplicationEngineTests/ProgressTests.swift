import ReplicationEngine
import ReplicationFakes
import ReplicationModel
import ReplicationPlanner
import Testing

@Suite("What a run tells")
struct ProgressTests {
  @Test("must_not_B20: progress is counted in bytes, over all datasets, and never goes back")
  func must_not_B20() async throws {
    let world = try FakeWorld.with(["s1", "s2"], children: ["b", "c"])
    // Slow enough that each chunk is told.
    let program = world.program(chunk: 1_000, bytesPerSecond: 2_000)
    program.link.onStream { _, number in
      number == 3 ? StreamFault(.cut(remoteIsSource: false), at: 2_000) : nil
    }
    let summary = try await program.run(request(), policy: RunPolicy(estimates: true))
    let told = program.events.compactMap { event -> (bytes: UInt64, total: UInt64?)? in
      if case .progress(_, let bytes, let total, _, _) = event { (bytes, total) } else { nil }
    }
    try #require(told.count > 5)
    #expect(told.map(\.bytes) == told.map(\.bytes).sorted())
    #expect(told.allSatisfy { $0.bytes <= $0.total ?? 0 })
    #expect((told.last?.bytes ?? 0) <= summary.sentBytes)
    #expect(summary.sentBytes == UInt64(program.link.carried))
  }

  @Test("Each run begins, is planned, and ends; each step begins and ends in its turn")
  func order() async throws {
    let world = try FakeWorld.with(["s1"], children: ["b"])
    let program = world.program()
    try await program.run(request())
    let words = program.events.compactMap { event in
      switch event {
      case .started: "started"
      case .planned(let plan): "planned \(plan.steps.count)"
      case .stepStarted(let index, let count, let step): "step \(index)/\(count) \(step.target)"
      case .stepFinished(let index, _, _): "end \(index)"
      case .finished(let summary): "\(summary.outcome)"
      case .progress, .stepFailed, .retry, .warning, .pruned: nil
      }
    }
    #expect(
      words == [
        "started", "planned 2", "step 0/2 bk/a", "end 0", "step 1/2 bk/a/b", "end 1", "done",
      ])
  }

  @Test("Estimates are what ZFS says, one question a step, and what it does not say stays unknown")
  func estimates() async throws {
    let world = try FakeWorld.with(["s1", "s2"], children: ["b"])
    let program = world.program()
    let plan = try await program.preview(request(), estimates: true)
    #expect(plan.steps.allSatisfy { ($0.bytes ?? 0) > 2_900 })
    #expect(plan.bytes.map { $0 > 11_000 } == true)
    #expect(program.count("send", on: program.source) == 4)
    #expect(program.link.streams == 0)
    let silent = world.program()
    silent.source.onCommand { command, _ in
      command.arguments.contains("-nP") && command.arguments.last == "tank/a@s1"
        ? .answer(.failure("permission denied")) : nil
    }
    let unknown = try await silent.preview(request(), estimates: true)
    #expect(unknown.steps.map { $0.bytes == nil } == [true, false, false, false])
    #expect(unknown.bytes == nil)
    let without = world.program()
    #expect(try await without.preview(request()).bytes == nil)
    #expect(without.count("send", on: without.source) == 0)
  }

  @Test("A preview writes nothing anywhere, and is what the run then does")
  func preview() async throws {
    let world = try FakeWorld.with(["s1", "s2"], children: ["b"])
    let looking = world.program()
    let plan = try await looking.preview(request())
    #expect(looking.source.commands.allSatisfy { $0.arguments.first == "list" })
    #expect(looking.target.commands.allSatisfy { $0.arguments.first == "list" })
    #expect(world.records.runs.isEmpty)
    let program = world.program()
    try await program.run(request())
    let sent = program.source.commands.filter { $0.arguments.first == "send" }
    let received = program.target.commands.filter { $0.arguments.first == "receive" }
    #expect(sent == plan.steps.map(\.send))
    #expect(received == plan.steps.map(\.receive))
  }

  @Test("A preview that cannot look says why")
  func previewFails() async throws {
    let world = try FakeWorld.with(["s1"])
    let program = world.program()
    program.target.onCommand { _, _ in .unreachable(HostError(.hostKeyChanged, subject: "vault")) }
    await #expect(throws: RunFailure(code: "host_key.changed", subject: "vault")) {
      try await program.preview(request())
    }
  }

  @Test("The speed limit of the task goes to every stream")
  func limit() async throws {
    let world = try FakeWorld.with(["s1", "s2"])
    let program = world.program(bytesPerSecond: 1e9)
    let limit = SpeedLimit(bytesPerSecond: 1_000)
    let summary = try await program.run(
      request(), policy: RunPolicy(estimates: false), speed: SpeedDial(limit))
    #expect(program.link.limits == [limit, limit])
    #expect(summary.seconds >= Double(summary.sentBytes) / 1_000)
  }
}
