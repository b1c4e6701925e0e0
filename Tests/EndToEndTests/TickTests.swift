import Foundation
import Glibc
import Testing

/// What runs by itself: the shipped program, a real sshd, and the clock on the wall.
@Suite struct TickTests {
  /// A push that is bound to snapshots of every minute.
  func bound() throws -> Ground {
    let ground = try Ground()
    try ground.worlds()
    try ground.connect()
    try ground.snapshotTask(
      "minutely", "dataset: tank/data\nrecursive: true\nschedule: {minute: \"*\"}")
    try ground.task(
      "push",
      """
      direction: PUSH
      transport: SSH
      connection: vault
      source_datasets: [tank/data]
      target_dataset: backup/data
      recursive: true
      periodic_snapshot_tasks: [minutely]
      auto: true
      retention_policy: NONE
      """)
    return ground
  }

  /// The names of `minutely` on the source, without those of the world.
  func taken(_ ground: Ground, but before: Set<String> = []) throws -> [String] {
    try ground.guids(ground.here, below: "tank/data").map { String($0.split(separator: "\t")[0]) }
      .filter { $0.hasPrefix("@") && !before.contains($0) }
  }

  @Test func `a tick takes the snapshot and sends it; two in one minute do it once`() throws {
    let ground = try bound()
    let before = Set(try taken(ground))
    // Both in the same minute, unless the wall says otherwise.
    let second = Int(time(nil) % 60)
    if second > 40 { sleep(UInt32(61 - second)) }
    let first = try ground.zferry("tick")
    #expect(first.status == 0, "\(first.errors)\(first.output)")
    #expect(first.output.contains("minutely: Took tank/data@auto-"), "\(first.output)")
    #expect(first.output.contains("push: done"), "\(first.output)")
    #expect(try taken(ground, but: before).count == 1)
    // The source has let go of what outlived the lifetime of its snapshot task, once it had arrived.
    let (copy, source) = (
      Set(try ground.guids(ground.vault, below: "backup/data")),
      Set(try ground.guids(ground.here, below: "tank/data"))
    )
    #expect(copy.isStrictSuperset(of: source) && !source.isEmpty)
    let again = try ground.zferry("tick")
    #expect(again.status == 0 && again.output.isEmpty, "\(again.output)")
    #expect(try taken(ground, but: before).count == 1)

    let status = try json(try ground.zferry("status", "push", "--json").output)
    let row = (status["tasks"] as? [[String: Any]])?.first ?? [:]
    #expect(row["state"] as? String == "FINISHED")
    #expect(row["lag_bytes"] as? Int == 0)
    #expect((row["lag_seconds"] as? Int).map { $0 < 300 } == true, "\(row)")
    let history = try json(try ground.zferry("history", "--json").output)
    #expect((history["snapshots"] as? [[String: Any]])?.count == 1, "\(history)")
    #expect(try ground.zferry("history").output.contains("minutely"))
  }

  @Test func `a tick while another is at work leaves all to that one, and says so`() throws {
    let ground = try bound()
    let first = try ground.start(["tick"], setting: ["ZFS_SANDBOX_RATE": "500000"])
    try ground.wait { first.printed.contains("push: started") }
    let second = try ground.zferry("tick")
    #expect(second.status == 0 && second.output.contains("Another tick is at work"))
    first.signal(SIGTERM)
    #expect(first.wait().status == 0)
    let status = try json(try ground.zferry("status", "push", "--json").output)
    #expect((status["tasks"] as? [[String: Any]])?.first?["state"] as? String == "CANCELLED")
  }

  @Test func `cancel stops a run, keeps what has arrived, and the next run goes on from it`() throws
  {
    let ground = try Ground()
    try ground.worlds()
    try ground.connect()
    try ground.pushTask()
    let idle = try ground.zferry("cancel", "push")
    #expect(idle.status == 0 && idle.output.contains("not running"))
    #expect(try ground.zferry("cancel", "nobody").status == 65)
    let run = try ground.start(
      ["run", "push", "--progress", "json"], setting: ["ZFS_SANDBOX_RATE": "500000"])
    // The other terminal sees how far it is.
    try ground.wait {
      let row = try Self.row(ground)
      return ((row["progress"] as? [String: Any])?["bytes"] as? Int ?? 0) > 1_000_000
    }
    #expect(try Self.row(ground)["state"] as? String == "RUNNING")
    #expect(try Self.row(ground)["lag_bytes"] as? Int ?? 0 > 1_000_000)
    let cancel = try ground.zferry("cancel", "push")
    #expect(cancel.status == 0 && cancel.output.contains("has stopped"), "\(cancel.errors)")
    #expect(run.wait().status == 130)
    #expect(try Self.row(ground)["state"] as? String == "CANCELLED")
    try ground.wait { try ground.stepKinds().contains("resume") }
    #expect(try ground.zferry("run", "push").status == 0)
    #expect(
      try ground.guids(ground.vault, below: "backup/tank")
        == ground.guids(ground.here, below: "tank"))
  }

  static func row(_ ground: Ground) throws -> [String: Any] {
    let status = try json(try ground.zferry("status", "push", "--json").output)
    return (status["tasks"] as? [[String: Any]])?.first ?? [:]
  }

  @Test func `a paused task is on hold until it is resumed`() throws {
    let ground = try bound()
    #expect(try ground.zferry("pause", "push").status == 0)
    let tick = try ground.zferry("tick")
    #expect(tick.status == 0 && !tick.output.contains("push"), "\(tick.output)")
    let run = try ground.zferry("run", "push")
    #expect(run.status == 75 && run.errors.contains("zferry resume push"), "\(run.errors)")
    #expect(try Self.row(ground)["state"] as? String == "HOLD")
    #expect((try Self.row(ground)["reason"] as? String)?.contains("paused") == true)
    #expect(try ground.zferry("resume", "push").status == 0)
    let after = try ground.zferry("tick")
    #expect(after.output.contains("push: done"), "\(after.output)\(after.errors)")
    #expect(try ground.zferry("pause", "nobody").status == 65)
  }

  @Test func `a snapshot task is run by hand, and shows first what it would take`() throws {
    let ground = try Ground()
    try ground.worlds()
    try ground.snapshotTask(
      "part",
      "dataset: tank/home\nrecursive: true\nexclude: [tank/home/bob]\nschedule: {minute: \"0\"}")
    let before = try ground.guids(ground.here, below: "tank/home")
    let dry = try ground.zferry("snapshot-task", "run", "part", "--dry-run")
    #expect(dry.status == 0 && dry.output.contains("zfs snapshot tank/home@auto-"), "\(dry)")
    #expect(!dry.output.contains("bob"))
    #expect(try ground.guids(ground.here, below: "tank/home") == before)
    let second = Int(time(nil) % 60)
    if second > 50 { sleep(UInt32(61 - second)) }
    let run = try ground.zferry("snapshot-task", "run", "part")
    #expect(run.status == 0 && run.output.contains("Took tank/home@auto-"), "\(run.errors)")
    let again = try ground.zferry("snapshot-task", "run", "part")
    #expect(again.status == 0 && again.output.contains("is there already"), "\(again)")
    let new = try ground.guids(ground.here, below: "tank/home").filter { !before.contains($0) }
    #expect(!new.isEmpty && !new.contains { $0.hasPrefix("/bob") }, "\(new)")
    #expect(try ground.zferry("snapshot-task", "run", "none").status == 65)
    let readOnly = try ground.zferry("snapshot-task", "run", "part", "--read-only")
    #expect(readOnly.status == 73)
  }
}

extension Ground {
  /// Saves a snapshot task; it has to be valid.
  func snapshotTask(_ name: String, _ lines: String) throws {
    let path = "\(folder)/\(name).yaml"
    try (lines + "\n").write(toFile: path, atomically: true, encoding: .utf8)
    let ended = try zferry("snapshot-task", "apply", path)
    guard ended.status == 0 else { throw Trouble(text: ended.errors) }
  }
}
