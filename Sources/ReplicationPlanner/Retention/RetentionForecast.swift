public import ReplicationModel

/// What both sides of one dataset will hold on a later day, if everything runs as it is set up.
///
/// A forecast only: nothing is destroyed by it, and a run decides anew from what both sides hold then.
public struct RetentionForecast: Hashable, Sendable {
  /// A snapshot that will be there.
  public struct Holding: Hashable, Sendable {
    /// The part after `@`.
    public var name: String
    public var creation: Instant
    /// Nil where it is yet to be taken.
    public var guid: GUID?

    public init(name: String, creation: Instant, guid: GUID?) {
      self.name = name
      self.creation = creation
      self.guid = guid
    }

    /// A snapshot that is there now.
    public init(_ snapshot: Snapshot) {
      self.init(name: snapshot.name, creation: snapshot.creation, guid: snapshot.guid)
    }
  }

  /// The moment it is a forecast of.
  public var at: Instant
  /// Oldest first.
  public var source: [Holding]
  /// Oldest first.
  public var target: [Holding]
  /// The newest snapshot that both sides will hold; it stays whatever its age. Nil where there is none.
  public var base: Holding?
}

/// Whether copying can go on after a time in which no run reached the destination.
public struct OutageForecast: Hashable, Sendable {
  /// The newest snapshot that both sides hold now; nil where there is none.
  public var base: RetentionForecast.Holding?
  /// When its lifetime on the source ends; nil where nothing there prunes it. zferry keeps a base
  /// all the same; other programs that prune the source may not.
  public var expires: Instant?
  /// Whether a bookmark on the source stands for a snapshot that the copy holds: it does as a base
  /// without the snapshot itself.
  public var hasBookmark: Bool
  /// Whether a base is there at the outage's end even where the source is pruned by lifetime alone.
  public var survives: Bool
}
