import Foundation
import Testing

/// Runs over many datasets: several at a time, and some of them in need of a decision.
@Suite struct ManyDatasetsTests {
  @Test func `several datasets go at a time, and share the limit`() throws {
    let ground = try Ground()
    try ground.worlds()
    try ground.connect()
    try ground.task("push", Ground.push(more: "parallel: 4\nspeed_limit: 3000000"))
    let run = try ground.zferry("run", "push", "--progress", "json")
    #expect(run.status == 0, "\(run.errors)")
    #expect(
      try ground.guids(ground.vault, below: "backup/tank")
        == ground.guids(ground.here, below: "tank").filter { $0.contains("@auto-") })
    let events = try run.output.split(separator: "\n").map { try json(String($0)) }
    var (open, most) = (Set<Int>(), 0)
    for event in events {
      guard let step = event["step"] as? Int else { continue }
      switch event["event"] as? String {
      case "step_started": open.insert(step)
      case "step_finished", "step_failed": #expect(open.remove(step) != nil)
      default: break
      }
      most = max(most, open.count)
    }
    #expect(open.isEmpty && most > 1 && most <= 4)
    let last = try #require(events.last)
    let sent = try #require(last["sent_bytes"] as? Int)
    #expect(sent > 3_000_000)
    // A second of silence may be made up for, and the pipes hold a little.
    #expect(
      try #require(last["seconds"] as? Double) > Double(sent - 3_000_000) / 3_000_000 * 0.8)
  }

  @Test func `each stream of several may have connections of its own`() throws {
    let ground = try Ground()
    try ground.worlds()
    let server = try ground.connect()
    try ground.task("push", Ground.push(more: "parallel: 3\nstreams: 2"))
    let run = try ground.zferry("run", "push")
    #expect(run.status == 0, "\(run.errors)")
    #expect(
      try ground.guids(ground.vault, below: "backup/tank")
        == ground.guids(ground.here, below: "tank").filter { $0.contains("@auto-") })
    #expect(server.logins > 1)
    let bad = "\(ground.folder)/bad.yaml"
    try Ground.push(more: "parallel: 17\nstreams: 0").write(
      toFile: bad, atomically: true, encoding: .utf8)
    let refused = try ground.zferry("task", "apply", bad)
    #expect(refused.status == 65)
    for field in ["parallel", "streams"] { #expect(refused.errors.contains(field)) }
  }

  @Test func `SKIP leaves what needs a decision, sends the others, and ends with 2`() throws {
    let ground = try Ground()
    try ground.worlds()
    try ground.connect()
    try ground.task("push", Ground.push(more: "conflict: SKIP"))
    #expect(try ground.zferry("run", "push").status == 0)
    try ground.zfs(ground.vault, "snapshot", "backup/tank/home@theirs")
    try ground.zfs(ground.here, "snapshot", "-r", "tank@auto-2026-01-09_00-00")
    let before = try ground.guids(ground.vault, below: "backup/tank/home")

    let looked = try ground.zferry("plan", "push", "--json")
    #expect(looked.status == 2)
    let plan = try json(looked.output)
    #expect((plan["conflicts"] as? [Any])?.isEmpty == true)
    let left = plan["left_out"] as? [[String: Any]] ?? []
    #expect(left.compactMap { $0["target"] as? String } == ["backup/tank/home"])
    #expect(plan["up_to_date"] as? Bool == false)
    #expect((plan["destroys"] as? [Any])?.isEmpty == true)

    let run = try ground.zferry("run", "push")
    #expect(run.status == 2, "\(run)")
    #expect(run.errors.contains("backup/tank/home needs a decision"), "\(run.errors)")
    #expect(try ground.guids(ground.vault, below: "backup/tank/home") == before)
    let arrived = try ground.guids(ground.vault, below: "backup/tank")
    #expect(arrived.contains { $0.hasPrefix("/data@auto-2026-01-09_00-00") })
    #expect(try ground.zferry("conflicts", "push").status == 73)

    // Once it is decided about, all of it arrives.
    let resolved = try ground.zferry(
      "resolve", "push", "backup/tank/home", "--by", "rollback", "--yes")
    #expect(resolved.status == 0, "\(resolved)")
    #expect(try ground.zferry("run", "push").status == 0)
    #expect(
      try ground.guids(ground.vault, below: "backup/tank/home").contains {
        $0.hasPrefix("@auto-2026-01-09_00-00")
      })
  }
}
