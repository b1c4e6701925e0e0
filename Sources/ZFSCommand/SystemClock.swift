internal import Glibc
public import ReplicationEngine
public import ReplicationModel

/// The machine's clocks.
public struct SystemClock: ClockPort {
  public init() {}

  public func now() -> Instant { Instant(Int64(time(nil))) }

  public func uptime() -> Double {
    var value = timespec()
    clock_gettime(CLOCK_MONOTONIC, &value)
    return Double(value.tv_sec) + Double(value.tv_nsec) / 1e9
  }

  public func sleep(seconds: Double) async {
    try? await Task.sleep(for: .milliseconds(Int(seconds * 1_000)))
  }
}
