public import ReplicationModel

/// The snapshots of both sides of a conflict in one line of time, newest first, each with who has it.
public struct Timeline: Hashable, Sendable {
  /// Who holds a snapshot; the GUID decides, not the name.
  public enum Side: String, Hashable, Sendable {
    case both, source, target
  }
  /// One snapshot.
  public struct Entry: Hashable, Sendable {
    public var snapshot: Snapshot
    public var side: Side
  }
  public private(set) var entries: [Entry] = []

  /// Merges the two timelines by the time the snapshots were made; those of one side keep their
  /// order, whatever the clocks said.
  public init(_ conflict: Conflict) {
    let common = Set(conflict.sourceTimeline.map(\.guid))
      .intersection(conflict.targetTimeline.map(\.guid))
    var source = conflict.sourceTimeline[...]
    var target = conflict.targetTimeline[...]
    while let next = Self.next(&source, &target, common) { entries.append(next) }
    entries.reverse()
    // What a bookmark stands for on the source, both still share.
    if let base = entries.firstIndex(where: { $0.snapshot.guid == conflict.base?.guid }) {
      entries[base].side = .both
    }
  }

  /// The older of the two heads; one that both have waits until it is the head of both, and then
  /// goes once.
  private static func next(
    _ source: inout ArraySlice<Snapshot>, _ target: inout ArraySlice<Snapshot>, _ common: Set<GUID>
  ) -> Entry? {
    guard let left = source.first else {
      return target.popFirst().map { Entry(snapshot: $0, side: .target) }
    }
    guard let right = target.first else {
      _ = source.popFirst()
      return Entry(snapshot: left, side: .source)
    }
    if left.guid == right.guid {
      _ = source.popFirst()
      _ = target.popFirst()
      return Entry(snapshot: left, side: .both)
    }
    let leftWaits = common.contains(left.guid)
    let rightWaits = common.contains(right.guid)
    if leftWaits != rightWaits ? rightWaits : left.creation <= right.creation {
      _ = source.popFirst()
      return Entry(snapshot: left, side: leftWaits ? .both : .source)
    }
    _ = target.popFirst()
    return Entry(snapshot: right, side: rightWaits ? .both : .target)
  }
}
