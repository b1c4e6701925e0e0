public import ReplicationModel

/// Time, so that tests can hold it.
public protocol ClockPort: Sendable {
  /// The time of day, which may step.
  func now() -> Instant
  /// Seconds since some fixed moment; never steps back.
  func uptime() -> Double
  /// Ends early, without an error, when the task is cancelled.
  func sleep(seconds: Double) async
}
