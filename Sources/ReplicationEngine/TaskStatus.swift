public import ReplicationModel
public import ReplicationPlanner

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
  /// The age of the newest snapshot that both sides hold, of the dataset that is worst off. Where no run
  /// has told it, seconds since `lastSuccess`: the copy holds at most what was there when that run began.
  public var lagSeconds: Int64?
  /// What had yet to be sent when a run last looked; nil where nobody could tell.
  public var lagBytes: UInt64?
  /// What the last run that ended failed of; nil while one runs.
  public var lastError: RunFailure?
  /// Why it waits or is on hold; else what it failed of.
  public var reason: RunFailure?
  /// How far its run is.
  public var progress: RunProgress?

  /// The status of a task at `now`.
  ///
  /// `draft` is nil where the task's file cannot be read; `runs` are its newest runs, the newest
  /// first; `snapshotTasks` are those that are stored, of which the draft names the ones it is bound to.
  public init(
    name: String, draft: TaskDraft?, runs: [RunRecord], snapshotTasks: [SnapshotTask], zone: Zone,
    now: Instant, situation: TaskSituation = TaskSituation()
  ) {
    self.name = name
    enabled = draft?.enabled ?? false
    let runs = runs.filter { $0.summary?.outcome != .pruned }
    lastRun = runs.first?.started
    lastSuccess = runs.first { $0.summary?.isUpToDate == true }?.started
    lagSeconds = (situation.copy.map(\.newestCommon) ?? lastSuccess).map { now - $0 }
    lagBytes = situation.copy?.bytesBehind
    nextRun = draft.flatMap { Self.nextRun(of: $0, snapshotTasks, zone: zone, now: now) }
    (state, lastError) = Self.state(of: name, runs.first)
    reason = lastError
    progress = state == .running ? situation.progress : nil
    if let (state, reason) = situation.standing(of: name, isReadable: draft != nil),
      self.state != .running
    {
      self.state = state
      self.reason = reason
    }
  }

  private static func state(of name: String, _ last: RunRecord?) -> (TaskState, RunFailure?) {
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

  private static func nextRun(
    of draft: TaskDraft, _ snapshotTasks: [SnapshotTask], zone: Zone, now: Instant
  ) -> Instant? {
    guard draft.enabled else { return nil }
    return draft.triggers(snapshotTasks)
      .compactMap { $0.nextRuns(after: now, count: 1, zone: zone).first }.min()
  }
}

/// What is known of a task beside its file and its runs.
public struct TaskSituation: Hashable, Sendable {
  /// Since when a person keeps it from running.
  public var paused: Instant?
  /// Why it was not started when it was due.
  public var waiting: Waiting?
  public var progress: RunProgress?
  public var copy: CopyState?

  public init(
    paused: Instant? = nil, waiting: Waiting? = nil, progress: RunProgress? = nil,
    copy: CopyState? = nil
  ) {
    self.paused = paused
    self.waiting = waiting
    self.progress = progress
    self.copy = copy
  }

  /// Reads it; what a tick said counts only while ticks come.
  public init(
    of task: String, _ control: any RunControlPort, tick: TickLook?, now: Instant
  ) throws(StoreError) {
    paused = try control.paused(task)
    progress = try control.progress(of: task)
    copy = try control.copyState(of: task)
    guard let tick, tick.isFresh(at: now) else { return }
    waiting = tick.waiting.first { $0.task == task }
  }

  /// The state that keeps a task from running, with its reason; nil where nothing does.
  func standing(of task: String, isReadable: Bool) -> (TaskState, RunFailure)? {
    if !isReadable {
      return (.hold, RunFailure(code: FailureCode.unreadable, subject: task))
    }
    if paused != nil { return (.hold, RunFailure(code: FailureCode.paused, subject: task)) }
    guard let waiting else { return nil }
    return (
      .waiting,
      RunFailure(code: waiting.reason.rawValue, subject: task, detail: waiting.detail)
    )
  }
}
