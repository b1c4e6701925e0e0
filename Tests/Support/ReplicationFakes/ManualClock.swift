public import ReplicationEngine
public import ReplicationModel
internal import Synchronization

/// Virtual time: sleeping moves it on at once, and nothing else does but who says so.
public final class ManualClock: ClockPort {
  private struct State {
    var uptime = 1_000.0
    var shift: Int64 = 0
    var slept: [Double] = []
    var onSleep: (@Sendable (Double) -> Void)?
  }
  private let state = Mutex(State())

  /// A clock that stands at the beginning of 2027.
  public init() {}

  /// Where the time of day begins.
  public static let epoch: Int64 = 1_798_761_600

  public func now() -> Instant {
    state.withLock { Instant(Self.epoch + $0.shift + Int64($0.uptime)) }
  }

  public func uptime() -> Double { state.withLock { $0.uptime } }

  public func sleep(seconds: Double) async {
    let hook = state.withLock { state in
      state.slept.append(seconds)
      if !Task.isCancelled { state.uptime += seconds }
      return state.onSleep
    }
    hook?(seconds)
  }

  /// Moves the time on.
  public func advance(by seconds: Double) { state.withLock { $0.uptime += seconds } }

  /// Sets the time of day; what counts seconds goes on as if nothing was.
  public func shift(by seconds: Int64) { state.withLock { $0.shift += seconds } }

  /// Every sleep so far.
  public var slept: [Double] { state.withLock { $0.slept } }

  /// Sets what happens while somebody sleeps.
  public func onSleep(_ hook: (@Sendable (Double) -> Void)?) {
    state.withLock { $0.onSleep = hook }
  }
}
