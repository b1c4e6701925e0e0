internal import ReplicationEngine

/// When the next bytes are due under a limit that may change: what went before a change does not count.
struct Pace {
  private var limit: SpeedLimit?
  private var begin: Double
  private var counted: UInt64 = 0

  init(limit: SpeedLimit?, since begin: Double) {
    self.limit = limit
    self.begin = begin
  }

  /// Seconds to wait, where so many bytes are too many for now.
  mutating func pause(after total: UInt64, limit new: SpeedLimit?, now: Double) -> Double? {
    if new != limit {
      limit = new
      begin = now
      counted = total
    }
    guard let limit, limit.bytesPerSecond > 0 else { return nil }
    let due = begin + Double(total - counted) / Double(limit.bytesPerSecond)
    return due > now ? due - now : nil
  }
}
