internal import Dispatch
internal import Glibc

/// Reads a pipe to its end, on a thread of its own, and closes it.
struct OutputDrain {
  let handle: CInt
  /// Bytes that may come; nil for any number.
  let room: Int?
  private static let piece = 1 << 18

  /// Whether all came that there was.
  func toTheEnd(_ onOutput: @escaping @Sendable (ArraySlice<UInt8>) -> Void) async -> Bool {
    await withCheckedContinuation { continuation in
      DispatchQueue(label: "zferry.output").async {
        continuation.resume(returning: drain(onOutput))
      }
    }
  }

  private func drain(_ onOutput: (ArraySlice<UInt8>) -> Void) -> Bool {
    defer { close(handle) }
    var buffer = [UInt8](repeating: 0, count: Self.piece)
    var total = 0
    while true {
      let count = read(handle, &buffer, Self.piece)
      if count > 0 {
        total += count
        if let room, total > room { return false }
        onOutput(buffer[..<count])
      } else if count == 0 || errno != EINTR {
        return true
      }
    }
  }
}
