internal import ReplicationModel

/// The snapshots of one side as they were last listed, with what tells whether that still holds.
///
/// OpenZFS tells of each dataset in which second its snapshots last changed. A second is long: what
/// changes in it after a listing leaves the same value behind. So a listing counts only where it began
/// when its value had been seen before, by our own clock, and a second and more had gone by; the other
/// host's clock may say what it likes. What a dataset's GUID does not confirm is of another pool.
struct ListingMemory: Equatable, Sendable {
  /// What is remembered of one dataset.
  struct Entry: Equatable, Sendable {
    var dataset: DatasetName
    var guid: GUID
    /// ZFS' `snapshots_changed` of that time.
    var changed: UInt64
    /// When that value was seen first.
    var seen: Instant
    /// When the listing of these began.
    var listed: Instant
    /// By createtxg, oldest first.
    var snapshots: [Snapshot]

    /// Whether the second of its value was over when it was listed.
    var isSettled: Bool { listed.seconds - seen.seconds >= 2 }

    /// Whether nothing can have changed unseen.
    func holds(for state: DatasetState) -> Bool {
      isSettled && guid == state.guid && changed == state.snapshotsChanged
    }
  }

  /// Which side of which host this is: another one's memory says nothing.
  var side: String
  /// In the order of the listing.
  var entries: [Entry] = []
  /// When ZFS last said that it does not know the property; nil where it does.
  var refused: Instant?

  /// Whether the property is worth asking for: a host may have been upgraded since.
  func isWorthAsking(at now: Instant) -> Bool {
    guard let refused else { return true }
    let age = now.seconds - refused.seconds
    return age < 0 || age > 7 * 86_400
  }

  /// Entries by their datasets, for lists that are in the same order as a rule.
  func finder() -> Finder { Finder(entries) }

  /// Looks for entries.
  struct Finder {
    private let entries: [Entry]
    private var next = 0
    private lazy var places = Dictionary(
      entries.indices.map { (entries[$0].dataset, $0) }
    ) { first, _ in first }

    init(_ entries: [Entry]) { self.entries = entries }

    mutating func entry(of dataset: DatasetName) -> Entry? {
      if next >= entries.count || entries[next].dataset != dataset {
        guard let place = places[dataset] else { return nil }
        next = place
      }
      next += 1
      return entries[next - 1]
    }
  }

  /// What is to be remembered after a listing: of `listed` datasets what was found now, of all others
  /// what was known.
  func after(_ inventory: [DatasetState], listed: Set<DatasetName>?, began: Instant, seen: Instant)
    -> ListingMemory
  {
    var known = finder()
    var memory = ListingMemory(side: side)
    memory.entries.reserveCapacity(inventory.count)
    for state in inventory {
      guard let changed = state.snapshotsChanged else { continue }
      let before = known.entry(of: state.name)
      if let before, listed?.contains(state.name) == false {
        memory.entries.append(before)
        continue
      }
      let isSame = before.map { $0.guid == state.guid && $0.changed == changed } ?? false
      memory.entries.append(
        Entry(
          dataset: state.name, guid: state.guid, changed: changed,
          seen: isSame ? min(before?.seen ?? seen, seen) : seen, listed: began,
          snapshots: state.snapshots))
    }
    return memory
  }
}
