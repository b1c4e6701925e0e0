public import ReplicationModel
public import ReplicationPlanner

/// What is remembered from one tick to the next.
public protocol ScheduleRecordPort: Sendable {
  /// The moment up to which each task's minutes were served.
  func marks() throws(StoreError) -> [AgendaKey: Instant]
  /// Keeps marks; nil forgets one.
  func keep(_ marks: [AgendaKey: Instant?]) throws(StoreError)
  func taken(_ taking: SnapshotTaking) throws(StoreError)
  /// The newest turns of a snapshot task, or of all, the newest first.
  func takings(of task: String?, limit: Int) throws(StoreError) -> [SnapshotTaking]
  /// The tasks of which was told that their copies are too far behind.
  func behind() throws(StoreError) -> Set<String>
  /// Keeps that it was told of a task, or that it is so no more; whether that was not known yet.
  func keepBehind(_ task: String, _ isBehind: Bool) throws(StoreError) -> Bool
  /// Keeps that a tick looked at all tasks, and which of them wait.
  func ticked(_ look: TickLook) throws(StoreError)
  /// The last tick's look; nil where there was none.
  func lastTick() throws(StoreError) -> TickLook?
}

/// What a tick found.
public struct TickLook: Hashable, Sendable {
  public var at: Instant
  public var waiting: [Waiting]

  public init(at: Instant, waiting: [Waiting] = []) {
    self.at = at
    self.waiting = waiting
  }

  /// How long a look holds, in seconds: ticks come once a minute.
  public static let holds: Int64 = 150

  /// Whether ticks still come.
  public func isFresh(at now: Instant) -> Bool { abs(now - at) <= Self.holds }
}
