internal import Dispatch
internal import Glibc
internal import ReplicationEngine
internal import ReplicationModel

/// A command on the other side whose stream the system's `ssh` carries: the pump's pipe is the client's
/// own standard input or output, so that no byte passes through here.
struct SystemStream: RunningStream {
  let handle: StreamHandle
  private let stop: StopSignal
  private let end: Task<Result<CommandResult, HostError>, Never>

  /// Nil where the client does not get in, for whatever reason: libssh2 says it better.
  static func start(
    _ line: String, _ direction: StreamDirection, by client: SystemClient,
    to connection: Connection, _ login: Login, work: OpenWork, door: LoginDoor,
    check: @escaping @Sendable (CommandResult) throws(HostError) -> CommandResult
  ) async throws(HostError) -> SystemStream? {
    let queue = DispatchQueue(label: "zferry.ssh.client")
    let stop = StopSignal()
    work.add(stop)
    let begun: (ClientProcess, CInt)?
    do throws(HostError) {
      begun = try await Blocking.run(on: queue, stop: stop) { () throws(HostError) in
        try door.pass(to: connection, stop) { () throws(HostError) in
          try begin(line, direction, by: client, to: connection, login, stop)
        }
      }
      if begun == nil, stop.isRaised { throw HostError(.cancelled, subject: connection.host) }
    } catch {
      work.remove(stop)
      throw error
    }
    guard let (process, handle) = begun else {
      work.remove(stop)
      return nil
    }
    let label = "\(connection.host):\(connection.port)"
    let end = Task<Result<CommandResult, HostError>, Never> {
      defer { work.remove(stop) }
      do throws(HostError) {
        return .success(
          try await Blocking.run(on: queue, stop: stop) { () throws(HostError) in
            try check(result(of: process, label: label, stop))
          })
      } catch {
        return .failure(error)
      }
    }
    return SystemStream(handle: StreamHandle(handle), stop: stop, end: end)
  }

  private static func begin(
    _ line: String, _ direction: StreamDirection, by client: SystemClient,
    to connection: Connection, _ login: Login, _ stop: StopSignal
  ) throws(HostError) -> (ClientProcess, CInt)? {
    guard let known = SystemClient.knownHosts(connection) else { return nil }
    defer { close(known) }
    let file = "/proc/\(getpid())/fd/\(known)"
    guard let words = client.words(connection, login, knownHosts: file, line) else { return nil }
    let nothing = open("/dev/null", O_RDWR | O_CLOEXEC)
    defer { close(nothing) }
    let (reading, writing) = try LocalPipe.ends(isLarge: true)
    let (ours, theirs) = direction == .sending ? (reading, writing) : (writing, reading)
    defer { close(theirs) }
    do throws(HostError) {
      let process = try ClientProcess(
        words, input: direction == .sending ? nothing : theirs,
        output: direction == .sending ? theirs : nothing)
      let deadline = Deadline(seconds: Double(max(connection.connectTimeout, 1)) + 15)
      if process.says(SystemClient.arrival, until: deadline, stop) { return (process, ours) }
    } catch {
      close(ours)
      throw error
    }
    close(ours)
    return nil
  }

  private static func result(of process: ClientProcess, label: String, _ stop: StopSignal)
    throws(HostError) -> CommandResult
  {
    let status = process.wait(stop)
    let (text, told, filter) = process.said
    if told == nil, stop.isRaised { throw HostError(.cancelled, subject: label) }
    let code = status & 0x7f == 0 ? (status >> 8) & 0xff : -1
    // 255 is the client's own: the link, or the login shell's end by a signal.
    guard told != nil || (0..<255).contains(code) else {
      throw HostError(.connectionLost, subject: label, detail: text)
    }
    let end = LineEnd(told: told, filter: filter, status: code, errors: text)
    if let result = end.result { return result }
    throw HostError(end.silence.code, subject: label, detail: end.silence.words)
  }

  func finish() async throws(HostError) -> CommandResult { try await end.value.get() }

  /// Ends the client: the command's standard input ends, and its output breaks.
  func terminate() async { stop.raise() }
}
