import Foundation
import Testing

/// Names that ZFS allows and a shell, an option parser or a screen might take for something else, all the
/// way: run, conflicts, resolve, prune and restore, over a real sshd; and names that ZFS does not allow.
@Suite struct HostileNameTests {
  static let root = "tank/-rf a:b"
  /// As long as a name may be.
  static let long = "\(root)/" + String(repeating: "x", count: 255 - "\(root)/".count - 40)
  static let children = ["\(root)/-d", "\(root)/. e", "\(root)/a  b", long]
  static let target = "backup/-o c:d"

  private func ground(retention: String = "retention_policy: NONE") throws -> Ground {
    let ground = try Ground()
    try ground.zfs(ground.here, "create", "tank", tool: "zpool")
    try ground.zfs(ground.vault, "create", "backup", tool: "zpool")
    for name in [Self.root] + Self.children { try ground.zfs(ground.here, "create", name) }
    for day in 1...4 {
      try ground.zfs(ground.here, "snapshot", "-r", "\(Self.root)@-r auto:\(day)")
    }
    try ground.connect()
    try task(ground, retention)
    return ground
  }

  private func task(_ ground: Ground, _ retention: String) throws {
    try ground.task(
      "push",
      """
      direction: PUSH
      transport: SSH
      connection: vault
      source_datasets: ["\(Self.root)"]
      target_dataset: "\(Self.target)"
      recursive: true
      name_regex: ".*auto:.*|auto-.*"
      auto: false
      \(retention)
      """)
  }

  private func check(_ ended: Ended, _ what: String) throws {
    guard ended.status == 0 else {
      throw Trouble(text: "\(what): \(ended.status) \(ended.output) \(ended.errors)")
    }
  }

  @Test func `they are sent, decided about and brought back like any other`() throws {
    let ground = try ground()
    try check(try ground.zferry("run", "push"), "run")
    let copied = try ground.guids(ground.vault, below: Self.target)
    #expect(try copied == ground.guids(ground.here, below: Self.root))
    #expect(copied.count == 20)

    let mine = "\(Self.target)/-d@-n theirs:1"
    try ground.zfs(ground.vault, "snapshot", mine)
    try ground.zfs(ground.here, "snapshot", "-r", "\(Self.root)@auto-5")
    #expect(try ground.zferry("run", "push").status == 73)
    let told = try ground.zferry("conflicts", "push")
    #expect(told.output.contains("-n theirs:1"), "\(told.output)")
    try check(
      try ground.zferry(
        "resolve", "push", "\(Self.target)/-d", "--by", "rollback", "--yes"), "resolve")
    try check(try ground.zferry("run", "push"), "run after it")
    #expect(
      try ground.guids(ground.vault, below: Self.target)
        == ground.guids(ground.here, below: Self.root))

    try check(
      try ground.zferry(
        "restore", "push", "--dataset", "\(Self.root)/a  b", "--to", "tank/- back"), "restore")
    let back = try ground.guids(ground.here, below: "tank/- back")
    #expect(back.count == 5)
    try check(
      try ground.zferry(
        "restore", "push", "--dataset", Self.long, "--to", "tank/-x", "--snapshot=-r auto:2"),
      "restore up to a snapshot")
    #expect(try ground.guids(ground.here, below: "tank/-x").count == 2)
  }

  @Test func `prune lets go of the one that is meant`() throws {
    let ground = try ground()
    for name in ["-a", "b c", "d:e"] {
      for day in 1...4 {
        try ground.zfs(
          ground.here, "snapshot", "\(Self.root)/-d@\(name) 2026-01-0\(day)_00-00")
      }
    }
    func task(_ policy: String) throws {
      try ground.task(
        "push",
        """
        direction: PUSH
        transport: SSH
        connection: vault
        source_datasets: ["\(Self.root)/-d"]
        target_dataset: "\(Self.target)"
        recursive: true
        also_include_naming_schema: ["-a %Y-%m-%d_%H-%M", "b c %Y-%m-%d_%H-%M", "d:e %Y-%m-%d_%H-%M"]
        auto: false
        retention_policy: \(policy)
        """)
    }
    try task("NONE")
    try check(try ground.zferry("run", "push"), "run")
    for name in ["-a 2026-01-01_00-00", "b c 2026-01-02_00-00"] {
      try ground.zfs(ground.here, "destroy", "\(Self.root)/-d@\(name)")
    }
    try task("SOURCE")
    let shown = try ground.zferry("prune", "push", "--dry-run")
    #expect(shown.output.contains("-a 2026-01-01_00-00"), "\(shown.output) \(shown.errors)")
    try check(try ground.zferry("prune", "push", "--yes"), "prune")
    let left = try ground.zfs(
      ground.vault, "list", "-H", "-r", "-t", "snapshot", "-o", "name", Self.target)
    #expect(left.split(separator: "\n").count == 10, "\(left)")
    #expect(!left.contains("-a 2026-01-01") && !left.contains("b c 2026-01-02"))
    #expect(left.contains("d:e 2026-01-01"))
  }

  @Test(arguments: [
    "tank/it's", "tank/a\\nb", "tank/a\\tb", "tank/\\\"q", "tank/a%b", "tank/$(reboot)", "tank/a;b",
    "tank/\\x1b[2Jx", "tank/\\u202Ex", "tank/a@b", "tank//a", "tank/a/", "/tank", "tank/..",
    "tank/" + String(repeating: "y", count: 300),
  ])
  func `a name that ZFS does not allow is said to be wrong, with its field, and nothing is run`(
    name: String
  ) throws {
    let ground = try Ground()
    let path = "\(ground.folder)/bad.yaml"
    try """
    direction: PUSH
    transport: LOCAL
    source_datasets: ["\(name)"]
    target_dataset: "bk/a"
    recursive: true
    also_include_naming_schema: ["auto-%Y-%m-%d_%H-%M"]
    auto: false
    retention_policy: NONE

    """.write(toFile: path, atomically: true, encoding: .utf8)
    let ended = try ground.zferry("task", "apply", path)
    #expect(ended.status == 65, "\(ended.output) \(ended.errors)")
    let words = ended.output + ended.errors
    #expect(words.contains("source_datasets"), "\(words)")
    #expect(
      words.unicodeScalars.allSatisfy { $0 == "\n" || ($0.value >= 32 && $0.value != 0x202E) })
    #expect(ground.lines(of: ground.hereLog).isEmpty)
    // Put into the folder by hand it harms nobody, and is run by nobody.
    try FileManager.default.createDirectory(
      atPath: "\(ground.config)/tasks", withIntermediateDirectories: true)
    try FileManager.default.copyItem(atPath: path, toPath: "\(ground.config)/tasks/bad.yaml")
    #expect(try ground.zferry("run", "bad").status == 65)
    #expect(ground.lines(of: ground.hereLog).isEmpty)
  }
}
