public import ReplicationModel

/// What a forecast is made from: both sides of one dataset as they were listed, and what is set up.
public struct RetentionSetup: Hashable, Sendable {
  /// When runs come by themselves.
  public enum Trigger: Hashable, Sendable {
    case schedule(Schedule)
    /// After each snapshot of the snapshot tasks of these names.
    case snapshotTasks([String])
    case byHand
  }

  /// The source's snapshots by createtxg, oldest first.
  public var source: [Snapshot]
  /// The copy's snapshots by createtxg, oldest first.
  public var target: [Snapshot]
  /// The source's bookmarks.
  public var bookmarks: [Bookmark]
  /// Which of the source's snapshots are sent.
  public var selection: SnapshotSelection
  public var trigger: Trigger
  /// Its snapshot tasks are those that cover the source: they take snapshots as well.
  public var retention: Retention

  public init(
    source: [Snapshot], target: [Snapshot], bookmarks: [Bookmark] = [],
    selection: SnapshotSelection, trigger: Trigger, retention: Retention
  ) {
    self.source = source
    self.target = target
    self.bookmarks = bookmarks
    self.selection = selection
    self.trigger = trigger
    self.retention = retention
  }
}
