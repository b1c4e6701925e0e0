/// All that a practice machine knows: its pools, and what happened to them.
///
/// This is a model of OpenZFS for practice and tests. It keeps no data of worth.
public struct SandboxState: Sendable {
  var pools: [String: SandboxPool] = [:]
  var datasets: [String: SandboxDataset] = [:]
  /// Feeds GUIDs: the same seed makes the same ones.
  var seed: UInt64
  var nextBlob = 1

  public init(seed: UInt64) { self.seed = seed }
}

struct SandboxPool: Sendable {
  var guid: UInt64
  /// The transaction group that was written last.
  var txg: UInt64 = 10
  /// Bytes.
  var size: UInt64
}

struct SandboxDataset: Sendable {
  var isVolume = false
  var guid: UInt64
  var createtxg: UInt64
  /// Seconds since 1970.
  var creation: Int64
  /// Set here.
  var properties: [String: String] = [:]
  /// Came with a stream.
  var received: [String: String] = [:]
  /// Those that came with a stream, and were set to inherit here.
  var inherited: Set<String> = []
  var snapshots: [SandboxSnapshot] = []
  /// The second in which snapshots last came or went; nil where none ever did.
  var snapshotsChanged: Int64?
  var bookmarks: [SandboxBookmark] = []
  /// `dataset@snapshot` for a clone.
  var origin: String?
  /// What a receive that was cut has left.
  var partial: SandboxPartial?
  /// Whether a first snapshot has not arrived yet.
  var isInconsistent = false
  var isMounted = false
  /// Whether a snapshot has arrived whose files are not all in the head yet.
  var isHeadStale = false
  /// Whether the key of this encryption root is away, as it is for a raw copy.
  var isKeyUnloaded = false
  /// What tells the key of this encryption root from others; nil where it was never told.
  var keyMark: String?
  /// Rights by scope and who has them, as `Local user alice`.
  var permissions: [String: [String]] = [:]
}

struct SandboxSnapshot: Sendable {
  var name: String
  var guid: UInt64
  var createtxg: UInt64
  var creation: Int64
  var files: [String: SandboxFile]
  var holds: [String: Int64] = [:]
  var properties: [String: String] = [:]
  var isEncrypted = false

  var size: UInt64 { files.values.reduce(0) { $0 + $1.size } }
}

/// A file as a snapshot keeps it.
struct SandboxFile: Sendable, Equatable {
  var blob: Int
  var size: UInt64
  /// What tells that the file in the head is still this one: a change time, or a count.
  var stamp: String
}

struct SandboxBookmark: Sendable {
  var name: String
  var guid: UInt64
  var createtxg: UInt64
  var creation: Int64
  /// The numbers of its files' blobs, which tell what has changed; it does not keep the blobs.
  var files: [String: Int] = [:]
}

/// A receive that was cut: what was coming; the bytes lie in storage under the dataset's GUID.
struct SandboxPartial: Sendable {
  var toGUID: UInt64
  var toName: String
  var fromGUID: UInt64?
}
