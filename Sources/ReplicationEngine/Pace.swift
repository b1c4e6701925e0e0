/// When the next bytes are due under a limit that may change: what went before a change does not count.
struct Pace {
  private var limit: SpeedLimit?
  private var due = -Double.infinity
  /// Seconds of silence that may be made up for. What was not used longer ago is lost, or a line that was
  /// quiet for an hour would then be full for as long.
  private static let slack = 1.0

  /// So many bytes have gone, of whichever stream.
  mutating func moved(_ bytes: UInt64, limit: SpeedLimit, at now: Double) {
    take(limit, now)
    due = max(due, now - Self.slack) + Double(bytes) / Double(max(1, limit.bytesPerSecond))
  }

  /// Seconds to wait, where too many have gone for now.
  mutating func pause(limit: SpeedLimit, at now: Double) -> Double? {
    take(limit, now)
    return due > now ? due - now : nil
  }

  private mutating func take(_ new: SpeedLimit, _ now: Double) {
    guard new != limit else { return }
    limit = new
    due = now
  }
}
