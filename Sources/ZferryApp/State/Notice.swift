public import ReplicationModel

/// What somebody is told of a task: facts, of which `NoticeWords` makes sentences.
public struct Notice: Hashable, Sendable {
  /// What it is about.
  public enum Matter: Hashable, Sendable {
    case run(Run)
    /// Seconds that the copy is behind, and how many it may be.
    case lag(seconds: Int64, limit: Int64)
    /// Somebody wants to see whether notices arrive.
    case test
  }

  /// How a run ended.
  public struct Run: Hashable, Sendable {
    /// As in `run_finished`.
    public var outcome: String
    public var sentBytes: UInt64
    public var snapshots: Int
    public var seconds: Double
    public var error: Failure?

    public init(
      outcome: String, sentBytes: UInt64, snapshots: Int, seconds: Double, error: Failure?
    ) {
      self.outcome = outcome
      self.sentBytes = sentBytes
      self.snapshots = snapshots
      self.seconds = seconds
      self.error = error
    }
  }

  public var task: String
  /// What this system is called.
  public var host: String
  public var at: Instant
  public var event: Notify.Event
  public var matter: Matter

  public init(task: String, host: String, at: Instant, event: Notify.Event, _ matter: Matter) {
    self.task = task
    self.host = host
    self.at = at
    self.event = event
    self.matter = matter
  }

  /// Whether somebody has to look after it.
  public var isAlarm: Bool { matter != .test && (event == .failure || event == .lag) }
}
