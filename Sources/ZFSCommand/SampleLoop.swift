internal import CLinux
internal import Dispatch
internal import Glibc
public import ReplicationEngine

/// Reads the beginning of a stream into memory, or writes it into another: for measuring.
struct SampleLoop: Sendable {
  let descriptor: CInt
  let stop: CInt
  private let end: Double
  private let clock = SystemClock()

  init(_ handle: StreamHandle, stop: CInt, seconds: Double) {
    descriptor = handle.raw
    self.stop = stop
    end = SystemClock().uptime() + seconds
    _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
  }

  /// Up to `most` bytes, and the seconds from the first of them to the last.
  func take(_ most: Int) -> StreamSample {
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: most)
    var count = 0
    var (first, last) = (0.0, 0.0)
    while count < most, isReady(POLLIN) {
      let got = bytes.withUnsafeMutableBytes {
        read(descriptor, $0.baseAddress?.advanced(by: count), most - count)
      }
      if got == 0 { break }
      if got < 0 {
        if errno == EAGAIN || errno == EINTR { continue }
        break
      }
      last = clock.uptime()
      if count == 0 { first = last }
      count += got
    }
    bytes.removeSubrange(count...)
    return StreamSample(bytes: bytes, seconds: last - first)
  }

  /// How many bytes were taken; the end is closed then.
  func give(_ bytes: [UInt8]) -> Int {
    defer { close(descriptor) }
    var count = 0
    while count < bytes.count, isReady(POLLOUT) {
      let put = bytes.withUnsafeBytes {
        write(descriptor, $0.baseAddress?.advanced(by: count), min(bytes.count - count, 64 << 10))
      }
      if put < 0 {
        if errno == EAGAIN || errno == EINTR { continue }
        break
      }
      count += put
    }
    return count
  }

  private func isReady(_ event: Int32) -> Bool {
    while true {
      let left = end - clock.uptime()
      guard left > 0 else { return false }
      var watched = [
        pollfd(fd: descriptor, events: Int16(event), revents: 0),
        pollfd(fd: stop, events: Int16(POLLIN), revents: 0),
      ]
      let count = poll(&watched, 2, CInt(left * 1_000) + 1)
      if count < 0 && errno == EINTR { continue }
      return count > 0 && watched[1].revents == 0
    }
  }
}

extension FilePump {
  public func take(from source: StreamHandle, most: Int, seconds: Double) async -> StreamSample {
    await Self.stoppable { SampleLoop(source, stop: $0, seconds: seconds).take(most) }
  }

  public func give(_ bytes: [UInt8], to target: StreamHandle, seconds: Double) async -> Int {
    await Self.stoppable { SampleLoop(target, stop: $0, seconds: seconds).give(bytes) }
  }
}
