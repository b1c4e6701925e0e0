internal import CLinux
internal import Glibc
internal import ReplicationEngine

/// Deals a stream to several connections, on a thread of its own: pages are moved, nothing is copied.
struct DealingLoop: Sendable {
  /// Our end of the pump's pipe.
  let source: CInt
  /// The writing ends of the connections' pipes, in their turn.
  let targets: [CInt]
  let stop: StopSignal

  /// Each piece is a process over there: small ones wait for a moment whether they become larger.
  private static let enough: CInt = 256 << 10
  private static let moment: CInt = 10

  /// To the stream's end, or until a connection is gone. Closes all it was given.
  func run() {
    defer {
      close(source)
      for target in targets { close(target) }
    }
    var turn = 0
    while let length = next() {
      let target = targets[turn % targets.count]
      guard say("\(length)\n", to: target), length > 0,
        LocalPipe.move(Int(length), from: source, to: target), say(".\n", to: target)
      else { return }
      turn += 1
    }
  }

  /// The length of the next piece, 0 at the end; nil once stopped.
  private func next() -> CInt? {
    guard waited(-1) else { return nil }
    var length = waiting
    if length < Self.enough {
      // poll(2) on the stop alone: more of the stream would wake the other at once.
      var watched = pollfd(fd: stop.descriptor, events: Int16(POLLIN), revents: 0)
      if length > 0, poll(&watched, 1, Self.moment) > 0 { return nil }
      length = waiting
    }
    return min(length, CInt(StripeLines.piece))
  }

  private var waiting: CInt {
    var count: CInt = 0
    return ioctl(source, UInt(FIONREAD), &count) == 0 ? count : 0
  }

  /// False where it was stopped before the source had something to say, or came to its end.
  private func waited(_ milliseconds: CInt) -> Bool {
    var watched = [
      pollfd(fd: source, events: Int16(POLLIN), revents: 0),
      pollfd(fd: stop.descriptor, events: Int16(POLLIN), revents: 0),
    ]
    while poll(&watched, 2, milliseconds) < 0 && errno == EINTR {}
    return watched[1].revents == 0
  }

  private func say(_ text: String, to target: CInt) -> Bool {
    let bytes = Array(text.utf8)
    return write(target, bytes, bytes.count) == bytes.count
  }
}
