internal import ReplicationModel

/// Both sides of one dataset, as retention looks at them.
struct RetentionPair {
  /// By createtxg, oldest first.
  var source: [Snapshot]
  var bookmarks: [Bookmark]
  /// By createtxg, oldest first.
  var target: [Snapshot]
  /// What a cut transfer needs in order to go on.
  var inFlight: Set<GUID> = []
  /// Snapshots after this place in the source's history wait for another task.
  var awaited = UInt64.max
  let onSource: HeldSnapshots
  let onTarget: HeldSnapshots

  init(
    source: [Snapshot], bookmarks: [Bookmark], target: [Snapshot], inFlight: Set<GUID> = [],
    awaited: UInt64 = .max
  ) {
    self.source = source
    self.bookmarks = bookmarks
    self.target = target
    self.inFlight = inFlight
    self.awaited = awaited
    onSource = HeldSnapshots(source)
    onTarget = HeldSnapshots(target)
  }

  /// What both sides share, or nil: without it, or where the source shows no snapshot at all, neither
  /// side proves anything of the other (engine.md, B3).
  var bond: Bond? {
    guard !source.isEmpty else { return nil }
    let snapshot = source.last { onTarget.contains($0.guid) }.map(Point.init)
    let bookmark = bookmarks.last { onTarget.contains($0.guid) }.map(Point.init)
    guard
      let newest = [snapshot, bookmark].compactMap({ $0 }).max(by: { $0.createtxg < $1.createtxg }),
      let place = target.lastIndex(where: { $0.guid == newest.guid })
    else { return nil }
    return Bond(
      bases: Set([snapshot, newest].compactMap { $0?.guid }), createtxg: newest.createtxg,
      place: place)
  }

  /// What both sides share.
  struct Bond {
    /// The newest snapshot in common, and that of a bookmark that is newer.
    var bases: Set<GUID>
    /// The place of the newer one in the source's history.
    var createtxg: UInt64
    /// Its index on the target.
    var place: Int
  }
}

/// Whether a side holds a snapshot. The newest is what is asked about as a rule; only where it is another
/// one a million of them are put into a set.
final class HeldSnapshots {
  private let snapshots: [Snapshot]
  private lazy var guids = Set(snapshots.map(\.guid))

  init(_ snapshots: [Snapshot]) { self.snapshots = snapshots }

  func contains(_ guid: GUID) -> Bool { snapshots.last?.guid == guid || guids.contains(guid) }
}
