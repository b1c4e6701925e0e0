internal import ReplicationModel

/// What an increment may begin from.
protocol HistoryPoint {
  var guid: GUID { get }
}

extension Snapshot: HistoryPoint {}
extension Bookmark: HistoryPoint {}

extension Array where Element: HistoryPoint {
  /// The place of the newest of these whose snapshot the other side holds. As a rule it is the last of
  /// both, and nobody has to know all that is there.
  func newest(heldBy state: DatasetState) -> Int? {
    guard let last, let newest = state.snapshots.last else { return nil }
    if last.guid == newest.guid { return count - 1 }
    let held = Set(state.snapshots.map(\.guid))
    return lastIndex { held.contains($0.guid) }
  }
}
