/// Moves a stream from one end to the other and counts it.
public protocol PumpPort: Sendable {
  /// Copies until the reading end is at its end, or an end breaks; closes both ends.
  ///
  /// The limit may change while it runs. `onBytes` gets the total so far, a few times a second at most. Cancelling the task stops the copy.
  func pump(
    from source: StreamHandle, to target: StreamHandle, limit: SpeedDial,
    onBytes: @escaping @Sendable (UInt64) -> Void
  ) async -> PumpResult

  /// Reads the beginning of a stream, up to so many bytes or seconds, and closes its end: for measuring.
  func take(from source: StreamHandle, most: Int, seconds: Double) async -> StreamSample
  /// Writes what was read once into a stream, for so many seconds, and closes its end; gives how much it
  /// took.
  func give(_ bytes: [UInt8], to target: StreamHandle, seconds: Double) async -> Int
}

/// The beginning of a stream.
public struct StreamSample: Hashable, Sendable {
  public var bytes: [UInt8]
  /// From its first byte to its last.
  public var seconds: Double

  public init(bytes: [UInt8], seconds: Double) {
    self.bytes = bytes
    self.seconds = seconds
  }
}

/// How a copy ended.
public struct PumpResult: Hashable, Sendable {
  /// Why a copy came to its end.
  public enum End: Hashable, Sendable {
    /// The reader came to the stream's end; whether it is whole, the commands' exits say.
    case endOfStream
    /// The writer's end was closed by the other side.
    case brokenPipe
    /// Nothing moved for as long as the watchdog allows.
    case stalled
    case cancelled
    case failed(errno: Int32)
  }
  public var bytes: UInt64
  public var end: End

  public init(bytes: UInt64, end: End) {
    self.bytes = bytes
    self.end = end
  }
}

/// Bytes a second, which a person may change while a stream runs.
public struct SpeedLimit: Hashable, Sendable {
  public var bytesPerSecond: UInt64
  public init(bytesPerSecond: UInt64) { self.bytesPerSecond = bytesPerSecond }
}
