internal import CLinux
internal import Dispatch
internal import Glibc
public import ReplicationEngine

/// Copies between two pipes on a thread of its own: `splice` moves the pages, nothing is read.
public struct FilePump: PumpPort {
  /// Seconds without a byte after which a stream counts as stalled.
  private let stallSeconds: Double

  public init(stallSeconds: Double = 300) {
    self.stallSeconds = stallSeconds
    // A receiver that has gone away is an answer (EPIPE), not the end of the program.
    signal(SIGPIPE, SIG_IGN)
  }

  public func pump(
    from source: StreamHandle, to target: StreamHandle, limit: SpeedDial,
    onBytes: @escaping @Sendable (UInt64) -> Void
  ) async -> PumpResult {
    await Self.stoppable { stop in
      PumpLoop(
        source: source.raw, target: target.raw, stop: stop, limit: limit,
        stallSeconds: stallSeconds, onBytes: onBytes
      ).run()
    }
  }

  /// Blocks a thread of its own; cancelling the task wakes it through the descriptor.
  static func stoppable<Value: Sendable>(_ work: @escaping @Sendable (CInt) -> Value) async -> Value
  {
    let stop = eventfd(0, O_CLOEXEC | O_NONBLOCK)
    let result = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        DispatchQueue(label: "zferry.pump").async { continuation.resume(returning: work(stop)) }
      }
    } onCancel: {
      var one: UInt64 = 1
      write(stop, &one, 8)
    }
    close(stop)
    return result
  }
}

/// The copying itself.
private struct PumpLoop: Sendable {
  let source: CInt
  let target: CInt
  let stop: CInt
  let limit: SpeedDial
  let stallSeconds: Double
  let onBytes: @Sendable (UInt64) -> Void

  func run() -> PumpResult {
    defer {
      close(source)
      close(target)
    }
    let clock = SystemClock()
    let begin = clock.uptime()
    var total: UInt64 = 0
    var told = begin
    // What can be moved is moved without asking first: that is half of the calls.
    while true {
      let count = splice(
        source, nil, target, nil, chunk,
        UInt32(LINUX_SPLICE_F_MOVE | LINUX_SPLICE_F_NONBLOCK))
      if count > 0 {
        total += UInt64(count)
      } else if count == 0 {
        onBytes(total)
        return PumpResult(bytes: total, end: .endOfStream)
      } else if errno == EPIPE {
        return PumpResult(bytes: total, end: sourceHasEnded ? .endOfStream : .brokenPipe)
      } else if errno == EAGAIN {
        if let end = waited(for: source, POLLIN) ?? waited(for: target, POLLOUT) {
          onBytes(total)
          return PumpResult(bytes: total, end: end)
        }
      } else if errno != EINTR {
        return PumpResult(bytes: total, end: .failed(errno: errno))
      }
      let now = clock.uptime()
      if count > 0 { limit.moved(UInt64(count), at: now) }
      if now - told >= 0.25 {
        told = now
        onBytes(total)
        if stopped(within: 0) { return PumpResult(bytes: total, end: .cancelled) }
      }
      // In short waits: the limit may be another one before the time is up.
      while let pause = limit.pause(at: clock.uptime()) {
        if stopped(within: min(pause, 0.25)) {
          return PumpResult(bytes: total, end: .cancelled)
        }
      }
    }
  }

  /// With a limit, a tenth of a second's worth at a time, so that the line stays even.
  private var chunk: Int {
    guard let limit = limit.limit else { return 1 << 20 }
    return max(4_096, min(1 << 20, Int(limit.bytesPerSecond / 10)))
  }

  /// The sender has ended, and all of it is through: whether anybody still reads does not matter any more.
  private var sourceHasEnded: Bool {
    var watched = pollfd(fd: source, events: Int16(POLLIN), revents: 0)
    return poll(&watched, 1, 0) > 0 && Self.isAtEnd(watched)
  }

  private static func isAtEnd(_ watched: pollfd) -> Bool {
    watched.revents & Int16(POLLIN | POLLHUP) == Int16(POLLHUP)
  }

  /// Nil where a descriptor is ready, else why the copy ends.
  private func waited(for descriptor: CInt, _ event: Int32) -> PumpResult.End? {
    var watched = [
      pollfd(fd: descriptor, events: Int16(event), revents: 0),
      pollfd(fd: stop, events: Int16(POLLIN), revents: 0),
    ]
    while true {
      let count = poll(&watched, 2, CInt(min(stallSeconds * 1_000, 2e9)))
      if count < 0 && errno == EINTR { continue }
      if count < 0 { return .failed(errno: errno) }
      if watched[1].revents != 0 { return .cancelled }
      if count == 0 { return .stalled }
      if event == POLLIN, Self.isAtEnd(watched[0]) { return .endOfStream }
      // The reader's end of file and the writer's broken pipe are told by `splice` itself, but a
      // writer without readers may be reported as an error only.
      if event == POLLOUT, watched[0].revents & Int16(POLLERR) != 0 { return .brokenPipe }
      return nil
    }
  }

  private func stopped(within seconds: Double) -> Bool {
    var watched = pollfd(fd: stop, events: Int16(POLLIN), revents: 0)
    return poll(&watched, 1, CInt((seconds * 1_000).rounded(.up))) > 0
  }
}
