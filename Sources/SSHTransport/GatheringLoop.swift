internal import Glibc
internal import ReplicationEngine

/// Takes a stream's pieces in turn from several connections, on a thread of its own.
struct GatheringLoop: Sendable {
  /// The reading ends of the connections' pipes, in their turn.
  let sources: [CInt]
  /// Our end of the pump's pipe.
  let target: CInt
  let stop: StopSignal

  /// Seconds that the other connections may take to end after one did.
  private static let farewell = 10.0

  /// To the end of the stream, or of any connection. Closes all it was given.
  func run() {
    var turn = 0
    // After a piece that is short no other comes.
    while LocalPipe.move(StripeLines.piece, from: sources[turn % sources.count], to: target) {
      turn += 1
    }
    // The stream ends here, whole or not: that is for the ends of the connections to say, which come in
    // order only where somebody still reads.
    close(target)
    let deadline = Deadline(seconds: Self.farewell)
    for source in sources {
      drain(source, until: deadline)
      close(source)
    }
  }

  private func drain(_ source: CInt, until deadline: Deadline) {
    var buffer = [UInt8](repeating: 0, count: 64 << 10)
    while !deadline.hasPassed, !stop.isRaised {
      var watched = [
        pollfd(fd: source, events: Int16(POLLIN), revents: 0),
        pollfd(fd: stop.descriptor, events: Int16(POLLIN), revents: 0),
      ]
      poll(&watched, 2, deadline.milliseconds)
      if watched[0].revents != 0, read(source, &buffer, buffer.count) <= 0 { return }
    }
  }
}
