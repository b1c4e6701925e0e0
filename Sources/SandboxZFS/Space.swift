/// How much is written where.
extension SandboxMachine {
  /// The files of the head, and which of them the newest snapshot still holds.
  func headFiles(_ name: String) -> [String: (size: UInt64, stamp: String)] {
    guard let dataset = state.datasets[name] else { return [:] }
    return (try? storage.head(of: name, except: children(of: name), isVolume: dataset.isVolume))
      ?? [:]
  }

  func referenced(_ name: String) -> UInt64 {
    Self.overhead + headFiles(name).values.reduce(0) { $0 + $1.size }
  }

  /// Bytes in the head that the newest snapshot does not hold.
  func written(_ name: String) -> UInt64 {
    guard let dataset = state.datasets[name] else { return 0 }
    let head = headFiles(name)
    guard let newest = dataset.snapshots.last else { return referenced(name) }
    var bytes: UInt64 = 0
    for (path, file) in head where newest.files[path]?.stamp != file.stamp {
      bytes += max(file.size, 512)
    }
    for path in newest.files.keys where head[path] == nil { bytes += 512 }
    return bytes
  }

  func used(_ name: String) -> UInt64 {
    tree(name).reduce(0) { sum, one in
      guard let dataset = state.datasets[one] else { return sum }
      let blobs = Dictionary(
        dataset.snapshots.flatMap(\.files.values).map { ($0.blob, $0.size) },
        uniquingKeysWith: { $1 })
      return sum + Self.overhead + blobs.values.reduce(0, +) + written(one)
        + storage.sizeOfPartial(partialKey(one))
    }
  }

  func available(_ name: String) -> UInt64 { room(in: name).bytes }

  /// How much may still be written, and whether a quota says so rather than the pool's size.
  func room(in name: String) -> (bytes: UInt64, isQuota: Bool) {
    let pool = Self.pool(of: name)
    var least = Self.less(state.pools[pool]?.size ?? 0, used(pool))
    var isQuota = false
    var current: String? = name
    while let one = current, let dataset = state.datasets[one] {
      if let quota = dataset.properties["quota"].flatMap(UInt64.init), quota > 0 {
        let left = Self.less(quota, used(one))
        if left < least { (least, isQuota) = (left, true) }
      }
      current = Self.parent(of: one)
    }
    return (least, isQuota)
  }

  private static func less(_ a: UInt64, _ b: UInt64) -> UInt64 { a > b ? a - b : 0 }

  /// One user owns all in the sandbox: its root folder, and every file.
  func userspace(_ words: [String]) throws {
    let line = try CommandLine(words, "HpniS", valued: "ost")
    let name = try line.only("dataset")
    let dataset = try dataset(name)
    guard !dataset.isVolume else {
      throw SandboxProblem.failure(
        "cannot open '\(name)': operation not applicable to datasets of this type")
    }
    let objects = headFiles(name).count + 1
    let columns = line.value("o")?.split(separator: ",") ?? ["type", "name", "used", "quota"]
    let row = columns.map { column in
      switch column {
      case "type": "POSIX User"
      case "name": "root"
      case "used": "\(referenced(name))"
      case "objused": "\(objects)"
      default: "none"
      }
    }
    say(row.joined(separator: "\t") + "\n")
  }
}
