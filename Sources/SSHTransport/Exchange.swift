internal import CSSH2
internal import Glibc
internal import ReplicationEngine

/// A command that runs in a channel. It is asked now and then how far it is, so that one thread can
/// have several under way.
struct Exchange {
  private let channel: Channel
  /// Seconds in which nothing was heard, after which the host counts as gone.
  private let patience: Double
  private let onOutput: Taken?
  private let stop: StopSignal
  /// All of it; where somebody takes it, as much as tells why a command could not run.
  private var output: [UInt8] = []
  private var count = 0
  private var deadline: Deadline

  /// Takes a piece of the output.
  typealias Taken = @Sendable (ArraySlice<UInt8>) -> Void

  /// A listing of a million snapshots is some 200 MB; a host that says more is not answering us.
  private static let longestAnswer = 512 << 20
  private static let beginning = 1_024

  /// Starts a line; `input` is written first.
  init(
    _ line: String, in channel: Channel, input: [UInt8] = [], patience: Double = 600,
    onOutput: Taken? = nil
  ) throws(HostError) {
    self.channel = channel
    self.patience = patience
    self.onOutput = onOutput
    stop = channel.session.stop
    deadline = Deadline(seconds: patience)
    try channel.start(line)
    try write(input, Deadline(seconds: min(patience, 60)))
  }

  var session: SSHSession { channel.session }

  /// What poll(2) has to watch for it.
  var watched: [pollfd] {
    [
      pollfd(fd: session.socket, events: session.socketEvents, revents: 0),
      pollfd(fd: stop.descriptor, events: Int16(POLLIN), revents: 0),
    ]
  }

  /// Milliseconds that may go by until it is asked again.
  var milliseconds: CInt { channel.hasMore ? 0 : min(deadline.milliseconds, 15_000) }

  /// Takes what has come; the result, once that is all.
  mutating func advance() throws(HostError) -> CommandResult? {
    session.stop = stop
    let before = count + channel.errorCount
    try takeOutput()
    try channel.drainErrors()
    if channel.isAtEnd {
      var result = try channel.finish(output: output)
      if onOutput != nil { result.output = [] }
      return result
    }
    if count + channel.errorCount > before { deadline = Deadline(seconds: patience) }
    if deadline.hasPassed || stop.isRaised {
      throw session.error(.stalled, "no answer for \(Int(patience)) s")
    }
    return nil
  }

  private mutating func takeOutput() throws(HostError) {
    while true {
      switch channel.read() {
      case .bytes(let more):
        count += more
        take(channel.buffer[..<more])
      case .nothing: return
      case .failed: throw session.lost()
      }
      guard count <= Self.longestAnswer else {
        throw session.error(.channel, "the answer is longer than \(Self.longestAnswer >> 20) MiB")
      }
    }
  }

  private mutating func take(_ bytes: Slice<UnsafeMutableRawBufferPointer>) {
    guard let onOutput else {
      output += bytes
      return
    }
    output += bytes.prefix(max(0, Self.beginning - output.count))
    onOutput(Array(bytes)[...])
  }

  private func write(_ input: [UInt8], _ deadline: Deadline) throws(HostError) {
    var start = 0
    while start < input.count {
      let count = session.wait(until: deadline) {
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
        throw count == LIBSSH2_ERROR_TIMEOUT
          ? session.error(.stalled, "nothing was taken") : session.lost()
      }
      start += Int(count)
    }
    channel.sendEnd(until: deadline)
  }
}

extension SSHSession {
  /// Opens a channel, and runs a line in it to its end.
  func execute(_ line: String, input: [UInt8] = [], seconds: Double = 600) throws(HostError)
    -> CommandResult
  {
    var exchange = try Exchange(line, in: Channel(self), input: input, patience: seconds)
    while true {
      if let result = try exchange.advance() { return result }
      waitForSocket(exchange.milliseconds)
      keepAlive()
    }
  }
}
