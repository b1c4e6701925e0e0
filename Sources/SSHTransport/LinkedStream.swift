internal import Dispatch
internal import Glibc
internal import ReplicationEngine
internal import Synchronization

/// A command on the other side whose stream has a TCP connection of its own, without encryption. SSH
/// starts it, watches over it, and tells its end.
struct LinkedStream: RunningStream {
  let handle: StreamHandle
  private let control: LinkControl
  private let loop: LinkLoop
  private let stop: StopSignal
  private let turnedAway: [String]

  /// Takes over a connection whose other end has said the token, and lets the command begin.
  init(_ control: LinkControl, connection: CInt, _ direction: StreamDirection, turnedAway: [String])
    throws(HostError)
  {
    let reading: CInt
    let writing: CInt
    do throws(HostError) { (reading, writing) = try LocalPipe.ends(isLarge: true) } catch {
      close(connection)
      throw error
    }
    let stop = StopSignal()
    let loop: LinkLoop
    switch direction {
    case .receiving:
      loop = LinkLoop(from: reading, to: connection, connection: connection, stop: stop)
      handle = StreamHandle(writing)
    case .sending:
      loop = LinkLoop(from: connection, to: writing, connection: connection, stop: stop)
      handle = StreamHandle(reading)
    }
    DispatchQueue(label: "zferry.link").async { loop.run() }
    (self.control, self.loop, self.stop, self.turnedAway) = (control, loop, stop, turnedAway)
    control.say(NetcatLine.go)
    // Without SSH nobody would ever tell the command's end; and where one that receives has ended,
    // nobody wants more. What one that sends has sent may still be under way.
    Task {
      let isWell = (try? await control.finish()) != nil
      if direction == .receiving || !isWell { stop.raise() }
    }
  }

  /// The command's end. A stream that came over a connection which broke is never a whole one.
  func finish() async throws(HostError) -> CommandResult {
    var result = try await control.finish()
    result.turnedAway = turnedAway
    if let number = loop.failure, result.succeeded {
      throw HostError(
        .connectionLost, subject: control.label, errno: number,
        detail: String(cString: strerror(number)))
    }
    return result
  }

  /// The command's end is given up before its connection is: one that takes the cut for the stream's
  /// end, and ends well, must not be heard any more.
  func terminate() async {
    await control.terminate()
    stop.raise()
  }
}

/// The line that runs on the other side, by its standard input: as long as that is open, it goes on.
final class LinkControl: Sendable {
  let label: String
  private let stream: SSHStream
  private let input: Mutex<CInt?>

  init(_ stream: SSHStream, label: String) {
    self.stream = stream
    self.label = label
    input = Mutex(stream.handle.raw)
  }

  deinit { hangUp() }

  /// What is said fits into the pipe, so that nobody waits.
  func say(_ text: String) {
    let bytes = Array(text.utf8)
    input.withLock { if let input = $0 { _ = write(input, bytes, bytes.count) } }
  }

  func finish() async throws(HostError) -> CommandResult {
    defer { hangUp() }
    return try await stream.finish()
  }

  func terminate() async {
    await stream.terminate()
    hangUp()
  }

  private func hangUp() {
    input.withLock { input in
      if let end = input { close(end) }
      input = nil
    }
  }
}
