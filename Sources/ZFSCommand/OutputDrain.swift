internal import Dispatch
internal import Glibc

/// Reads a pipe to its end, on a thread of its own, and closes it.
struct OutputDrain {
  let handle: CInt
  private static let piece = 1 << 18

  func toTheEnd(_ onOutput: @escaping @Sendable (ArraySlice<UInt8>) -> Void) async {
    await withCheckedContinuation { continuation in
      DispatchQueue(label: "zferry.output").async {
        drain(onOutput)
        continuation.resume()
      }
    }
  }

  private func drain(_ onOutput: (ArraySlice<UInt8>) -> Void) {
    defer { close(handle) }
    var buffer = [UInt8](repeating: 0, count: Self.piece)
    while true {
      let count = read(handle, &buffer, Self.piece)
      if count > 0 {
        onOutput(buffer[..<count])
      } else if count == 0 || errno != EINTR {
        return
      }
    }
  }
}
