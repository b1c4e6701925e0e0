public import ReplicationModel

/// What can be said of a task without looking at either side: its state, its last runs, its next one.
///
/// The task list and `zferry status` show the same value; the words are theirs.
public struct TaskStatus: Hashable, Sendable {
  public var name: String
  /// Whether it is enabled; false where its file cannot be read.
  public var enabled: Bool
  public var state: TaskState
  /// When its last run began.
  public var lastRun: Instant?
  /// When the last run began that left the copy up to date.
  public var lastSuccess: Instant?
  /// When it runs next by itself; nil where it does not.
  public var nextRun: Instant?
  /// Seconds since `lastSuccess`: the copy holds at most what was there when that run began.
  public var lagSeconds: Int64?
  /// What the last run that ended failed of; nil while one runs.
  public var lastError: RunFailure?

  /// The status of a task at `now`.
  ///
  /// `draft` is nil where the task's file cannot be read; `runs` are its newest runs, the newest
  /// first; `snapshotTasks` are those that are stored, of which the draft names the ones it is bound to.
  public init(
    name: String, draft: TaskDraft?, runs: [RunRecord], snapshotTasks: [SnapshotTask], zone: Zone,
    now: Instant
  ) {
    self.name = name
    enabled = draft?.enabled ?? false
    let newest = runs.first
    // What was restored, decided or pruned says nothing of how far the copy is.
    let runs = runs.filter { $0.kind == .run && $0.summary?.outcome != .pruned }
    lastRun = runs.first?.started
    lastSuccess = runs.first { $0.summary?.isUpToDate == true }?.started
    lagSeconds = lastSuccess.map { now - $0 }
    nextRun = draft.flatMap { Self.nextRun(of: $0, snapshotTasks, zone: zone, now: now) }
    (state, lastError) = Self.state(
      of: name, isReadable: draft != nil, newest?.isRunning == true ? newest : runs.first)
  }

  private static func state(of name: String, isReadable: Bool, _ last: RunRecord?)
    -> (TaskState, RunFailure?)
  {
    guard isReadable else { return (.hold, nil) }
    guard let last else { return (.pending, nil) }
    if last.isRunning { return (.running, nil) }
    guard let summary = last.summary else {
      return (.error, RunFailure(code: FailureCode.killed, subject: name))
    }
    switch summary.outcome {
    case .done, .nothing: return (.finished, summary.error)
    case .cancelled: return (.cancelled, summary.error)
    case .partial, .failed, .refused, .pruned: return (.error, summary.error)
    }
  }

  /// A schedule of its own comes first; else a push runs after the snapshot tasks it is bound to.
  private static func nextRun(
    of draft: TaskDraft, _ snapshotTasks: [SnapshotTask], zone: Zone, now: Instant
  ) -> Instant? {
    guard draft.enabled, draft.auto else { return nil }
    if let schedule = draft.schedule {
      return schedule.nextRuns(after: now, count: 1, zone: zone).first
    }
    guard draft.direction == .push else { return nil }
    let bound = Set(draft.periodicSnapshotTasks)
    return snapshotTasks.filter { $0.enabled && bound.contains($0.name) }
      .compactMap { $0.schedule.nextRuns(after: now, count: 1, zone: zone).first }.min()
  }
}
