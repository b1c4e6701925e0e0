/// Counts a run's bytes and tells rate and time left: never backwards, never more often than four
/// times a second (must_not_B20).
struct ProgressMeter {
  /// Bytes of the streams that have ended.
  private(set) var sent: UInt64 = 0
  private var current: UInt64 = 0
  private var samples: [(at: Double, bytes: UInt64)] = []
  private var lastReport = -Double.infinity
  /// Seconds that the rate looks back.
  private static let window = 5.0

  var bytes: UInt64 { sent + current }

  /// A stream begins: the rate looks back no further than here, unless others went before.
  mutating func begin(at now: Double) {
    if samples.isEmpty { samples.append((now, bytes)) }
  }

  /// Takes the count of the stream that runs; true where it is time to tell.
  mutating func advance(to count: UInt64, at now: Double) -> Bool {
    current = max(current, count)
    samples.append((now, bytes))
    while samples.count > 2, samples[0].at < now - Self.window { samples.removeFirst() }
    guard now - lastReport >= 0.25 else { return false }
    lastReport = now
    return true
  }

  /// The stream has ended, with so many bytes.
  mutating func end(with count: UInt64) {
    sent += max(current, count)
    current = 0
  }

  /// Bytes a second over the last seconds.
  var rate: Double {
    guard let first = samples.first, let last = samples.last, last.at > first.at else { return 0 }
    return Double(last.bytes - first.bytes) / (last.at - first.at)
  }

  /// Seconds until `total`, or nil where nobody can tell.
  func timeLeft(of total: UInt64?) -> Double? {
    guard let total, rate > 0 else { return nil }
    return total > bytes ? Double(total - bytes) / rate : 0
  }
}
