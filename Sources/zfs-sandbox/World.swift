internal import Glibc
internal import SandboxZFS

/// Pools to practise with.
enum World {
  struct Problem: Error, CustomStringConvertible {
    var description: String
  }

  static func make(_ name: String, on machine: SandboxMachine, root: String) throws {
    switch name {
    case "source": try source(machine, root)
    case "target": try run(machine, "zpool create backup")
    default:
      throw Problem(description: "there is no world \"\(name)\"; there are source and target")
    }
  }

  /// A pool `tank` with documents, two homes and a virtual disk: a few megabytes, three snapshots.
  private static func source(_ machine: SandboxMachine, _ root: String) throws {
    for line in [
      "zpool create tank", "zfs create tank/data", "zfs create tank/home",
      "zfs create tank/home/alice", "zfs create tank/home/bob", "zfs create tank/vm",
      "zfs create -V 8M tank/vm/disk0",
    ] { try run(machine, line) }
    try fill("\(root)/mnt/tank/data/report.txt", 300_000)
    try fill("\(root)/mnt/tank/data/archive.tar", 6_000_000)
    try fill("\(root)/mnt/tank/home/alice/letters.txt", 200_000)
    try fill("\(root)/mnt/tank/home/bob/photo.jpg", 3_000_000)
    try fill("\(root)/dev/tank/vm/disk0", 8_388_608)
    try run(machine, "zfs snapshot -r tank@auto-2026-01-01_00-00")
    try fill("\(root)/mnt/tank/data/report.txt", 400_000)
    try run(machine, "zfs snapshot -r tank@auto-2026-01-02_00-00")
    try fill("\(root)/mnt/tank/home/bob/second.jpg", 1_000_000)
    try run(machine, "zfs snapshot -r tank@auto-2026-01-03_00-00")
  }

  private static func run(_ machine: SandboxMachine, _ line: String) throws {
    let result = machine.run(line.split(separator: " ").map(String.init))
    guard result.status == 0 else {
      throw Problem(description: "\(line): \(result.errors)")
    }
  }

  /// Text that does not shrink to nothing, the same every time.
  private static func fill(_ path: String, _ count: Int) throws {
    var state: UInt64 = UInt64(count)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count + 20)
    while bytes.count < count {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      bytes.append(contentsOf: "\(state)\n".utf8)
    }
    guard let file = fopen(path, "w") else { throw Problem(description: "cannot write \(path)") }
    let written = fwrite(bytes, 1, count, file)
    guard fclose(file) == 0, written == count else {
      throw Problem(description: "cannot write \(path)")
    }
  }
}
