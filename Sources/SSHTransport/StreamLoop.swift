internal import CSSH2
internal import Glibc
internal import ReplicationEngine

/// Moves bytes between a channel and a pipe, on the stream's own thread.
struct StreamLoop: Sendable {
  let channel: Channel
  /// Our end of the pipe, not blocking.
  let pipe: CInt

  /// Seconds that a receiver may take to end after its stream did: it writes what it holds.
  private static let farewell = 3_600.0
  private static let chunk = 512 << 10
  /// Milliseconds of quiet after which we say that we are here.
  private static let quiet: CInt = 15_000

  private var session: SSHSession { channel.session }
  private var stop: StopSignal { channel.session.stop }

  /// From the channel to the pipe.
  func pull() throws(HostError) -> CommandResult {
    var isOpen = true
    defer { if isOpen { close(pipe) } }
    while true {
      try channel.drainErrors()
      switch channel.read() {
      case .bytes(let count):
        guard deliver(UnsafeRawBufferPointer(rebasing: channel.buffer[..<count])) else {
          throw HostError(.cancelled, subject: session.label, detail: "nobody reads the stream")
        }
      case .failed: throw session.lost()
      case .nothing:
        if channel.isAtEnd {
          close(pipe)
          isOpen = false
          return try channel.finish(output: [])
        }
        // Watched for errors alone: nobody reads any more.
        try waited(pipeEvents: 0)
      }
    }
  }

  /// False where nobody reads any more, or the stream was stopped.
  private func deliver(_ bytes: UnsafeRawBufferPointer) -> Bool {
    var start = 0
    while start < bytes.count {
      let count = write(pipe, bytes.baseAddress?.advanced(by: start), bytes.count - start)
      if count > 0 {
        start += count
      } else if errno == EAGAIN {
        var waiting = [
          pollfd(fd: pipe, events: Int16(POLLOUT), revents: 0),
          pollfd(fd: stop.descriptor, events: Int16(POLLIN), revents: 0),
        ]
        if poll(&waiting, 2, Self.quiet) == 0 { session.keepAlive() }
      } else if errno != EINTR {
        return false
      }
      if stop.isRaised { return false }
    }
    return true
  }

  /// From the pipe to the channel.
  func push() throws(HostError) -> CommandResult {
    do throws(HostError) { try copyPipe() } catch {
      // A receiver that has ended breaks the pipe for the pump; so does a link that is gone.
      close(pipe)
      throw error
    }
    close(pipe)
    channel.sendEnd(until: Deadline(seconds: 60))
    let deadline = Deadline(seconds: Self.farewell)
    while !(try drained()) {
      guard !deadline.hasPassed else {
        throw session.error(.stalled, "the receiver does not end")
      }
      try waited(pipeEvents: nil)
    }
    return try channel.finish(output: [])
  }

  /// Until the pipe is at its end, or the receiver has ended.
  private func copyPipe() throws(HostError) {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.chunk, alignment: 16)
    defer { buffer.deallocate() }
    while !(try drained()) {
      let count = read(pipe, buffer.baseAddress, buffer.count)
      if count == 0 { return }
      if count > 0 {
        let bytes = UnsafeRawBufferPointer(rebasing: buffer[..<count])
        guard try send(bytes) else { return }
      } else if errno == EAGAIN {
        try waited(pipeEvents: Int16(POLLIN))
      } else if errno != EINTR {
        throw HostError(
          .system, subject: "pipe", errno: errno, detail: String(cString: strerror(errno)))
      }
    }
  }

  /// False where the receiver has ended.
  private func send(_ bytes: UnsafeRawBufferPointer) throws(HostError) -> Bool {
    var start = 0
    while start < bytes.count {
      let count = libssh2_channel_write_ex(
        channel.raw, 0,
        bytes.baseAddress?.advanced(by: start).assumingMemoryBound(to: CChar.self),
        bytes.count - start)
      if count > 0 {
        start += count
      } else if count == 0 || count == Int(LIBSSH2_ERROR_EAGAIN) {
        // What it waits for, before other calls have their own.
        let events = session.socketEvents
        // The end may have been read by the write itself: poll(2) would not wake for it.
        if try drained() { return false }
        try waited(pipeEvents: nil, socketEvents: events)
      } else if try drained() {
        return false
      } else {
        throw session.lost()
      }
    }
    return true
  }

  /// Takes what the command says off the line; true where it has ended.
  private func drained() throws(HostError) -> Bool {
    try channel.drainErrors()
    while case .bytes = channel.read() {}
    return channel.isAtEnd
  }

  /// Waits for the socket, and for the pipe where it matters: nil leaves the pipe out, 0 notices only
  /// that its other end is closed.
  private func waited(pipeEvents: Int16?, socketEvents: Int16 = 0) throws(HostError) {
    var waiting = [
      pollfd(
        fd: session.socket, events: socketEvents | session.socketEvents | Int16(POLLIN), revents: 0),
      pollfd(fd: stop.descriptor, events: Int16(POLLIN), revents: 0),
      pollfd(fd: pipeEvents == nil ? -1 : pipe, events: pipeEvents ?? 0, revents: 0),
    ]
    let count = poll(&waiting, 3, Self.quiet)
    let isAbandoned = pipeEvents == 0 && waiting[2].revents & Int16(POLLERR) != 0
    if stop.isRaised || isAbandoned {
      throw HostError(
        .cancelled, subject: session.label, detail: isAbandoned ? "nobody reads the stream" : "")
    }
    if count == 0 { session.keepAlive() }
  }
}
