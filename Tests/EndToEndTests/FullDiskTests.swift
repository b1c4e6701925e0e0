import Foundation
import Glibc
import Testing

/// No room on our side: it is said so, nothing half-written is left, and with room again all goes on.
@Suite(.enabled(if: geteuid() == 0, "a small disk of one's own takes root"))
struct FullDiskTests {
  private func ground() throws -> Ground {
    let ground = try Ground()
    for pool in ["tank", "bk"] { try ground.zfs(ground.here, "create", pool, tool: "zpool") }
    try ground.zfs(ground.here, "create", "tank/data")
    try ground.zfs(ground.here, "snapshot", "tank/data@auto-2026-01-01_00-00")
    try ground.localTask(source: "tank/data", target: "bk/data")
    return ground
  }

  /// Runs a script with a disk of `size` bytes mounted over a folder; `$Z` is the program.
  private func small(_ ground: Ground, _ size: Int, over folder: String, _ script: String) throws
    -> Ended
  {
    try Programs.run(
      "/usr/bin/unshare",
      [
        "-m", "/bin/sh", "-c",
        "mount -t tmpfs -o size=\(size) none '\(folder)' || exit 99\n" + script,
      ],
      environment: ground.environment.merging(["Z": Programs.zferry]) { $1 },
      in: "\(ground.folder)/logs")
  }

  @Test(arguments: [8 << 10, 24 << 10, 64 << 10, 128 << 10])
  func `a run without room for its record says so, and sends nothing`(size: Int) throws {
    let ground = try ground()
    let ended = try small(ground, size, over: "\(ground.folder)/state", "exec $Z run local")
    #expect(ended.status == 1, "\(ended.output)")
    #expect(ended.errors.contains("[ENOSPC]") && ended.errors.contains("Free some space"))
    #expect(try !ground.zfs(ground.here, "list", "-H", "-o", "name").contains("bk/data"))
    #expect(try ground.zferry("run", "local").status == 0)
  }

  @Test func `a disk that fills up after runs, and has room again`() throws {
    let ground = try ground()
    let ended = try small(
      ground, 1 << 20, over: "\(ground.folder)/state",
      """
      $Z run local >/dev/null || exit 98
      dd if=/dev/zero of="$ZFERRY_STATE/fill" bs=1k 2>/dev/null
      $Z run local; echo "full $?"
      rm "$ZFERRY_STATE/fill"
      $Z run local >/dev/null; echo "free $?"
      $Z history local
      """)
    #expect(ended.output.contains("full 1") || ended.output.contains("full 0"), "\(ended.output)")
    #expect(ended.errors.contains("[ENOSPC]") || ended.output.contains("full 0"))
    #expect(ended.output.contains("free 0"), "\(ended.errors)")
    #expect(ended.output.contains("#1"), "what was kept is still there: \(ended.output)")
  }

  @Test func `what does not fit leaves the old file as it was, and no part of the new one`() throws
  {
    let ground = try ground()
    let big = "# \(String(repeating: "x", count: 40_000))\n"
    let task = try ground.zferry("task", "export", "local").output
    // A comment is not kept, but a long list is.
    let list = (0..<900).map { "  - tank/data/\($0)-\(String(repeating: "x", count: 40))" }
    try
      (task.split(separator: "\n").filter { !$0.hasPrefix("exclude") }.joined(separator: "\n")
      + "\nexclude:\n" + list.joined(separator: "\n") + "\n" + big)
      .write(toFile: "\(ground.folder)/local.yaml", atomically: true, encoding: .utf8)
    try task.write(toFile: "\(ground.folder)/small.yaml", atomically: true, encoding: .utf8)
    let ended = try small(
      ground, 16 << 10, over: ground.config,
      """
      mkdir "$ZFERRY_CONFIG/tasks"; cp "$HOME/small.yaml" "$ZFERRY_CONFIG/tasks/local.yaml"
      $Z task apply "$HOME/local.yaml"; echo "apply $?"
      cmp "$HOME/small.yaml" "$ZFERRY_CONFIG/tasks/local.yaml" && echo same
      dd if=/dev/zero of="$ZFERRY_CONFIG/fill" bs=1k 2>/dev/null
      $Z key generate vault; echo "key $?"
      ls "$ZFERRY_CONFIG/tasks" "$ZFERRY_CONFIG/keys" | sed 's/^/file: /'
      """)
    #expect(ended.output.contains("apply 1") && ended.output.contains("same"), "\(ended.output)")
    #expect(ended.errors.contains("[ENOSPC]"))
    #expect(ended.output.contains("key 1"), "\(ended.output)")
    let files = ended.output.split(separator: "\n").filter { $0.hasPrefix("file: ") }
    #expect(files.allSatisfy { !$0.contains("part") && !$0.contains("vault.pub") }, "\(files)")
    #expect(files.contains("file: local.yaml") && !files.contains("file: vault"))
  }
}
