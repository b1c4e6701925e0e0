public import FormKit
public import ReplicationModel
public import ReplicationPlanner
public import TerminalCore

/// Everything that can happen to the app.
public enum Message: Hashable, Sendable {
  case key(Key)
  /// A prompt asks for this, or for a row of it: plain mode's way to move the focus.
  case focus(FocusID, row: Int?)
  case resized(Size)
  /// The time, told before each key and at least once a second while a run is shown.
  case time(Instant)
  case reply(RequestID, Reply)
  /// A text was handed to the terminal's clipboard, or could not be.
  case copied(Bool)
  /// The program is asked to end by a signal, or its terminal is gone.
  case hangUp
}

/// What came of an effect.
public enum Reply: Hashable, Sendable {
  case loaded(Library)
  /// Some of a listing; more follows.
  case someDatasets([DatasetRow])
  /// The rest of a listing.
  case datasets([DatasetRow])
  case hostKeys([ShownHostKey])
  case pairing(PairingStage)
  case paired(Connection, ProvedHost)
  case proved(ProvedHost)
  case counted([SnapshotCount])
  case planned(Preview)
  case conflicts([ConflictCase])
  case forecast(RetentionOutlook)
  /// Oldest first.
  case holdings([HeldSnapshot])
  /// Newest first.
  case snapshots([SnapshotRow])
  /// A line of the checklist; nil once all are done.
  case checked(CheckResult?)
  case rights(RightsSheet)
  case saved
  case foreign(ForeignTasks)
  case outlived(RetentionPlan)
  /// How many snapshots were let go, and what kept others from it.
  case pruned(Int, Failure?)
  case runs([RunFacts])
  case log([LogEntry])
  case run(RunNews)
  case failed(Failure)
}

/// How far the setting up of a connection is.
public enum PairingStage: String, CaseIterable, Sendable {
  case makingKey, installingKey, proving
}

/// What a run tells while it runs.
public enum RunNews: Hashable, Sendable {
  case takingSnapshots([FirstSnapshot])
  case planned(Plan)
  case stepStarted(index: Int, of: Int, Step)
  /// Of the whole run: `rate` in bytes a second, `total` an estimate.
  case progress(index: Int, bytes: UInt64, total: UInt64?, rate: Double, etaSeconds: Double?)
  case stepFinished(index: Int, bytes: UInt64)
  case stepFailed(index: Int)
  case retry(attempt: Int, Failure, inSeconds: Double)
  case warning(PlanWarning)
  case finished(RunResult)
}

/// How a run ended.
public struct RunResult: Hashable, Sendable {
  /// `done`, `nothing`, `partial`, `failed`, `refused` or `cancelled`.
  public var outcome: String
  public var sentBytes: UInt64
  public var snapshots: Int
  public var seconds: Double
  public var error: Failure?
  /// Snapshots that retention let go, on both sides; 0 where only the history tells of the run.
  public var destroyed: Int

  public init(
    outcome: String, sentBytes: UInt64, snapshots: Int, seconds: Double, error: Failure? = nil,
    destroyed: Int = 0
  ) {
    self.outcome = outcome
    self.sentBytes = sentBytes
    self.snapshots = snapshots
    self.seconds = seconds
    self.error = error
    self.destroyed = destroyed
  }
}
