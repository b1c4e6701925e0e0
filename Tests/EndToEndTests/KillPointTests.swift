import Foundation
import Testing

/// The shipped program is ended by `kill -9` right before a command of `zfs`, or after it was done and before
/// anybody heard of it. The same command again, and nothing shows that it ever happened.
@Suite struct KillPointTests {
  enum Story: String, CaseIterable {
    case run, prune, rollback, aside, replace, restore, snapshot
  }
  struct Point: CustomTestStringConvertible {
    var story: Story
    var verb: String
    var isAfter: Bool
    /// Which of the commands with this verb.
    var number = 1
    var testDescription: String { "\(story) \(isAfter ? "after" : "before") \(verb) \(number)" }
  }
  static let points = [
    Point(story: .run, verb: "receive", isAfter: true),
    Point(story: .run, verb: "bookmark", isAfter: false),
    Point(story: .run, verb: "bookmark", isAfter: true),
    Point(story: .prune, verb: "destroy", isAfter: false),
    Point(story: .prune, verb: "destroy", isAfter: true),
    // Between what goes from one dataset and what goes from the next.
    Point(story: .prune, verb: "destroy", isAfter: false, number: 2),
    Point(story: .prune, verb: "destroy", isAfter: true, number: 2),
    Point(story: .rollback, verb: "destroy", isAfter: true),
    Point(story: .rollback, verb: "rollback", isAfter: false),
    Point(story: .aside, verb: "rename", isAfter: true),
    // The old copy has made way, and nothing has its place yet.
    Point(story: .replace, verb: "rename", isAfter: false),
    Point(story: .replace, verb: "rename", isAfter: true),
    Point(story: .replace, verb: "rename", isAfter: false, number: 2),
    Point(story: .replace, verb: "rename", isAfter: true, number: 2),
    Point(story: .replace, verb: "destroy", isAfter: true),
    Point(story: .replace, verb: "destroy", isAfter: true, number: 2),
    Point(story: .restore, verb: "receive", isAfter: true),
    Point(story: .snapshot, verb: "snapshot", isAfter: true),
  ]

  /// A host of its own with `tank/data` and `bk`, a task, and a `zfs` that can end who called it.
  private func prepared(_ story: Story) throws -> Ground {
    let ground = try Ground()
    for pool in ["tank", "bk"] { try ground.zfs(ground.here, "create", pool, tool: "zpool") }
    for name in ["tank/data", "tank/data/b"] { try ground.zfs(ground.here, "create", name) }
    for day in 1...6 {
      try ground.zfs(ground.here, "snapshot", "-r", "tank/data@auto-2026-01-0\(day)_00-00")
    }
    try ground.localTask(source: "tank/data", target: "bk/data")
    if story == .replace {
      try change(ground, "allow_from_scratch: false", to: "allow_from_scratch: REPLACE")
      try ground.zfs(ground.here, "create", "bk/data")
      try ground.zfs(ground.here, "snapshot", "bk/data@theirs")
    } else if story != .run {
      let first = try ground.zferry("run", "local")
      guard first.status == 0 else { throw Trouble(text: first.errors) }
    }
    switch story {
    case .run, .replace, .restore: break
    case .prune:
      // What the source has lost goes from the copy as well.
      try ground.zfs(ground.here, "destroy", "-r", "tank/data@auto-2026-01-02_00-00")
      try ground.zfs(ground.here, "hold", "people", "bk/data@auto-2026-01-03_00-00")
      try change(ground, "retention_policy: NONE", to: "retention_policy: SOURCE")
    case .rollback, .aside:
      for name in ["mine1", "mine2"] { try ground.zfs(ground.here, "snapshot", "bk/data@\(name)") }
      try ground.zfs(ground.here, "snapshot", "-r", "tank/data@auto-2026-01-07_00-00")
    case .snapshot:
      let path = "\(ground.folder)/hourly.yaml"
      try "dataset: tank/data\nrecursive: true\nnaming_schema: by-hand-%Y-%m-%d_%H-%M\n"
        .write(toFile: path, atomically: true, encoding: .utf8)
      _ = try ground.zferry("snapshot-task", "apply", path)
    }
    return ground
  }

  /// Changes a line of the task.
  private func change(_ ground: Ground, _ line: String, to other: String) throws {
    let shown = try ground.zferry("task", "export", "local").output
    guard shown.contains(line) else { throw Trouble(text: "no \(line) in \(shown)") }
    let path = "\(ground.folder)/local.yaml"
    try shown.replacing(line, with: other)
      .write(toFile: path, atomically: true, encoding: .utf8)
    let applied = try ground.zferry("task", "apply", path)
    guard applied.status == 0 else { throw Trouble(text: applied.errors) }
  }

  private func words(_ story: Story) -> [String] {
    switch story {
    case .run, .replace: ["run", "local"]
    case .prune: ["prune", "local", "--yes"]
    case .rollback: ["resolve", "local", "bk/data", "--by", "rollback", "--yes"]
    case .aside: ["resolve", "local", "bk/data", "--by", "keep-aside", "--yes"]
    case .restore: ["restore", "local"]
    case .snapshot: ["snapshot-task", "run", "hourly"]
    }
  }

  /// Puts a script in place of `zfs` that ends its caller once.
  private func arm(_ ground: Ground, _ point: Point) throws {
    let path = "\(ground.folder)/bin/zfs"
    try FileManager.default.removeItem(atPath: path)
    let kill = "if [ $i -eq \(point.number) ] && mkdir killed; then kill -9 $PPID; fi"
    try """
    #!/bin/sh
    [ "$1" = \(point.verb) ] || exec '\(ground.folder)/bin/real' zfs "$@"
    mkdir -p '\(ground.folder)/calls' && cd '\(ground.folder)/calls' || exit 99
    i=1
    until mkdir $i 2>/dev/null; do i=$((i + 1)); done
    \(point.isAfter ? "" : kill)
    '\(ground.folder)/bin/real' zfs "$@"
    s=$?
    \(point.isAfter ? kill : "")
    exit $s
    """.write(toFile: path, atomically: true, encoding: .utf8)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
    try FileManager.default.createSymbolicLink(
      atPath: "\(ground.folder)/bin/real", withDestinationPath: Programs.sandbox)
  }

  private func everything(_ ground: Ground) throws -> Set<String> {
    // GUIDs and the minute of what is taken now differ from world to world; what bookmarks are called has
    // the GUIDs in it.
    let rows = try ground.zfs(ground.here, "list", "-Hp", "-t", "all", "-o", "name,type,userrefs")
    return Set(
      rows.split(separator: "\n").map { row in
        for mark in ["#zferry_", "@by-hand-"] {
          if let range = row.range(of: mark) { return String(row[..<range.upperBound]) }
        }
        return String(row)
      })
  }

  @Test(arguments: points) func `what comes next ends as if nothing had happened`(point: Point)
    throws
  {
    let whole = try prepared(point.story)
    let undisturbed = try whole.start(words(point.story)).wait()
    #expect(undisturbed.status == 0, "\(undisturbed.errors)")
    let ground = try prepared(point.story)
    try arm(ground, point)
    let killed = try ground.start(words(point.story)).wait()
    #expect(killed.status == -1, "it was not killed: \(killed.output) \(killed.errors)")
    let again = try ground.start(words(point.story)).wait()
    // A decision that was carried out is none to make any more.
    let mayBeOver = point.story == .aside || point.story == .rollback
    #expect(again.status == 0 || mayBeOver, "\(again.errors)")
    for one in [whole, ground] where mayBeOver {
      let run = try one.zferry("run", "local")
      #expect(run.status == 0, "\(run.errors)")
    }
    #expect(try everything(ground) == everything(whole))
  }
}
