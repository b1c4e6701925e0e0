internal import Synchronization

/// How fast a run may send just now: turned by the hour or by a person, read by its pumps. All streams of
/// the run share it.
public final class SpeedDial: Sendable {
  /// Bytes a second, and 0 for no limit.
  private let setting: Atomic<UInt64>
  private let pace = Mutex(Pace())

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

  /// Some stream has moved so many bytes.
  public func moved(_ bytes: UInt64, at now: Double) {
    guard let limit else { return }
    pace.withLock { $0.moved(bytes, limit: limit, at: now) }
  }

  /// Seconds to wait before any stream moves more; nil for none.
  public func pause(at now: Double) -> Double? {
    guard let limit else { return nil }
    return pace.withLock { $0.pause(limit: limit, at: now) }
  }
}
