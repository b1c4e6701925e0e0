internal import Dispatch
internal import Glibc
internal import ReplicationEngine

/// What the command on the other side does with its stream.
enum StreamDirection { case sending, receiving }

/// A command on the other side with its standard input or output at our end of a pipe. It has a login
/// and a thread of its own, so that each stream encrypts on its own core.
struct SSHStream: RunningStream {
  let handle: StreamHandle
  private let stop: StopSignal
  private let end: Task<Result<CommandResult, HostError>, Never>

  /// Logs in by `open`, on the stream's thread, and starts the line; with `until` it waits until the line
  /// has said that on standard error. `check` makes an error of a result that is a trouble of the host.
  static func start(
    _ line: String, _ direction: StreamDirection, until text: String? = nil, work: OpenWork,
    open: @escaping @Sendable (StopSignal) throws(HostError) -> SSHSession,
    check: @escaping @Sendable (CommandResult) throws(HostError) -> CommandResult
  ) async throws(HostError) -> SSHStream {
    let queue = DispatchQueue(label: "zferry.ssh.stream")
    let stop = StopSignal()
    work.add(stop)
    let (loop, theirs): (StreamLoop, CInt)
    do throws(HostError) {
      (loop, theirs) = try await Blocking.run(on: queue, stop: stop) { () throws(HostError) in
        let channel = try Channel(open(stop))
        let (reading, writing) = try LocalPipe.ends(isLarge: true)
        let ours = direction == .sending ? writing : reading
        do throws(HostError) {
          try channel.start(line)
          if let text { try channel.hear(text, until: Deadline(seconds: 30)) }
        } catch {
          close(reading)
          close(writing)
          throw error
        }
        _ = fcntl(ours, F_SETFL, O_NONBLOCK)
        return (
          StreamLoop(channel: channel, pipe: ours), direction == .sending ? reading : writing
        )
      }
    } catch {
      work.remove(stop)
      throw error
    }
    let end = Task<Result<CommandResult, HostError>, Never> {
      defer { work.remove(stop) }
      do throws(HostError) {
        return .success(
          try await Blocking.run(on: queue, stop: stop) { () throws(HostError) in
            try check(direction == .sending ? loop.pull() : loop.push())
          })
      } catch {
        return .failure(error)
      }
    }
    return SSHStream(handle: StreamHandle(theirs), stop: stop, end: end)
  }

  func finish() async throws(HostError) -> CommandResult { try await end.value.get() }

  /// Closes the connection: the command's standard input ends, and its output breaks.
  func terminate() async { stop.raise() }
}
