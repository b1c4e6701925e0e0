import Foundation
import Glibc
import Testing

/// Runs that are cut: the next one finishes, and sends nothing again that had arrived.
@Suite struct InterruptionTests {
  /// A run that goes on for some seconds.
  func slow() throws -> (Ground, Server) {
    let ground = try Ground()
    try ground.worlds()
    let server = try ground.connect()
    try ground.pushTask()
    return (ground, server)
  }

  /// Starts the task and waits until about this many bytes were sent.
  func started(_ ground: Ground, bytes: Int = 2_000_000) throws -> Programs.Started {
    let run = try ground.start(
      ["run", "push", "--progress", "json"], setting: ["ZFS_SANDBOX_RATE": "4000000"])
    try ground.wait {
      let sent = run.printed.split(separator: "\n").compactMap {
        (try? json(String($0)))?["bytes"] as? Int
      }
      return sent.contains { $0 >= bytes } || !run.process.isRunning
    }
    return run
  }

  @Test func `after kill -9 the next run resumes, and finishes`() throws {
    let (ground, _) = try slow()
    let run = try started(ground)
    run.signal(SIGKILL)
    #expect(run.wait().status == -1)
    // sshd's child notices the end of the link, and the receiver keeps what it has.
    try ground.wait { try ground.stepKinds().contains("resume") }
    let history = try ground.zferry("history", "push")
    #expect(history.output.contains("killed"), "\(history.output)")
    let log = try ground.zferry("history", "push", "1")
    #expect(log.status == 0 && log.output.contains("run of push started"), "\(log.output)")
    #expect(log.output.contains("step 1 of"), "\(log.output)")
    #expect(try ground.zferry("history", "push", "99").status != 0)
    let second = try ground.zferry("run", "push")
    #expect(second.status == 0, "\(second.errors)")
    #expect(
      try ground.guids(ground.vault, below: "backup/tank")
        == ground.guids(ground.here, below: "tank"))
  }

  @Test func `Ctrl-C ends a run in order with 130`() throws {
    let (ground, _) = try slow()
    let run = try started(ground, bytes: 500_000)
    run.signal(SIGINT)
    let ended = run.wait()
    #expect(ended.status == 130, "\(ended.errors)")
    let last = try json(ended.output.split(separator: "\n").last.map(String.init) ?? "")
    #expect(last["event"] as? String == "run_finished")
    #expect(last["outcome"] as? String == "cancelled")
    #expect(try ground.zferry("run", "push").status == 0)
    #expect(
      try ground.guids(ground.vault, below: "backup/tank")
        == ground.guids(ground.here, below: "tank"))
  }

  @Test func `a second run at the same time is refused with 75`() throws {
    let (ground, _) = try slow()
    let run = try started(ground, bytes: 200_000)
    let second = try ground.zferry("run", "push")
    #expect(second.status == 75, "\(second.errors)")
    let status = try json(try ground.zferry("status", "push", "--json").output)
    let rows = status["tasks"] as? [[String: Any]] ?? []
    #expect(rows.first?["state"] as? String == "RUNNING")
    #expect(run.wait().status == 0)
  }

  @Test func `a link that is cut is tried again, and the run finishes by itself`() throws {
    let (ground, server) = try slow()
    let run = try started(ground)
    server.killSessions()
    let ended = run.wait()
    #expect(ended.status == 0, "\(ended.errors) \(ended.output)")
    let events = ended.output.split(separator: "\n").compactMap { try? json(String($0)) }
    #expect(events.contains { $0["event"] as? String == "retry" })
    #expect(
      try ground.guids(ground.vault, below: "backup/tank")
        == ground.guids(ground.here, below: "tank"))
  }
}
