public import ReplicationModel

/// Some datasets by name, as far as they exist: what `DatasetLook.command` printed.
public struct DatasetLook: Hashable, Sendable {
  /// One dataset, in bytes as `zfs list -p` tells them.
  public struct Row: Hashable, Sendable {
    public var isVolume: Bool
    /// Bytes, with snapshots and children.
    public var used: UInt64
    /// Bytes that may still be written, with all quotas above it in mind.
    public var available: UInt64
    /// Bytes; nil where there is none.
    public var quota: UInt64?
    public var isReadonly: Bool
  }
  public private(set) var rows: [String: Row] = [:]
  /// What was printed beside rows, such as that a dataset does not exist.
  public private(set) var errors = ""

  /// None.
  public init() {}

  /// Reads rows, and takes every other line for an error.
  public init(_ text: String) {
    for line in text.split(separator: "\n") {
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
      guard fields.count == 6, let used = UInt64(fields[2]), let available = UInt64(fields[3])
      else {
        errors += (errors.isEmpty ? "" : "\n") + line
        continue
      }
      let quota = UInt64(fields[4]).flatMap { $0 == 0 ? nil : $0 }
      rows[String(fields[0])] = Row(
        isVolume: fields[1] == "volume", used: used, available: available, quota: quota,
        isReadonly: fields[5] == "on")
    }
  }

  /// One listing for all of them, without what is below.
  public static func command(_ names: [String]) -> Command {
    .zfs(
      [
        "list", "-Hp", "-d", "0", "-t", "filesystem,volume", "-o",
        "name,type,used,available,quota,readonly",
      ] + names)
  }

  /// The dataset itself, or the nearest one above it that exists.
  func nearest(_ name: String) -> (name: String, row: Row)? {
    let name = DatasetName(trusted: name)
    return ([name] + name.ancestors).lazy.compactMap { name in
      rows[name.text].map { (name.text, $0) }
    }.first
  }
}

/// The features of pools that a stream may need.
public struct PoolFeatures: Hashable, Sendable {
  /// `disabled`, `enabled` or `active` by feature, by pool. A feature that a version does not know is
  /// not there at all.
  public private(set) var states: [String: [String: String]] = [:]

  /// Those that change what a stream holds (zpool-features(7), zfs-send(8)).
  static let asked = [
    "large_blocks", "embedded_data", "lz4_compress", "zstd_compress", "large_dnode", "encryption",
    "longname",
  ]

  /// None.
  public init() {}

  /// Reads what `command` printed; other lines are left out.
  public init(_ text: String) {
    for line in text.split(separator: "\n") {
      let fields = line.split(separator: "\t")
      guard fields.count == 3, fields[1].hasPrefix("feature@"), fields[2] != "-" else { continue }
      states[String(fields[0]), default: [:]][String(fields[1].dropFirst("feature@".count))] =
        String(fields[2])
    }
  }

  /// Asks for the features of one pool; those a version does not know are left out of its answer.
  public static func command(_ pool: String) -> Command {
    let names = asked.map { "feature@\($0)" }.joined(separator: ",")
    return Command("zpool", ["get", "-Hp", "-o", "name,property,value", names, pool])
  }
}
