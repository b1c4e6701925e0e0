/// Counts a run's bytes and tells rate and time left: never backwards, never more often than four
/// times a second (must_not_B20).
struct ProgressMeter {
  /// Bytes of the streams that have ended.
  private(set) var sent: UInt64 = 0
  /// Bytes of those that run, by their numbers.
  private var running: [Int: UInt64] = [:]
  private var begun = 0
  private var samples: [(at: Double, bytes: UInt64)] = []
  private var lastReport = -Double.infinity
  /// Seconds that the rate looks back.
  private static let window = 5.0

  var bytes: UInt64 { running.values.reduce(sent, +) }

  /// A stream begins, and gets a number: the rate looks back no further than here, unless others went
  /// before.
  mutating func begin(at now: Double) -> Int {
    if samples.isEmpty { samples.append((now, bytes)) }
    begun += 1
    running[begun] = 0
    return begun
  }

  /// Takes the count of a stream that runs; true where it is time to tell. What is told of one that has
  /// ended comes too late.
  mutating func advance(_ stream: Int, to count: UInt64, at now: Double) -> Bool {
    guard let before = running[stream] else { return false }
    running[stream] = max(before, count)
    samples.append((now, bytes))
    while samples.count > 2, samples[0].at < now - Self.window { samples.removeFirst() }
    guard now - lastReport >= 0.25 else { return false }
    lastReport = now
    return true
  }

  /// A stream has ended, with so many bytes.
  mutating func end(_ stream: Int, with count: UInt64) {
    sent += max(running.removeValue(forKey: stream) ?? 0, count)
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
