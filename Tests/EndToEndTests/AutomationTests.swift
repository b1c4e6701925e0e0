import Foundation
import Testing

/// What happens by itself: retention where nobody copies, runs after a crash, and two runs at once.
@Suite struct AutomationTests {
  private func name(_ days: Double) -> String {
    let format = DateFormatter()
    format.locale = Locale(identifier: "en_US_POSIX")
    format.timeZone = TimeZone(identifier: "UTC")
    format.dateFormat = "'auto-'yyyy-MM-dd_HH-mm"
    return format.string(from: Date(timeIntervalSinceNow: -days * 86_400))
  }

  private func names(_ ground: Ground, _ dataset: String) throws -> [String] {
    try ground.zfs(ground.here, "list", "-H", "-d", "1", "-t", "snapshot", "-o", "name", dataset)
      .split(separator: "\n").map { String($0.split(separator: "@")[1]) }
  }

  @Test func `what no task copies is pruned by its lifetime, and a tick does it`() throws {
    let ground = try Ground()
    try ground.zfs(ground.here, "create", "tank", tool: "zpool")
    try ground.zfs(ground.here, "create", "tank/data")
    let old = [20, 19, 18].map { name($0) }
    let young = [2, 1.5, 1, 0.5].map { name($0) }
    for name in old + young { try ground.zfs(ground.here, "snapshot", "tank/data@\(name)") }
    try ground.zfs(ground.here, "hold", "mine", "tank/data@\(old[1])")
    try ground.snapshotTask(
      "minutely",
      "dataset: tank/data\nlifetime_value: 1\nlifetime_unit: WEEK\nschedule: {minute: \"*\"}")
    let dry = try json(
      try ground.zferry("snapshot-task", "prune", "minutely", "--dry-run", "--json").output)
    let listed = (dry["destroys"] as? [[String: Any]])?.compactMap { $0["name"] as? String }
    #expect(listed == [old[0], old[2]], "\(dry)")
    #expect(try names(ground, "tank/data") == old + young)
    let unasked = try ground.zferry("snapshot-task", "prune", "minutely", input: "")
    #expect(unasked.status == 73 && unasked.errors.contains("--yes"))

    // A task whose file cannot be read may copy it.
    try FileManager.default.createDirectory(
      atPath: "\(ground.config)/tasks", withIntermediateDirectories: true)
    try "][".write(
      toFile: "\(ground.config)/tasks/bad.yaml", atomically: true, encoding: .utf8)
    #expect(try ground.zferry("snapshot-task", "prune", "minutely", "--yes").status == 65)
    try FileManager.default.removeItem(atPath: "\(ground.config)/tasks/bad.yaml")

    let tick = try ground.zferry("tick")
    #expect(tick.status == 0, "\(tick.errors)")
    #expect(tick.output.contains("2 old snapshots of tank/data let go"), "\(tick.output)")
    let left = try names(ground, "tank/data")
    #expect(left.contains(old[1]) && !left.contains(old[0]) && !left.contains(old[2]))
    #expect(try ground.zferry("history", "minutely").output.contains("2 old snapshots"))
    let again = try ground.zferry("snapshot-task", "prune", "minutely", "--yes")
    #expect(again.status == 0 && again.output.contains("nothing is to go"), "\(again)")
  }

  @Test func `more than half is refused, and told once`() throws {
    let ground = try Ground()
    try ground.zfs(ground.here, "create", "tank", tool: "zpool")
    let all = [20, 19, 18, 17, 1].map { name($0) }
    for name in all { try ground.zfs(ground.here, "snapshot", "tank@\(name)") }
    try ground.snapshotTask(
      "yearly",
      "dataset: tank\nlifetime_value: 1\nlifetime_unit: WEEK\nschedule: {minute: \"*\"}")
    let refused = try ground.zferry("snapshot-task", "prune", "yearly", "--yes")
    #expect(refused.status == 73, "\(refused)")
    #expect(try names(ground, "tank") == all)
    let many = try ground.zferry("snapshot-task", "prune", "yearly", "--yes-many")
    #expect(many.status == 0, "\(many.errors)")
    #expect(try names(ground, "tank") == [all[4]])
  }

  @Test func `a run that was killed is run once again by the next tick`() throws {
    let ground = try Ground()
    try ground.worlds()
    try ground.connect()
    try ground.task(
      "push",
      """
      direction: PUSH
      transport: SSH
      connection: vault
      source_datasets: [tank]
      target_dataset: backup/tank
      recursive: true
      also_include_naming_schema: ["auto-%Y-%m-%d_%H-%M"]
      auto: true
      schedule: {minute: "0", hour: "0", dom: "1", month: "1"}
      retention_policy: NONE
      """)
    #expect(try ground.zferry("tick").output.isEmpty)
    let run = try ground.start(["run", "push"], setting: ["ZFS_SANDBOX_RATE": "500000"])
    try ground.wait {
      let row = try TickTests.row(ground)
      return ((row["progress"] as? [String: Any])?["bytes"] as? Int ?? 0) > 100_000
    }
    run.signal(SIGKILL)
    _ = run.wait()
    let tick = try ground.zferry("tick")
    #expect(tick.status == 0, "\(tick.errors)")
    #expect(tick.output.contains("was killed, so it is run once again"), "\(tick.output)")
    #expect(
      try ground.guids(ground.vault, below: "backup/tank")
        == ground.guids(ground.here, below: "tank"))
    let log = try ground.zferry("history", "push", "--log").output
    #expect(log.contains("run #2 makes up for it") && log.contains("makes up for run #1"))
    #expect(try ground.zferry("tick").output.isEmpty)
  }

  @Test func `must_not_B8: of two runs that begin in one instant on one tree, one is refused`()
    throws
  {
    let ground = try Ground()
    try ground.worlds()
    try ground.zfs(ground.here, "create", "second", tool: "zpool")
    try ground.localTask("one", source: "tank/data", target: "second/x")
    try ground.localTask("two", source: "tank/home", target: "second/x")
    for round in 0..<4 {
      let both = try ["one", "two"].map {
        try ground.start(["run", $0], setting: ["ZFS_SANDBOX_RATE": "3000000"])
      }
      let ended = both.map { $0.wait() }
      // The second finds the first at work, or comes when that one has ended.
      let statuses = ended.map(\.status)
      #expect(statuses.contains(0) || statuses.contains(73), "\(round): \(ended)")
      #expect(!ended.contains { $0.errors.contains("busy") && !$0.errors.contains("[EBUSY]") })
      if statuses.contains(75) {
        #expect(ended.contains { $0.errors.contains("at work on the same datasets") })
      }
    }
  }

  @Test func `tasks go out to TrueNAS' form and come back, and syncoid lines become tasks`() throws
  {
    let ground = try Ground()
    try ground.worlds()
    try ground.connect()
    try ground.snapshotTask("hourly", "dataset: tank/data\nrecursive: true")
    try ground.task(
      "offsite",
      """
      direction: PUSH
      transport: SSH
      connection: vault
      source_datasets: [tank/data]
      target_dataset: backup/data
      recursive: true
      periodic_snapshot_tasks: [hourly]
      retention_policy: CUSTOM
      lifetime_value: 2
      lifetime_unit: WEEK
      retry_minutes: 7
      """)
    let path = "\(ground.folder)/truenas.json"
    let out = try ground.zferry("task", "export", "offsite", "--truenas", "--to", path)
    #expect(out.status == 0 && out.errors.contains("retry_minutes"), "\(out)")
    #expect(try ground.zferry("task", "import", path).status == 65)
    let dry = try ground.zferry("task", "import", path, "--name", "back", "--dry-run")
    #expect(dry.status == 0 && dry.output.contains("# tasks/back.yaml"), "\(dry)")
    #expect(try ground.zferry("task", "show", "back").status == 65)
    #expect(try ground.zferry("task", "import", path, "--name", "back").status == 0)
    let (back, first) = (
      try ground.zferry("task", "show", "back").output,
      try ground.zferry("task", "show", "offsite").output
    )
    #expect(back == first.replacingOccurrences(of: "retry_minutes: 7\n", with: ""))
    let line =
      "15 2 * * * root syncoid -r --no-sync-snap --identifier=x tank/home root@vault:backup/h\n"
    let syncoid = try ground.zferry("task", "import", "-", "--from", "syncoid", input: line)
    #expect(syncoid.status == 0, "\(syncoid)")
    #expect(syncoid.errors.contains("[!] line 1.identifier"), "\(syncoid.errors)")
    let plan = try ground.zferry("plan", "tank-home-backup-h")
    #expect(plan.status == 0 && plan.output.contains("backup/h"), "\(plan.errors)")
    let nobody = try ground.zferry(
      "task", "import", "-", input: line.replacingOccurrences(of: "vault", with: "attic"))
    #expect(nobody.status == 65 && nobody.errors.contains("connection"), "\(nobody.errors)")
  }
}
