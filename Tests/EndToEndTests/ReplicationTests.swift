import Foundation
import Glibc
import Loopback
import Testing

/// The shipped program over a real sshd, with the sandbox's `zfs` on both sides.
@Suite struct ReplicationTests {
  @Test func `a push sends all, then what is new, then nothing`() throws {
    let ground = try Ground()
    try ground.worlds()
    try ground.connect()
    try ground.pushTask()
    let first = try ground.zferry("run", "push")
    #expect(first.status == 0, "\(first.errors)")
    #expect(
      try ground.guids(ground.vault, below: "backup/tank")
        == ground.guids(ground.here, below: "tank"))

    try ground.zfs(ground.here, "snapshot", "-r", "tank@auto-2026-01-09_00-00")
    let plan = try json(try ground.zferry("plan", "push", "--json").output)
    let steps = plan["steps"] as? [[String: Any]] ?? []
    #expect(steps.count == 7 && steps.allSatisfy { $0["kind"] as? String == "incremental" })
    #expect(plan["up_to_date"] as? Bool == false)
    #expect(try ground.zferry("run", "push").status == 0)
    #expect(
      try ground.guids(ground.vault, below: "backup/tank")
        == ground.guids(ground.here, below: "tank"))

    let after = try json(try ground.zferry("plan", "push", "--json").output)
    #expect(after["up_to_date"] as? Bool == true)
    #expect((after["destroys"] as? [Any])?.isEmpty == true)
    let nothing = try ground.zferry("run", "push")
    #expect(nothing.status == 0 && nothing.output.contains("nothing to send"))
    #expect(
      try ground.zfs(ground.vault, "get", "-H", "-o", "value", "readonly", "backup/tank/data")
        == "on\n")
  }

  @Test func `a pull fetches what the schema selects`() throws {
    let ground = try Ground()
    try ground.worlds()
    try ground.connect(to: ground.here)
    try ground.pullTask()
    try ground.zfs(ground.here, "snapshot", "-r", "tank/home@by-hand")
    let run = try ground.zferry("run", "pull", setting: ["ZFS_SANDBOX": ground.vault])
    #expect(run.status == 0, "\(run.errors)")
    #expect(
      try ground.guids(ground.vault, below: "backup/home")
        == ground.guids(ground.here, below: "tank/home").filter { !$0.contains("by-hand") })
  }

  @Test(arguments: ["PUSH", "PULL"])
  func `a limit holds a run back`(direction: String) throws {
    let ground = try Ground()
    try ground.worlds()
    try ground.connect(to: direction == "PUSH" ? nil : ground.here)
    try ground.task(
      "slow",
      """
      direction: \(direction)
      transport: SSH
      connection: vault
      source_datasets: [tank/home/bob]
      target_dataset: backup/bob
      recursive: false
      \(direction == "PUSH" ? "also_include_naming_schema" : "naming_schema"): ["auto-%Y-%m-%d_%H-%M"]
      auto: false
      retention_policy: NONE
      speed_limit: 1500000
      """)
    let ended = try ground.zferry(
      "run", "slow", "--progress", "json",
      setting: direction == "PUSH" ? [:] : ["ZFS_SANDBOX": ground.vault])
    #expect(ended.status == 0, "\(ended.errors)")
    let last = try json(String(ended.output.split(separator: "\n").last ?? ""))
    let sent = try #require(last["sent_bytes"] as? Int)
    #expect(sent > 3_000_000)
    // The kernel's pipes may hold a little of it at the end; nothing is faster than the limit otherwise.
    #expect(try #require(last["seconds"] as? Double) > Double(sent) / 1_500_000 * 0.8)
  }

  @Test func `a run takes over the limit that another terminal gives it`() throws {
    let ground = try Ground()
    try ground.worlds()
    try ground.connect()
    try ground.task(
      "slow",
      """
      direction: PUSH
      transport: SSH
      connection: vault
      source_datasets: [tank/home/bob]
      target_dataset: backup/bob
      recursive: false
      also_include_naming_schema: ["auto-%Y-%m-%d_%H-%M"]
      auto: false
      retention_policy: NONE
      bandwidth: [{begin: "00:00", end: "12:00", limit: 40K}, {begin: "12:00", end: "00:00", limit: 40K}]
      """)
    #expect(try ground.zferry("limit", "slow", "5M").status == 75)
    #expect(try ground.zferry("limit", "nobody", "5M").status == 65)
    #expect(try ground.zferry("limit", "slow", "5").status == 64)
    let run = try ground.start(["run", "slow", "--progress", "json"])
    holdOn { run.printed.contains("progress") }
    let limited = try ground.zferry("limit", "slow", "none")
    #expect(limited.status == 0 && limited.output.contains("slow"), "\(limited.errors)")
    let ended = run.wait()
    #expect(ended.status == 0, "\(ended.errors)")
    let last = try json(String(ended.output.split(separator: "\n").last ?? ""))
    // With its own limit it would have taken more than a minute.
    let sent = try #require(last["sent_bytes"] as? Int)
    #expect(sent > 3_000_000)
    #expect(try #require(last["seconds"] as? Double) < Double(sent) / 40_960 / 2)
  }

  @Test func `a run tells each event as a line of JSON and nothing else`() throws {
    let ground = try Ground()
    try ground.worlds()
    try ground.zfs(ground.here, "create", "second", tool: "zpool")
    try ground.localTask(source: "tank/data", target: "second/data")
    let run = try ground.zferry("run", "local", "--progress", "json")
    #expect(run.status == 0, "\(run.errors)")
    let events = try run.output.split(separator: "\n").map { try json(String($0)) }
    let names = events.compactMap { $0["event"] as? String }
    #expect(names.first == "run_started" && names.last == "run_finished")
    #expect(names.contains("step_started") && names.contains("step_finished"))
    #expect(events.allSatisfy { ($0["time"] as? String)?.hasSuffix("Z") == true })
    let end = events.last ?? [:]
    #expect(end["outcome"] as? String == "done")
    #expect((end["sent_bytes"] as? Int ?? 0) > 6_000_000)
    #expect(end["snapshots"] as? Int == 3)
    #expect(end["error"] is NSNull)
  }

  @Test
  func `a run with nothing to do uses two zfs processes a side and one login, for 50 datasets`()
    throws
  {
    let ground = try Ground()
    try ground.zfs(ground.here, "create", "tank", tool: "zpool")
    try ground.zfs(ground.vault, "create", "backup", tool: "zpool")
    for index in 0..<49 { try ground.zfs(ground.here, "create", "tank/d\(index)") }
    try ground.zfs(ground.here, "snapshot", "-r", "tank@auto-2026-01-01_00-00")
    let server = try ground.connect()
    try ground.pushTask()
    #expect(try ground.zferry("run", "push").status == 0)

    for log in [ground.hereLog, ground.vaultLog] { try Data().write(to: URL(filePath: log)) }
    let logins = server.logins
    let run = try ground.zferry("run", "push")
    #expect(run.status == 0 && run.output.contains("nothing to send"))
    #expect(ground.lines(of: ground.hereLog).count <= 2, "\(ground.lines(of: ground.hereLog))")
    #expect(ground.lines(of: ground.vaultLog).count <= 2, "\(ground.lines(of: ground.vaultLog))")
    #expect(server.logins - logins == 1)
  }

  @Test func `a dataset whose name is hostile arrives under the same name`() throws {
    let ground = try Ground()
    try ground.worlds()
    try ground.zfs(ground.here, "create", "tank/data/a b:c-d_e.f")
    try ground.zfs(ground.here, "snapshot", "-r", "tank/data@auto-2026-01-09_00-00")
    try ground.connect()
    try ground.pushTask(source: "tank/data", target: "backup/data")
    let run = try ground.zferry("run", "push")
    #expect(run.status == 0, "\(run.errors)")
    #expect(
      try ground.guids(ground.vault, below: "backup/data")
        == ground.guids(ground.here, below: "tank/data"))
  }

  @Test func `the demo without a terminal replicates and compares`() throws {
    let ground = try Ground()
    let demo = try ground.zferry("demo", "--headless", setting: ["TMPDIR": ground.folder])
    #expect(demo.status == 0, "\(demo.errors)")
    #expect(demo.output.contains("all 24 snapshots are on vault, with the same GUIDs"))
    #expect(demo.output.contains("What to try next"))
  }
}
