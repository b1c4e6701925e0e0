import Foundation
import Glibc

/// The pump's place in these tests.
enum Bytes {
  static func pattern(_ size: Int) -> Data {
    var words = [UInt64](repeating: 0, count: size / 8)
    var number: UInt64 = 1
    for index in words.indices {
      number = number &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      words[index] = number
    }
    return words.withUnsafeBytes { Data($0) }
  }

  /// Writes all of it, or as much as is taken, and closes.
  static func write(_ data: Data, to descriptor: CInt) async {
    await onThread {
      signal(SIGPIPE, SIG_IGN)
      data.withUnsafeBytes { buffer in
        var start = 0
        while start < buffer.count {
          let count = Glibc.write(
            descriptor, buffer.baseAddress?.advanced(by: start), buffer.count - start)
          if count <= 0 { break }
          start += count
        }
      }
      close(descriptor)
    }
  }

  /// Reads to the end or the limit, and closes. Returns at most `keeping` bytes, and pauses for so many
  /// microseconds after each read.
  static func read(
    _ descriptor: CInt, limit: Int = .max, keeping: Int = .max, pause: UInt32 = 0
  ) async -> Data {
    await onThread {
      var data = Data()
      var total = 0
      var buffer = [UInt8](repeating: 0, count: 256 << 10)
      while total < limit {
        let count = Glibc.read(descriptor, &buffer, buffer.count)
        if count <= 0 { break }
        total += count
        if data.count < keeping { data.append(contentsOf: buffer[..<count]) }
        if pause > 0 { usleep(pause) }
      }
      close(descriptor)
      return data
    }
  }

  static func residentPages() -> Int {
    let text = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8)) ?? ""
    let words = text.split(separator: " ")
    return words.count > 1 ? Int(words[1]) ?? 0 : 0
  }

  private static func onThread<Value: Sendable>(
    _ body: @escaping @Sendable () -> Value
  ) async -> Value {
    await withCheckedContinuation { continuation in
      Thread.detachNewThread { continuation.resume(returning: body()) }
    }
  }
}
