import Foundation
import Testing

/// Letting go, with the shipped program, a real sshd and the sandbox's `zfs` on both sides.
@Suite struct RetentionTests {
  private let policy = "retention_policy: CUSTOM\nlifetime_value: 1\nlifetime_unit: WEEK"

  private func name(daysAgo days: Int) -> String {
    let format = DateFormatter()
    format.locale = Locale(identifier: "en_US_POSIX")
    format.timeZone = TimeZone(identifier: "UTC")
    format.dateFormat = "'auto-'yyyy-MM-dd_HH-mm"
    return format.string(from: Date(timeIntervalSinceNow: Double(-days) * 86_400))
  }

  private func task(_ ground: Ground, _ retention: String, more: String = "") throws {
    try ground.task(
      "push",
      """
      direction: PUSH
      transport: SSH
      connection: vault
      source_datasets: [tank/data]
      target_dataset: backup/data
      recursive: true
      also_include_naming_schema: ["auto-%Y-%m-%d_%H-%M"]
      auto: false
      \(retention)\(more)
      """)
  }

  private func names(_ ground: Ground, _ root: String, _ dataset: String) throws -> [String] {
    try ground.zfs(root, "list", "-H", "-d", "1", "-t", "snapshot", "-o", "name", dataset)
      .split(separator: "\n").map { String($0.split(separator: "@")[1]) }
  }

  /// Six snapshots on both sides, of which the policy lets three go.
  private func copied() throws -> (Ground, [String]) {
    let ground = try Ground()
    try ground.zfs(ground.here, "create", "tank", tool: "zpool")
    try ground.zfs(ground.vault, "create", "backup", tool: "zpool")
    try ground.zfs(ground.here, "create", "tank/data")
    let all = [20, 19, 18, 3, 2, 1].map(name(daysAgo:))
    for name in all { try ground.zfs(ground.here, "snapshot", "tank/data@\(name)") }
    try ground.connect()
    try task(ground, "retention_policy: NONE")
    let first = try ground.zferry("run", "push")
    guard first.status == 0 else { throw Trouble(text: first.errors) }
    try task(ground, policy)
    return (ground, all)
  }

  @Test func `a run lets old snapshots of the copy go, keeps the base, and goes on from it`() throws
  {
    let (ground, all) = try copied()
    try ground.zfs(ground.vault, "hold", "mine", "backup/data@\(all[1])")
    let plan = try json(try ground.zferry("plan", "push", "--json").output)
    let listed = plan["destroys"] as? [String] ?? []
    #expect(listed == [all[0], all[2]].map { "backup/data@\($0)" })
    let run = try ground.zferry("run", "push", "--progress", "json")
    #expect(run.status == 0, "\(run.errors)")
    let events = try run.output.split(separator: "\n").map { try json(String($0)) }
    let gone = events.filter { $0["event"] as? String == "pruned" }
      .flatMap { $0["names"] as? [String] ?? [] }
    #expect(gone == [all[0], all[2]])
    #expect(events.last?["destroyed"] as? Int == 2)
    #expect(try names(ground, ground.vault, "backup/data") == [all[1]] + all.suffix(3))
    #expect(try names(ground, ground.here, "tank/data") == all)

    let new = name(daysAgo: 0)
    try ground.zfs(ground.here, "snapshot", "tank/data@\(new)")
    let next = try json(try ground.zferry("plan", "push", "--json").output)
    let steps = next["steps"] as? [[String: Any]] ?? []
    #expect(steps.map { $0["kind"] as? String } == ["incremental"])
    #expect(try ground.zferry("run", "push").status == 0)
    #expect(try names(ground, ground.vault, "backup/data").last == new)
  }

  @Test func `prune shows what goes, and asks before it does`() throws {
    let (ground, all) = try copied()
    let before = try names(ground, ground.vault, "backup/data")
    let dry = try ground.zferry("prune", "push", "--dry-run")
    #expect(dry.status == 0 && dry.output.contains("destroy 3 snapshots of backup/data"), "\(dry)")
    let unasked = try ground.zferry("prune", "push", input: "")
    #expect(unasked.status == 73 && unasked.errors.contains("--yes"), "\(unasked.errors)")
    #expect(try names(ground, ground.vault, "backup/data") == before)
    let done = try ground.zferry("prune", "push", "--yes", "--json")
    #expect(done.status == 0, "\(done.errors)")
    let told = try json(done.output)
    #expect(
      (told["destroyed"] as? [[String: Any]])?.compactMap { $0["name"] as? String }
        == Array(all.prefix(3)))
    #expect(try names(ground, ground.vault, "backup/data") == Array(all.suffix(3)))
    let history = try ground.zferry("history", "push")
    #expect(history.output.contains("pruned"), "\(history.output)")
    let status = try json(try ground.zferry("status", "push", "--json").output)
    let tasks = status["tasks"] as? [[String: Any]] ?? []
    #expect(tasks.first?["state"] as? String == "FINISHED")
  }

  @Test func `a source that lost its history takes none from the copy, unless that is accepted`()
    throws
  {
    let (ground, all) = try copied()
    try task(ground, "retention_policy: SOURCE")
    for name in all.prefix(5) { try ground.zfs(ground.here, "destroy", "tank/data@\(name)") }
    let run = try ground.zferry("run", "push")
    #expect(run.status == 2 && run.errors.contains("more than half"), "\(run.errors)")
    #expect(try names(ground, ground.vault, "backup/data") == all)
    #expect(try ground.zferry("prune", "push", "--yes").status == 73)
    #expect(try names(ground, ground.vault, "backup/data") == all)
    #expect(try ground.zferry("prune", "push", "--yes-many").status == 0)
    #expect(try names(ground, ground.vault, "backup/data") == [all[5]])
  }
}
