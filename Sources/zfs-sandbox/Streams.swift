internal import Glibc

/// Standard input.
enum Input {
  static func read(_ count: Int) -> [UInt8] {
    var failure: Int32 = 0
    repeat {
      failure = 0
      let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
        let got = Glibc.read(STDIN_FILENO, buffer.baseAddress, count)
        if got < 0 { failure = errno }
        filled = max(0, got)
      }
      if failure != EINTR { return bytes }
    } while true
  }
}

/// Writes all, slowed down where a demo wants to be watched.
final class Output {
  private let descriptor: CInt
  private let bytesPerSecond: Double?

  init(_ descriptor: CInt, bytesPerSecond: Double?) {
    self.descriptor = descriptor
    self.bytesPerSecond = bytesPerSecond
  }

  /// Whether anyone still reads.
  func write(_ bytes: [UInt8]) -> Bool {
    var start = 0
    while start < bytes.count {
      let count = bytes.withUnsafeBytes { buffer in
        Glibc.write(descriptor, buffer.baseAddress?.advanced(by: start), buffer.count - start)
      }
      if count < 0 {
        if errno == EINTR { continue }
        return false
      }
      start += count
    }
    if let bytesPerSecond, bytesPerSecond > 0 {
      usleep(UInt32(min(5e6, Double(bytes.count) / bytesPerSecond * 1e6)))
    }
    return true
  }
}
