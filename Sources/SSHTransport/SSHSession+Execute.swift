internal import CSSH2
internal import Glibc
internal import ReplicationEngine

extension SSHSession {
  /// A listing of a million snapshots is some 200 MB; a host that says more is not answering us.
  private static let longestAnswer = 512 << 20

  /// Opens a channel and runs a line to its end.
  func execute(_ line: String, input: [UInt8] = [], seconds: Double = 600) throws(HostError)
    -> CommandResult
  {
    try execute(line, in: Channel(self), input: input, seconds: seconds)
  }

  /// Runs a line to its end; `input` is written first. After `seconds` in which nothing was heard the
  /// host counts as gone.
  func execute(_ line: String, in channel: Channel, input: [UInt8] = [], seconds: Double = 600)
    throws(HostError) -> CommandResult
  {
    try channel.start(line)
    try write(input, to: channel, Deadline(seconds: min(seconds, 60)))
    return try channel.finish(output: readAll(channel, seconds: seconds))
  }

  private func write(_ input: [UInt8], to channel: Channel, _ deadline: Deadline)
    throws(HostError)
  {
    var start = 0
    while start < input.count {
      let count = wait(until: deadline) {
        input.withUnsafeBytes { buffer in
          CInt(
            libssh2_channel_write_ex(
              channel.raw, 0,
              buffer.baseAddress?.advanced(by: start).assumingMemoryBound(to: CChar.self),
              buffer.count - start))
        }
      }
      // A shell that does not run what it is given may have closed already: its words are read next.
      if channel.isAtEnd { return }
      guard count > 0 else {
        throw count == LIBSSH2_ERROR_TIMEOUT ? error(.stalled, "nothing was taken") : lost()
      }
      start += Int(count)
    }
    channel.sendEnd(until: deadline)
  }

  private func readAll(_ channel: Channel, seconds: Double) throws(HostError) -> [UInt8] {
    var output: [UInt8] = []
    var deadline = Deadline(seconds: seconds)
    while true {
      let before = output.count + channel.errorCount
      var isDrained = false
      while !isDrained {
        switch channel.read() {
        case .bytes(let count): output += channel.buffer[..<count]
        case .nothing: isDrained = true
        case .failed: throw lost()
        }
        guard output.count <= Self.longestAnswer else {
          throw error(.channel, "the answer is longer than \(Self.longestAnswer >> 20) MiB")
        }
      }
      try channel.drainErrors()
      if channel.isAtEnd { return output }
      if output.count + channel.errorCount > before { deadline = Deadline(seconds: seconds) }
      if deadline.hasPassed || stop.isRaised {
        throw error(.stalled, "no answer for \(Int(seconds)) s")
      }
      waitForSocket(min(deadline.milliseconds, 15_000))
      keepAlive()
    }
  }
}
