/// Who starts a run.
public enum RunStarter: Sendable {
  case person
  /// The source then lets go of what its snapshot tasks end.
  case schedule
}

/// How a run behaves where the task's file leaves room.
public struct RunPolicy: Hashable, Sendable {
  /// Minutes to go on trying without a byte of progress.
  public var retryMinutes: Int
  /// Attempts that fail for a reason other than the link, one after the other. One means: do not retry.
  public var attempts: Int
  /// Whether streams are estimated first, for a total and the time left.
  public var estimates: Bool
  /// Whether the source lets go of what its snapshot tasks end: in runs that a schedule starts.
  public var prunesSource: Bool

  public init(
    retryMinutes: Int = 30, attempts: Int = 5, estimates: Bool = true,
    prunesSource: Bool = false
  ) {
    self.retryMinutes = retryMinutes
    self.attempts = attempts
    self.estimates = estimates
    self.prunesSource = prunesSource
  }
}

/// What is left of the patience: attempts since the last progress, and the time in which nothing moved.
///
/// Bytes that left are no progress: a receiver may refuse each stream after its first bytes, for ever.
/// Progress is what the target holds more than before, which the next survey sees.
struct RetryBudget {
  private let policy: RunPolicy
  private var lastProgress: Double
  /// Seconds since then in which a stream ran; they try nobody's patience.
  private var streaming = 0.0
  private(set) var attempt = 1

  init(_ policy: RunPolicy, now: Double) {
    self.policy = policy
    lastProgress = now
  }

  mutating func progressed(at now: Double) {
    lastProgress = now
    streaming = 0
    attempt = 1
  }

  mutating func streamed(for seconds: Double) { streaming += seconds }

  /// Seconds to wait before the next attempt, or nil where the patience is at its end.
  ///
  /// `heals` says whether time alone mends it, as with a link; then only the time counts.
  mutating func delay(after now: Double, heals: Bool) -> Double? {
    let idle = now - lastProgress - streaming
    guard policy.attempts > 1, idle < Double(policy.retryMinutes) * 60 else { return nil }
    if !heals, attempt >= policy.attempts { return nil }
    let seconds = min(60, Double(1 << min(attempt - 1, 6)))
    attempt += 1
    return seconds
  }
}
