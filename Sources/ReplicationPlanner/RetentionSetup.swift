public import ReplicationModel

/// What a forecast is made from: both sides of one dataset as they were listed, and what is set up.
public struct RetentionSetup: Hashable, Sendable {
  /// Which snapshots of the destination are let go.
  public enum Policy: Hashable, Sendable {
    /// Those that the source does not hold any more.
    case source
    /// Those that are older than a lifetime; where further ones have schedules that match a
    /// snapshot's time, the longest of these counts instead.
    case custom(Lifetime, further: [ScheduledLifetime])
    case none
  }

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
  /// The snapshot tasks that cover the source; those that are off take and prune nothing.
  public var snapshotTasks: [SnapshotTask]
  /// Which of the source's snapshots are sent.
  public var selection: SnapshotSelection
  public var trigger: Trigger
  public var policy: Policy

  public init(
    source: [Snapshot], target: [Snapshot], bookmarks: [Bookmark] = [],
    snapshotTasks: [SnapshotTask], selection: SnapshotSelection, trigger: Trigger, policy: Policy
  ) {
    self.source = source
    self.target = target
    self.bookmarks = bookmarks
    self.snapshotTasks = snapshotTasks
    self.selection = selection
    self.trigger = trigger
    self.policy = policy
  }
}
