import Foundation
import Testing

/// What is refused, with its exit code, its reason, and nothing changed on either side.
@Suite struct RefusalTests {
  func ground() throws -> Ground {
    let ground = try Ground()
    try ground.worlds()
    return ground
  }

  /// All names and GUIDs of a pretend host.
  func everything(_ ground: Ground, _ root: String) throws -> String {
    try ground.zfs(root, "list", "-Hp", "-t", "all", "-o", "name,guid,used")
  }

  @Test func `a destination with foreign data is refused and stays as it is`() throws {
    let ground = try ground()
    try ground.connect()
    try ground.zfs(ground.vault, "create", "backup/data")
    try Data(repeating: 7, count: 90_000).write(
      to: URL(filePath: "\(ground.vault)/mnt/backup/data/theirs"))
    try ground.pushTask(source: "tank/data", target: "backup/data")
    let before = try everything(ground, ground.vault)
    let run = try ground.zferry("run", "push")
    #expect(run.status == 73)
    #expect(run.errors.contains("backup/data"), "\(run.errors)")
    #expect(try everything(ground, ground.vault) == before)
    let plan = try ground.zferry("plan", "push", "--json")
    #expect(plan.status == 73)
    let conflicts = try json(plan.output)["conflicts"] as? [[String: Any]] ?? []
    #expect(conflicts.first?["code"] as? String == "target_has_foreign_data")
  }

  @Test func `a diverged destination is refused, with both sides left alone`() throws {
    let ground = try ground()
    try ground.connect()
    try ground.pushTask(source: "tank/data", target: "backup/data")
    #expect(try ground.zferry("run", "push").status == 0)
    try ground.zfs(ground.vault, "set", "readonly=off", "backup/data")
    try ground.zfs(ground.vault, "snapshot", "backup/data@theirs")
    try ground.zfs(ground.here, "snapshot", "tank/data@auto-2026-01-09_00-00")
    let run = try ground.zferry("run", "push")
    #expect(run.status == 73)
    #expect(try everything(ground, ground.vault).contains("backup/data@theirs"))
    let plan = try json(try ground.zferry("plan", "push", "--json").output)
    let conflict = (plan["conflicts"] as? [[String: Any]] ?? []).first
    #expect(conflict?["code"] as? String == "target_has_newer_snapshots")
    let timeline = conflict?["target_timeline"] as? [[String: Any]] ?? []
    #expect(timeline.last?["name"] as? String == "theirs")
  }

  @Test func `source and destination that overlap are refused, also over SSH to this machine`()
    throws
  {
    let ground = try ground()
    let path = "\(ground.folder)/inside.yaml"
    try """
    direction: PUSH
    transport: LOCAL
    source_datasets: [tank]
    target_dataset: tank/copy
    recursive: true
    also_include_naming_schema: ["auto-%Y-%m-%d_%H-%M"]
    auto: false
    retention_policy: NONE
    """.write(toFile: path, atomically: true, encoding: .utf8)
    let applied = try ground.zferry("task", "apply", path)
    #expect(applied.status == 65)
    #expect(applied.errors.contains("target_dataset"), "\(applied.errors)")

    try ground.connect(to: ground.here)
    try ground.pushTask(source: "tank", target: "tank/copy")
    let before = try everything(ground, ground.here)
    let run = try ground.zferry("run", "push")
    #expect(run.status == 73, "\(run.errors)")
    #expect(try everything(ground, ground.here) == before)
  }

  @Test func `where nothing is to go, prune says so, and its dry run removes nothing`() throws {
    let ground = try ground()
    try ground.connect()
    try ground.pushTask()
    #expect(try ground.zferry("run", "push").status == 0)
    let before = try (everything(ground, ground.here), everything(ground, ground.vault))
    let nothing = try ground.zferry("prune", "push")
    #expect(nothing.status == 0 && nothing.output.contains("nothing is to go"), "\(nothing)")
    #expect(try ground.zferry("prune", "push", "--days", "3").status == 64)
    #expect(try ground.zferry("prune", "push", "--read-only", "--yes").status == 73)
    let told = try ground.zferry("prune", "push", "--dry-run", "--days", "30")
    #expect(told.status == 0 && told.output.contains("Nothing was removed"), "\(told.output)")
    let dry = try ground.zferry("prune", "push", "--dry-run", "--json", "--outage", "3")
    #expect(dry.status == 0, "\(dry.errors)")
    let datasets = try json(dry.output)["datasets"] as? [[String: Any]] ?? []
    let first = try #require(datasets.first)
    #expect((first["source_holds"] as? [[String: Any]])?.isEmpty == false)
    let outage = try #require(first["outage"] as? [String: Any])
    #expect(outage["days"] as? Int == 3 && outage["survives"] as? Bool == true)
    #expect(try ground.zferry("prune", "push", "--dry-run", "--on", "2020-01-01").status == 64)
    #expect(try ground.zferry("prune", "gone", "--dry-run").status == 65)
    #expect(try everything(ground, ground.here) == before.0)
    #expect(try everything(ground, ground.vault) == before.1)
  }

  @Test func `a source that is not there is refused by name`() throws {
    let ground = try ground()
    try ground.connect()
    try ground.pushTask(source: "tank/gone", target: "backup/gone")
    let run = try ground.zferry("run", "push")
    #expect(run.status == 73)
    #expect(run.errors.contains("tank/gone"), "\(run.errors)")
  }

  @Test func `a destination pool that is not there is refused by name`() throws {
    let ground = try ground()
    try ground.connect()
    try ground.pushTask(target: "attic/tank")
    let run = try ground.zferry("run", "push")
    #expect(run.status == 73)
    #expect(run.errors.contains("attic"), "\(run.errors)")
  }

  @Test func `a task file without a destination names the field, and nothing is saved`() throws {
    let ground = try ground()
    let path = "\(ground.folder)/half.yaml"
    try "direction: PUSH\ntransport: LOCAL\nsource_datasets: [tank]\nnonsense: 1\n".write(
      toFile: path, atomically: true, encoding: .utf8)
    let applied = try ground.zferry("task", "apply", path, "--json")
    #expect(applied.status == 65)
    let findings = try json(applied.output)["findings"] as? [[String: Any]] ?? []
    #expect(findings.contains { $0["field"] as? String == "nonsense" }, "\(applied.output)")
    #expect(try ground.zferry("task", "list").output.isEmpty)
  }

  @Test func `a port where nothing listens is told with host, port and next step`() throws {
    let ground = try ground()
    let server = try ground.connect()
    try ground.pushTask()
    server.stop()
    let plan = try ground.zferry("plan", "push")
    #expect(plan.status == 69)
    #expect(plan.errors.contains("[ECONNREFUSED] 127.0.0.1, port \(server.port)"), "\(plan.errors)")
  }

  @Test func `a host key that changed stops everything and shows both fingerprints`() throws {
    let ground = try ground()
    let server = try ground.connect()
    try ground.pushTask()
    server.stop()
    for suffix in ["", ".pub"] {
      try FileManager.default.removeItem(atPath: "\(ground.folder)/host_key\(suffix)")
      try FileManager.default.moveItem(
        atPath: "\(ground.folder)/other_key\(suffix)", toPath: "\(ground.folder)/host_key\(suffix)")
    }
    let config = "\(ground.folder)/sshd_config"
    #expect(FileManager.default.fileExists(atPath: config))
    let other = try Server(ground, keeping: server)
    let before = try everything(ground, ground.vault)
    let run = try ground.zferry("run", "push")
    #expect(run.status == 69)
    #expect(
      run.errors.contains(server.fingerprint) && run.errors.contains("SHA256:"), "\(run.errors)")
    #expect(
      run.errors.components(separatedBy: "SHA256:").count >= 3, "both are shown: \(run.errors)")
    #expect(try everything(ground, ground.vault) == before)
    other.stop()
  }

  @Test func `without zfs the package is named, and the practice ground`() throws {
    let ground = try ground()
    guard
      !["/usr/sbin/zfs", "/sbin/zfs", "/usr/local/sbin/zfs"].contains(
        where: FileManager.default.isExecutableFile(atPath:))
    else { return }
    try ground.localTask(target: "second/tank")
    let plan = try ground.zferry("plan", "local", setting: ["PATH": "/usr/bin:/bin"])
    #expect(plan.status == 69)
    #expect(plan.errors.contains("zfsutils-linux") && plan.errors.contains("zferry demo"))
  }

  @Test func `the screens need a terminal, and say so`() throws {
    let ground = try ground()
    let ended = try ground.zferry()
    #expect(ended.status == 64)
    #expect(ended.errors.contains("terminal"), "\(ended.errors)")
  }

  @Test func `--read-only changes nothing, before or behind the command`() throws {
    let ground = try ground()
    try ground.zfs(ground.here, "create", "second", tool: "zpool")
    try ground.localTask(target: "second/tank")
    #expect(try ground.zferry("--read-only", "run", "local").status == 73)
    #expect(try ground.zferry("task", "delete", "local", "--read-only").status == 73)
    #expect(try ground.zferry("--read-only", "plan", "local").status == 0)
    #expect(try ground.zferry("run", "local", "--dry-run", "--read-only").status == 0)
    #expect(try !everything(ground, ground.here).contains("second/tank"))
  }
}
