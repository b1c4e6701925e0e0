import ReplicationEngine
import ReplicationFakes
import ReplicationModel
import ReplicationPlanner
import Testing

@Suite("A run that is stopped")
struct CancelTests {
  enum Stage: String, CaseIterable { case started, planned, stepStarted, stream, stepFinished }

  func stop() { withUnsafeCurrentTask { $0?.cancel() } }

  @Test("At every stage it ends as cancelled, and the next run finishes", arguments: Stage.allCases)
  func stages(stage: Stage) async throws {
    let world = try FakeWorld.with(["s1", "s2"], children: ["b"])
    let program = world.program()
    if stage == .stream {
      program.link.onStream { _, _ in StreamFault(.cancel, at: 1_000) }
    }
    let run = Task {
      try await program.run(request(to: "bk/x/a")) { event in
        switch (stage, event) {
        case (.started, .started), (.planned, .planned), (.stepStarted, .stepStarted),
          (.stepFinished, .stepFinished):
          self.stop()
        default: break
        }
      }
    }
    let summary = try await run.value
    #expect(summary.outcome == .cancelled)
    #expect(summary.error?.code == "cancelled")
    #expect(program.link.streams <= 1)
    #expect(world.records.runs.first?.summary?.outcome == .cancelled)
    if stage == .started || stage == .planned {
      #expect(world.target.datasets(below: "bk") == ["bk"])
    }
    let next = world.program()
    #expect(try await next.run(request(to: "bk/x/a")).outcome == .done)
    #expect(world.isEqual("tank/a", "bk/x/a"))
    #expect(program.link.carried + next.link.carried < 26_500)
  }

  @Test("While it waits for the next attempt")
  func waiting() async throws {
    let world = try FakeWorld.with(["s1"])
    let program = world.program()
    program.target.goDown(seconds: 1e6)
    let summary = try await Task {
      try await program.run(request()) { event in if case .retry = event { self.stop() } }
    }.value
    #expect(summary.outcome == .cancelled)
    #expect(program.retries.count == 1)
  }
}
