/// What keeps a snapshot from being destroyed, as ZFS tells it.
public struct SnapshotMark: Hashable, Sendable {
  public var guid: GUID
  /// Whether somebody holds it: `zfs hold`.
  public var isHeld: Bool
  public var isCloned: Bool

  public init(guid: GUID, isHeld: Bool, isCloned: Bool) {
    self.guid = guid
    self.isHeld = isHeld
    self.isCloned = isCloned
  }
}
