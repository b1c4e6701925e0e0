internal import CLinux
internal import Dispatch
internal import Glibc
internal import ReplicationEngine

/// A command on the other side with its standard input or output at our end of a pipe. It has a login
/// and a thread of its own, so that each stream encrypts on its own core.
struct SSHStream: RunningStream {
  let handle: StreamHandle
  private let stop: StopSignal
  private let end: Task<Result<CommandResult, HostError>, Never>

  enum Direction { case sending, receiving }

  /// Logs in by `open`, on the stream's thread, and starts the line. `check` makes an error of a result
  /// that is a trouble of the host.
  static func start(
    _ line: String, _ direction: Direction, work: OpenWork,
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
        let (reading, writing) = try pipe()
        let ours = direction == .sending ? writing : reading
        do throws(HostError) { try channel.start(line) } catch {
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

  /// Reading end, writing end; as large as the system allows, for fewer wake-ups on both sides.
  private static func pipe() throws(HostError) -> (CInt, CInt) {
    var ends: [CInt] = [-1, -1]
    guard pipe2(&ends, O_CLOEXEC) == 0 else {
      throw HostError(
        .system, subject: "pipe", errno: errno, detail: String(cString: strerror(errno)))
    }
    _ = fcntl(ends[1], CInt(LINUX_F_SETPIPE_SZ), 1 << 20)
    return (ends[0], ends[1])
  }

  func finish() async throws(HostError) -> CommandResult { try await end.value.get() }

  /// Closes the connection: the command's standard input ends, and its output breaks.
  func terminate() async { stop.raise() }
}
