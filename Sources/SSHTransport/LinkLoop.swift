internal import CLinux
internal import Glibc
internal import ReplicationEngine
internal import Synchronization

/// Moves a stream between a connection and a pipe, on a thread of its own: pages are moved, none is read.
final class LinkLoop: Sendable {
  private let source: CInt
  private let target: CInt
  /// The one of the two that is the connection.
  private let connection: CInt
  private let stop: StopSignal
  private let broke = Mutex<CInt?>(nil)

  /// Takes over both ends.
  init(from source: CInt, to target: CInt, connection: CInt, stop: StopSignal) {
    (self.source, self.target, self.connection, self.stop) = (source, target, connection, stop)
    for end in [source, target] { _ = fcntl(end, F_SETFL, fcntl(end, F_GETFL) | O_NONBLOCK) }
  }

  /// The system's error number of a connection that broke; nil where it was closed in order.
  var failure: CInt? { broke.withLock { $0 } }

  /// To the stream's end, or until an end is gone. Closes both: what still has to arrive goes on to.
  func run() {
    defer {
      // Also where a child of ours that was just begun holds a copy.
      shutdown(connection, Int32(SHUT_WR))
      close(source)
      close(target)
    }
    while !stop.isRaised {
      let count = splice(
        source, nil, target, nil, 1 << 20,
        UInt32(LINUX_SPLICE_F_MOVE | LINUX_SPLICE_F_NONBLOCK))
      if count == 0 { return }
      if count > 0 || errno == EINTR { continue }
      guard errno == EAGAIN else {
        // A pipe that nobody reads any more is for the other end's command to tell.
        if connection == source || errno != EPIPE { broke.withLock { $0 = errno } }
        return
      }
      guard isReady(source, POLLIN), isReady(target, POLLOUT) else { return }
    }
  }

  /// Waits for one end; false where it was stopped, or nobody is at the other end of it.
  private func isReady(_ end: CInt, _ event: Int32) -> Bool {
    var watched = [
      pollfd(fd: end, events: Int16(event), revents: 0),
      pollfd(fd: stop.descriptor, events: Int16(POLLIN), revents: 0),
      // While a source is silent, a target that is gone is noticed; it is watched for errors alone.
      pollfd(fd: event == POLLIN ? target : -1, events: 0, revents: 0),
    ]
    while poll(&watched, 3, -1) < 0 && errno == EINTR {}
    if watched[1].revents != 0 { return false }
    return watched[0].revents != 0 || watched[2].revents & Int16(POLLERR | POLLHUP) == 0
  }
}
