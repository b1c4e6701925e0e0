import Foundation
import Testing

/// `conflicts`, `resolve` and `restore` of the shipped program, over a real sshd.
@Suite struct RecoveryTests {
  /// All of `tank/data` on vault, and then a way of its own since the base.
  func diverged() throws -> Ground {
    let ground = try Ground()
    try ground.worlds()
    try ground.connect()
    try ground.pushTask(source: "tank/data", target: "backup/data")
    let run = try ground.zferry("run", "push")
    guard run.status == 0 else { throw Trouble(text: run.errors) }
    try ground.zfs(ground.vault, "snapshot", "backup/data@theirs1")
    try ground.zfs(ground.vault, "snapshot", "backup/data@theirs2")
    try ground.zfs(ground.here, "snapshot", "-r", "tank/data@auto-2026-01-09_00-00")
    return ground
  }

  func everything(_ ground: Ground, _ root: String) throws -> String {
    try ground.zfs(root, "list", "-Hp", "-t", "all", "-o", "name,guid")
  }

  @Test func `conflicts tells what each way out loses, for people and as JSON`() throws {
    let ground = try diverged()
    let before = try everything(ground, ground.vault)
    let told = try ground.zferry("conflicts", "push")
    #expect(told.status == 73)
    #expect(told.output.contains("zfs destroy backup/data@theirs1,theirs2"), "\(told.output)")
    #expect(told.output.contains("<- base"))
    let all = try ground.zferry("conflicts", "push", "--json")
    #expect(all.status == 73)
    let row = try #require((try json(all.output)["conflicts"] as? [[String: Any]])?.first)
    #expect(row["code"] as? String == "target_has_newer_snapshots")
    #expect(row["source"] as? String == "tank/data" && row["target"] as? String == "backup/data")
    #expect(row["choices"] as? [String] == ["rollback", "keep-aside"])
    let resolutions = row["resolutions"] as? [[String: Any]] ?? []
    let loses = try #require(resolutions.first?["loses"] as? [String: Any])
    let lost = loses["snapshots"] as? [[String: Any]] ?? []
    #expect(lost.compactMap { $0["name"] as? String } == ["theirs1", "theirs2"])
    #expect(lost.allSatisfy { ($0["guid"] as? String)?.isEmpty == false })
    #expect(loses["bytes"] != nil)
    #expect(try everything(ground, ground.vault) == before)
  }

  @Test func `rollback does what its dry run showed, and the next run goes on`() throws {
    let ground = try diverged()
    let dry = try ground.zferry(
      "resolve", "push", "backup/data", "--by", "rollback", "--dry-run", "--json")
    #expect(dry.status == 0, "\(dry.errors)")
    #expect(
      try json(dry.output)["commands"] as? [String] == [
        "zfs destroy backup/data@theirs1,theirs2",
        "zfs rollback backup/data@auto-2026-01-08_00-00",
      ] || (try json(dry.output)["commands"] as? [String])?.count == 2)
    // Nobody can be asked, and nobody said yes.
    let unasked = try ground.zferry("resolve", "push", "backup/data", "--by", "rollback")
    #expect(unasked.status == 73 && unasked.errors.contains("--yes"))
    #expect(try everything(ground, ground.vault).contains("theirs2"))
    let done = try ground.zferry(
      "resolve", "push", "tank/data", "--by", "rollback", "--yes")
    #expect(done.status == 0, "\(done.errors)")
    #expect(!(try everything(ground, ground.vault)).contains("theirs"))
    let next = try ground.zferry("run", "push")
    #expect(next.status == 0, "\(next.errors)")
    #expect(
      try ground.guids(ground.vault, below: "backup/data")
        == ground.guids(ground.here, below: "tank/data"))
    let history = try json(try ground.zferry("history", "push", "--json").output)
    let kinds = (history["runs"] as? [[String: Any]] ?? []).compactMap { $0["kind"] as? String }
    #expect(kinds == ["run", "resolve", "run"])
    #expect(try ground.zferry("conflicts", "push").status == 0)
  }

  @Test func `keep-aside loses nothing, and the next run sends in full`() throws {
    let ground = try diverged()
    let done = try ground.zferry(
      "resolve", "push", "backup/data", "--by", "keep-aside", "--yes")
    #expect(done.status == 0, "\(done.errors)")
    let listed = try everything(ground, ground.vault)
    #expect(listed.contains(".zferry-aside-") && listed.contains("@theirs2"))
    let next = try ground.zferry("run", "push")
    #expect(next.status == 0, "\(next.errors)")
    #expect(next.output.contains("full"))
    #expect(
      try ground.guids(ground.vault, below: "backup/data")
        == ground.guids(ground.here, below: "tank/data"))
    #expect(try everything(ground, ground.vault).contains("@theirs2"))
  }

  @Test func `skip changes the task's file, and leaves the copy as it is`() throws {
    let ground = try Ground()
    try ground.worlds()
    try ground.connect()
    try ground.pushTask()
    #expect(try ground.zferry("run", "push").status == 0)
    try ground.zfs(ground.vault, "snapshot", "backup/tank/home@theirs")
    try ground.zfs(ground.here, "snapshot", "-r", "tank@auto-2026-01-09_00-00")
    let done = try ground.zferry("resolve", "push", "tank/home", "--by", "skip", "--yes")
    #expect(done.status == 0, "\(done.errors)")
    #expect(try ground.zferry("task", "show", "push").output.contains("tank/home"))
    #expect(try ground.zferry("run", "push").status == 0)
    #expect(try everything(ground, ground.vault).contains("backup/tank/home@theirs"))
  }

  @Test func `what cannot be decided so is refused with a reason and its code`() throws {
    let ground = try diverged()
    try ground.zfs(ground.vault, "hold", "keep", "backup/data@theirs1")
    let before = try everything(ground, ground.vault)
    let held = try ground.zferry("resolve", "push", "backup/data", "--by", "rollback", "--yes")
    #expect(held.status == 73 && held.output.contains("theirs1"), "\(held.output)\(held.errors)")
    let skip = try ground.zferry("resolve", "push", "backup/data", "--by", "skip", "--yes")
    #expect(skip.status == 73 && skip.errors.contains("keep-aside"))
    #expect(try ground.zferry("resolve", "push", "backup/x", "--by", "skip").status == 65)
    #expect(try ground.zferry("resolve", "gone", "backup/data", "--by", "skip").status == 65)
    #expect(try ground.zferry("resolve", "push", "backup/data", "--by", "force").status == 64)
    let safe = try ground.zferry(
      "resolve", "push", "backup/data", "--by", "keep-aside", "--yes", "--read-only")
    #expect(safe.status == 73)
    #expect(try everything(ground, ground.vault) == before)
  }

  @Test func `a lost source comes back, and its task goes on from there`() throws {
    let ground = try Ground()
    try ground.worlds()
    try ground.connect()
    try ground.pushTask(source: "tank/data", target: "backup/data")
    #expect(try ground.zferry("run", "push").status == 0)
    let guids = try ground.guids(ground.here, below: "tank/data")
    try ground.zfs(ground.here, "destroy", "-r", "tank/data")
    let dry = try ground.zferry("restore", "push", "--to", "tank/data", "--dry-run")
    #expect(dry.status == 0, "\(dry.errors)")
    #expect(dry.output.contains("backup/data -> tank/data"), "\(dry.output)")
    let back = try ground.zferry("restore", "push", "--to", "tank/data")
    #expect(back.status == 0, "\(back.errors)")
    #expect(try ground.guids(ground.here, below: "tank/data") == guids)
    #expect(
      try ground.zfs(ground.here, "get", "-H", "-o", "value", "readonly", "tank/data") == "off\n")
    try ground.zfs(ground.here, "snapshot", "-r", "tank/data@auto-2026-01-09_00-00")
    let plan = try json(try ground.zferry("plan", "push", "--json").output)
    let steps = plan["steps"] as? [[String: Any]] ?? []
    #expect(!steps.isEmpty && steps.allSatisfy { $0["kind"] as? String == "incremental" })
    #expect(try ground.zferry("run", "push").status == 0)
    #expect(
      try ground.guids(ground.vault, below: "backup/data")
        == ground.guids(ground.here, below: "tank/data"))
  }

  @Test func `by default each source comes back beside itself, up to a snapshot if wanted`() throws
  {
    let ground = try Ground()
    try ground.worlds()
    try ground.connect()
    try ground.task(
      "two",
      """
      direction: PUSH
      transport: SSH
      connection: vault
      source_datasets: [tank/data, tank/home]
      target_dataset: backup
      recursive: true
      also_include_naming_schema: ["auto-%Y-%m-%d_%H-%M"]
      auto: false
      retention_policy: NONE
      """)
    #expect(try ground.zferry("run", "two").status == 0)
    let both = try ground.zferry("restore", "two", "--progress", "json")
    #expect(both.status == 0, "\(both.errors)")
    for line in both.output.split(separator: "\n") {
      #expect(try json(String(line))["event"] != nil)
    }
    for name in ["tank/data", "tank/home"] {
      #expect(
        try ground.guids(ground.here, below: "\(name)-restored")
          == ground.guids(ground.here, below: name))
    }
    let first =
      try ground.zfs(
        ground.vault, "list", "-H", "-d", "1", "-t", "snapshot", "-o", "name", "backup/data"
      ).split(separator: "\n").first.map { String($0.split(separator: "@")[1]) } ?? ""
    let some = try ground.zferry(
      "restore", "two", "--dataset", "tank/data", "--snapshot", "@\(first)", "--to", "tank/old")
    #expect(some.status == 0, "\(some.errors)")
    let names = try ground.zfs(
      ground.here, "list", "-H", "-d", "1", "-t", "snapshot", "-o", "name", "tank/old")
    #expect(names == "tank/old@\(first)\n")
    // What is there is not overwritten, and what cannot be is said.
    try ground.zfs(ground.here, "snapshot", "tank/old@own")
    let again = try ground.zferry("restore", "two", "--dataset", "tank/home", "--to", "tank/old")
    #expect(again.status == 73, "\(again.errors)")
    #expect(try ground.zferry("restore", "two", "--to", "tank/x").status == 64)
    #expect(try ground.zferry("restore", "two", "--dataset", "tank/vm").status == 65)
    #expect(
      try ground.zferry("restore", "two", "--dataset", "tank/home", "--to", "no such/").status == 65
    )
    #expect(
      try ground.zferry("restore", "two", "--dataset", "tank/home", "--snapshot", "gone").status
        == 73)
  }

  @Test func `a pull is restored to the other system`() throws {
    let ground = try Ground()
    try ground.worlds()
    try ground.connect(to: ground.here)
    try ground.pullTask()
    let vault = ["ZFS_SANDBOX": ground.vault]
    #expect(try ground.zferry("run", "pull", setting: vault).status == 0)
    let back = try ground.zferry("restore", "pull", setting: vault)
    #expect(back.status == 0, "\(back.errors)")
    #expect(
      try ground.guids(ground.here, below: "tank/home-restored")
        == ground.guids(ground.vault, below: "backup/home"))
  }
}
