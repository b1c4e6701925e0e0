public import ReplicationModel

/// What a task lets go and what it keeps back: its policy for the copy, and the lifetimes that
/// snapshot tasks give the source.
public struct Retention: Hashable, Sendable {
  /// Which snapshots of the destination are let go.
  public enum Policy: Hashable, Sendable {
    /// Those that the source does not hold any more.
    case source
    /// Those that are older than a lifetime; where further ones have schedules that match a
    /// snapshot's time, the longest of these counts instead.
    case custom(Lifetime, further: [ScheduledLifetime])
    case none
  }

  /// Another task whose snapshots wait on the same source until they have arrived.
  public struct Waiting: Hashable, Sendable {
    public var task: String
    public var sources: [DatasetName]
    public var target: DatasetName
    public var recursive: Bool
    public var exclude: [String]

    public init(
      task: String, sources: [DatasetName], target: DatasetName, recursive: Bool, exclude: [String]
    ) {
      self.task = task
      self.sources = sources
      self.target = target
      self.recursive = recursive
      self.exclude = exclude
    }
  }

  public var policy: Policy
  /// Those whose lifetimes count on the source; the ones that are off prune nothing.
  public var snapshotTasks: [SnapshotTask]
  /// Whether what has not arrived yet stays on the source beyond its lifetime.
  public var holdsPending: Bool
  public var elsewhere: [Waiting]

  public init(
    policy: Policy = .none, snapshotTasks: [SnapshotTask] = [], holdsPending: Bool = false,
    elsewhere: [Waiting] = []
  ) {
    self.policy = policy
    self.snapshotTasks = snapshotTasks
    self.holdsPending = holdsPending
    self.elsewhere = elsewhere
  }

  /// What a draft sets up; nil where it has errors that `TaskRules` reports.
  ///
  /// `snapshotTasks` are all that are known here. A pull's source is another machine, whose own
  /// are not known, and so nothing is pruned there.
  public init?(_ draft: TaskDraft, snapshotTasks: [SnapshotTask]) {
    let policy: Policy
    switch draft.retentionPolicy {
    case .source: policy = .source
    case .none: policy = .none
    case .custom:
      guard let value = draft.lifetimeValue, let unit = draft.lifetimeUnit else { return nil }
      policy = .custom(Lifetime(value, unit), further: draft.lifetimes)
    }
    self.init(
      policy: policy, snapshotTasks: draft.direction == .push ? snapshotTasks : [],
      holdsPending: draft.holdPendingSnapshots)
  }

  /// Whether a snapshot task's lifetime counts for a dataset of the source, or for one below it.
  func prunes(_ root: DatasetName, below: Bool) -> Bool {
    snapshotTasks.contains { task in
      guard task.enabled, let own = try? DatasetName(task.dataset) else { return false }
      return task.covers(root) || (below && own.isWithin(root))
    }
  }

  /// Whether it can let anything go at all.
  public var isIdle: Bool { policy == .none && !snapshotTasks.contains(where: \.enabled) }
}

extension Retention.Waiting {
  /// Where the source's bookmarks say that this task's copy has come to: the place of the newest, 0 where
  /// there is none yet; nil where the dataset is none of the task's.
  func reached(_ member: DatasetState) -> UInt64? {
    guard
      sources.contains(where: { recursive ? member.name.isWithin($0) : member.name == $0 }),
      !(recursive && exclude.contains { DatasetPattern($0).matches(member.name) })
    else { return nil }
    let copy = SourceMapping(sources: sources, target: target).target(of: member.name)
    let prefix = BaseBookmark.prefix(task: task, target: copy)
    return member.bookmarks.filter { $0.name.hasPrefix(prefix) }.map(\.createtxg).max() ?? 0
  }
}
