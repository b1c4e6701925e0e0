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
  /// How many datasets are sent at a time.
  public var parallel: Int
  /// Over how many connections a large stream goes; nil for what the host is set to.
  public var connections: Int?

  public init(
    retryMinutes: Int = 30, attempts: Int = 5, estimates: Bool = true,
    prunesSource: Bool = false, parallel: Int = 1, connections: Int? = nil
  ) {
    self.retryMinutes = retryMinutes
    self.attempts = attempts
    self.estimates = estimates
    self.prunesSource = prunesSource
    self.parallel = max(1, parallel)
    self.connections = connections
  }
}

/// What is left of the patience: attempts since the last progress, and the time in which nothing moved.
///
/// Bytes that left are no progress: a receiver may refuse each stream after its first bytes, for ever.
/// Progress is what the target holds more than before, which the next survey sees.
struct RetryBudget {
  private let policy: RunPolicy
  private var lastProgress: Double
  /// The times since then in which streams ran, none inside another; they try nobody's patience.
  private var streaming: [ClosedRange<Double>] = []
  private(set) var attempt = 1

  init(_ policy: RunPolicy, now: Double) {
    self.policy = policy
    lastProgress = now
  }

  mutating func progressed(at now: Double) {
    lastProgress = now
    streaming = []
    attempt = 1
  }

  /// A stream has ended that ran from then to now. What several of them shared counts once.
  mutating func streamed(since begin: Double, at now: Double) {
    var begin = min(max(begin, lastProgress), now)
    while let last = streaming.last, last.upperBound >= begin {
      begin = min(begin, last.lowerBound)
      streaming.removeLast()
    }
    streaming.append(begin...now)
  }

  /// Seconds to wait before the next attempt, or nil where the patience is at its end.
  ///
  /// `heals` says whether time alone mends it, as with a link; then only the time counts.
  mutating func delay(after now: Double, heals: Bool) -> Double? {
    let streamed = streaming.reduce(0) { $0 + $1.upperBound - $1.lowerBound }
    let idle = now - lastProgress - streamed
    guard policy.attempts > 1, idle < Double(policy.retryMinutes) * 60 else { return nil }
    if !heals, attempt >= policy.attempts { return nil }
    let seconds = min(60, Double(1 << min(attempt - 1, 6)))
    attempt += 1
    return seconds
  }
}
