import Foundation
import Testing

/// Other programs' settings, from a file or from what they left on datasets, to tasks that run.
@Suite("Tasks of other programs")
struct ForeignImportTests {
  @Test("sanoid.conf becomes snapshot tasks; a look saves nothing, and what is not text is refused")
  func sanoid() throws {
    let ground = try Ground()
    try ground.worlds()
    let path = "\(ground.folder)/sanoid.conf"
    let text =
      "[tank/home]\n\tuse_template = x\n\trecursive = yes\n\tmonitor = no\n[template_x]\n"
      + "\thourly = 24\n\tdaily = 30\n\tmonthly = 0\n"
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    let dry = try ground.zferry("task", "import", path, "--dry-run")
    #expect(dry.status == 0 && dry.output.contains("# snapshot-tasks/tank-home-hourly.yaml"))
    #expect(dry.errors.contains("[!] line 4.monitor"), "\(dry)")
    #expect(try ground.zferry("snapshot-task", "show", "tank-home-hourly").status != 0)
    #expect(try ground.zferry("task", "import", path, "--read-only").status != 0)
    let saved = try ground.zferry("task", "import", path)
    #expect(saved.status == 0, "\(saved)")
    let shown = try ground.zferry("snapshot-task", "show", "tank-home-daily")
    #expect(shown.output.contains("autosnap_%Y-%m-%d_%H:%M:%S_daily"), "\(shown)")
    #expect(try ground.zferry("task", "import", path).status == 65)
    let run = try ground.zferry("snapshot-task", "run", "tank-home-daily")
    #expect(run.status == 0, "\(run)")
    #expect(
      try ground.zfs(ground.here, "list", "-H", "-t", "snapshot", "-o", "name", "-r", "tank/home")
        .contains("tank/home@autosnap_"))
    // And back: the snapshot tells what took it.
    let traces = try ground.zferry("task", "import", "--from", "sanoid", "--ask", "--dry-run")
    #expect(traces.output.contains("dataset: tank/home"), "\(traces)")
    #expect(try ground.zferry("task", "import", Programs.sandbox).status == 65)
    #expect(try ground.zferry("task", "import", "/dev/zero").status == 65)
    #expect(try ground.zferry("task", "import", "--ask").status == 64)
  }

  @Test("Properties on this system and a crontab become a task that goes on with the copies")
  func autobackup() throws {
    let ground = try Ground()
    try ground.worlds()
    try ground.zfs(ground.here, "set", "autobackup:off=true", "tank/home")
    let line =
      "0 3 * * * root zfs-autobackup --allow-empty --keep-source 1d1w --keep-target 1m1y off tank/copies\n"
    let dry = try ground.zferry("task", "import", "-", "--ask", "--dry-run", input: line)
    #expect(
      dry.status == 0 && dry.output.contains("target_dataset: tank/copies/tank/home"), "\(dry)")
    #expect(try ground.zferry("task", "import", "-", "--ask", input: line).status == 0)
    #expect(try ground.zferry("snapshot-task", "run", "off").status == 0)
    let run = try ground.zferry("run", "off")
    #expect(run.status == 0, "\(run)")
    #expect(
      try ground.zfs(ground.here, "list", "-H", "-t", "snapshot", "-o", "name", "-r", "tank/copies")
        .contains("tank/copies/tank/home@off-"))
  }
}
