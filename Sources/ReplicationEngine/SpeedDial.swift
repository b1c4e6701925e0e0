internal import Synchronization

/// How fast a run may send just now: turned by the hour or by a person, read by its pump.
public final class SpeedDial: Sendable {
  /// Bytes a second, and 0 for no limit.
  private let setting: Atomic<UInt64>

  public init(_ limit: SpeedLimit? = nil) { setting = Atomic(limit?.bytesPerSecond ?? 0) }

  /// Nil for as fast as it goes.
  public var limit: SpeedLimit? {
    let bytes = setting.load(ordering: .relaxed)
    return bytes == 0 ? nil : SpeedLimit(bytesPerSecond: bytes)
  }

  /// Sets it; a stream that runs takes it over within a second.
  public func turn(to limit: SpeedLimit?) {
    setting.store(limit.map { max(1, $0.bytesPerSecond) } ?? 0, ordering: .relaxed)
  }
}
