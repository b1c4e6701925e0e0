/// A snapshot of one dataset.
public struct Snapshot: Hashable, Sendable {
  /// The part after `@`.
  public var name: String
  public var guid: GUID
  /// The transaction group it was made in: the order of snapshots on one pool.
  public var createtxg: UInt64
  public var creation: Instant

  public init(name: String, guid: GUID, createtxg: UInt64, creation: Instant) {
    self.name = name
    self.guid = guid
    self.createtxg = createtxg
    self.creation = creation
  }
}

/// A bookmark: the point in history of a snapshot that may be gone. Good as a base on the source only.
public struct Bookmark: Hashable, Sendable {
  /// The part after `#`.
  public var name: String
  /// The GUID of the snapshot it was made from.
  public var guid: GUID
  /// The transaction group of that snapshot.
  public var createtxg: UInt64
  public var creation: Instant

  public init(name: String, guid: GUID, createtxg: UInt64, creation: Instant) {
    self.name = name
    self.guid = guid
    self.createtxg = createtxg
    self.creation = creation
  }
}
