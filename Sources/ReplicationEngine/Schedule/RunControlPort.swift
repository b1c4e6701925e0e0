public import ReplicationModel

/// What other processes may know and ask of a run.
public protocol RunControlPort: Sendable {
  /// Tells how far a run of this process is, for whoever asks.
  func tell(_ progress: RunProgress, of task: String) throws(StoreError)
  /// How far the run is that holds the task's lock; nil where none does, or it has told nothing yet.
  func progress(of task: String) throws(StoreError) -> RunProgress?
  /// Keeps how far the copy is behind.
  func looked(_ state: CopyState, of task: String) throws(StoreError)
  func copyState(of task: String) throws(StoreError) -> CopyState?

  /// Asks the run that holds the task's lock to stop; false where none does.
  func askToStop(_ task: String) throws(StoreError) -> Bool
  /// Whether somebody has asked the run of this process to stop.
  func isAskedToStop(_ task: String) -> Bool

  /// Wishes a speed of the run that holds the task's lock, or with nil its task's own again; false where
  /// none runs.
  func wish(_ speed: SpeedWish?, of task: String) throws(StoreError) -> Bool
  /// How fast somebody wants the run of this process to send; nil where nobody has asked.
  func wishedSpeed(of task: String) -> SpeedWish?

  /// Keeps a task from being run, or with nil lets it run again.
  func pause(_ task: String, at: Instant?) throws(StoreError)
  /// Since when a task is paused; nil where it is not.
  func paused(_ task: String) throws(StoreError) -> Instant?
}

/// How far a run is, as `status` shows it.
public struct RunProgress: Hashable, Sendable {
  public var at: Instant
  public var bytes: UInt64
  public var total: UInt64?
  /// Bytes a second.
  public var rate: Double
  public var etaSeconds: Double?

  public init(at: Instant, bytes: UInt64, total: UInt64?, rate: Double, etaSeconds: Double?) {
    self.at = at
    self.bytes = bytes
    self.total = total
    self.rate = rate
    self.etaSeconds = etaSeconds
  }
}

/// How far a copy was behind its source when a run last looked at both.
public struct CopyState: Hashable, Sendable {
  public var at: Instant
  /// What had yet to be sent; nil where nobody could tell.
  public var bytesBehind: UInt64?
  /// When the newest snapshot was made that both sides hold: of all datasets, the one that is worst off.
  /// Nil where one of them has no copy at all.
  public var newestCommon: Instant?

  public init(at: Instant, bytesBehind: UInt64?, newestCommon: Instant?) {
    self.at = at
    self.bytesBehind = bytesBehind
    self.newestCommon = newestCommon
  }
}

/// Nobody asks anything, and nothing is remembered.
public struct NoControl: RunControlPort {
  public init() {}
  public func tell(_ progress: RunProgress, of task: String) throws(StoreError) {}
  public func progress(of task: String) throws(StoreError) -> RunProgress? { nil }
  public func looked(_ state: CopyState, of task: String) throws(StoreError) {}
  public func copyState(of task: String) throws(StoreError) -> CopyState? { nil }
  public func askToStop(_ task: String) throws(StoreError) -> Bool { false }
  public func isAskedToStop(_ task: String) -> Bool { false }
  public func wish(_ speed: SpeedWish?, of task: String) throws(StoreError) -> Bool { false }
  public func wishedSpeed(of task: String) -> SpeedWish? { nil }
  public func pause(_ task: String, at: Instant?) throws(StoreError) {}
  public func paused(_ task: String) throws(StoreError) -> Instant? { nil }
}
