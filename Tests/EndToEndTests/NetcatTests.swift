import Foundation
import Glibc
import Testing

/// Streams beside SSH, without encryption: a real sshd, and what this machine has to make connections.
@Suite struct NetcatTests {
  /// Where this side listens bash will do; where the other one does, one of these is there.
  static let sides = [
    ("LOCAL", true),
    (
      "REMOTE",
      ["nc", "socat", "ncat"].contains { tool in
        access("/usr/bin/\(tool)", X_OK) == 0
      }
    ),
  ].filter(\.1).map(\.0)

  func ground(_ side: String, pull: Bool = false, rate: Int? = nil, more: String = "") throws -> (
    Ground, Server
  ) {
    let ground = try Ground()
    try ground.worlds()
    let server = try ground.connect(to: pull ? ground.here : nil, rate: rate)
    try ground.task(
      "net",
      """
      direction: \(pull ? "PULL" : "PUSH")
      transport: SSH+NETCAT
      netcat_active_side: \(side)
      connection: vault
      source_datasets: [tank]
      target_dataset: backup/tank
      recursive: true
      \(pull ? "naming_schema" : "also_include_naming_schema"): ["auto-%Y-%m-%d_%H-%M"]
      auto: false
      retention_policy: NONE
      \(more)
      """)
    return (ground, server)
  }

  func isCopied(_ ground: Ground) throws -> Bool {
    try ground.guids(ground.vault, below: "backup/tank") == ground.guids(ground.here, below: "tank")
  }

  @Test(arguments: sides, [false, true])
  func `a copy over a connection of its own is the same, and plan and run warn of it`(
    side: String, pull: Bool
  ) throws {
    let (ground, _) = try ground(side, pull: pull)
    let setting = pull ? ["ZFS_SANDBOX": ground.vault] : [:]
    let plan = try ground.zferry("plan", "net", setting: setting)
    #expect(plan.output.contains("travel unencrypted (SSH+NETCAT)"), "\(plan.output)")
    let ended = try ground.zferry("run", "net", "--progress", "json", setting: setting)
    #expect(ended.status == 0, "\(ended.errors)")
    #expect(try isCopied(ground))
    let events = ended.output.split(separator: "\n").compactMap { try? json(String($0)) }
    #expect(events.last?["sent_bytes"] as? Int ?? 0 > 6_000_000, "\(events.last ?? [:])")
    #expect(events.contains { $0["code"] as? String == "unencrypted" }, "\(ended.output)")
    let again = try json(try ground.zferry("plan", "net", "--json", setting: setting).output)
    #expect(again["up_to_date"] as? Bool == true)
    #expect((again["warnings"] as? [Any] ?? []).isEmpty)
  }

  @Test(arguments: sides)
  func `a connection that is cut is made again, and the run goes on from what arrived`(side: String)
    throws
  {
    let (ground, server) = try ground(side)
    let run = try ground.start(
      ["run", "net", "--progress", "json"], setting: ["ZFS_SANDBOX_RATE": "4000000"])
    for _ in 0..<2_400 {
      usleep(25_000)
      let sent = run.printed.split(separator: "\n").compactMap {
        (try? json(String($0)))?["bytes"] as? Int
      }
      if sent.contains(where: { $0 >= 2_000_000 }) || !run.process.isRunning { break }
    }
    server.killSessions()
    let ended = run.wait()
    #expect(ended.status == 0, "\(ended.errors) \(ended.output)")
    #expect(ended.output.contains("\"event\":\"retry\""), "\(ended.output)")
    #expect(try isCopied(ground))
    #expect(ground.lines(of: ground.hereLog).contains { $0.contains("send") && $0.contains(" -t") })
  }

  @Test func `the doctor tries the connection, and tells what makes it`() throws {
    let (ground, _) = try ground("LOCAL", more: "netcat_active_side_listen_address: 127.0.0.1")
    let good = try ground.zferry("doctor", "net")
    #expect(
      good.output.contains("[ok] Connection for the data: by bash, this host listens; unencrypted"),
      "\(good.output)")
    try ground.task(
      "net",
      """
      direction: PUSH
      transport: SSH+NETCAT
      netcat_active_side: LOCAL
      netcat_active_side_listen_address: 127.0.0.1
      netcat_passive_side_connect_address: 127.0.0.9
      connection: vault
      source_datasets: [tank]
      target_dataset: backup/tank
      also_include_naming_schema: ["auto-%Y-%m-%d_%H-%M"]
      auto: false
      retention_policy: NONE
      retries: 1
      retry_minutes: 0
      """)
    let bad = try ground.zferry("doctor", "net", "--json")
    #expect(bad.output.contains("link.failed"), "\(bad.output)")
    let run = try ground.zferry("run", "net")
    #expect(run.status == 69 && run.errors.contains("efused"), "\(run.status) \(run.errors)")
  }
}
