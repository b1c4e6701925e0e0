internal import Dispatch
public import ReplicationEngine
public import ReplicationModel
internal import Synchronization

/// Another machine, over SSH: one login for all commands, and one for each stream.
///
/// Commands run one after the other in the control session. Streams have logins of their own, so that
/// each encrypts on a core of its own and no limit on sessions of one login (MaxSessions) matters.
public final class SSHHost: HostPort {
  public let label: String
  private let connection: Connection
  private let login: Login
  private let queue = DispatchQueue(label: "zferry.ssh.control")
  /// The control session, made with the first command; used on the queue only.
  private let control = Mutex<SSHSession?>(nil)
  private let work = OpenWork()

  /// Connects with the first command. `keyPath` is the private key's file, `ring` opens it where it is
  /// locked.
  public convenience init(_ connection: Connection, keyPath: String, ring: KeyRing = KeyRing()) {
    self.init(connection, .key(path: keyPath, ring: ring))
  }

  /// For a person at work: the password is kept for as long as this host is used, and nowhere else.
  public convenience init(_ connection: Connection, password: Secret) {
    self.init(connection, .password(OneTimeLogin(password: password)))
  }

  private init(_ connection: Connection, _ login: Login) {
    self.connection = connection
    self.login = login
    label = "\(connection.username)@\(connection.host)"
  }

  /// Cancelling the task ends the wait; the command then ends with its session.
  public func run(_ command: Command) async throws(HostError) -> CommandResult {
    let line = RemoteLine.text(command, sudo: connection.sudo)
    let input = command.input.map { Array($0.revealed.utf8) } ?? []
    let stop = StopSignal()
    work.add(stop)
    defer { work.remove(stop) }
    let result = try await Blocking.run(on: queue, stop: stop) { () throws(HostError) in
      try self.execute(line, input, stop)
    }
    return try result.checked(label, sudo: connection.sudo)
  }

  public func startSending(_ command: Command) async throws(HostError) -> any RunningStream {
    try await stream(command, .sending)
  }

  public func startReceiving(_ command: Command) async throws(HostError) -> any RunningStream {
    try await stream(command, .receiving)
  }

  public func close() async {
    work.stopAll()
    await withCheckedContinuation { continuation in
      queue.async {
        self.control.withLock { $0 = nil }
        continuation.resume()
      }
    }
  }

  private func stream(_ command: Command, _ direction: SSHStream.Direction) async throws(HostError)
    -> SSHStream
  {
    let (connection, login, label) = (connection, login, label)
    let line = RemoteLine.text(command, sudo: connection.sudo)
    return try await SSHStream.start(
      line, direction, work: work,
      open: { (stop) throws(HostError) in
        try SSHSession.open(connection, login, stop: stop)
      },
      check: { (result) throws(HostError) in try result.checked(label, sudo: connection.sudo) })
  }

  /// Runs a line in the control session. One that turns out to be dead is made anew: by this call
  /// where nothing was started yet, else by the next.
  private func execute(_ line: String, _ input: [UInt8], _ stop: StopSignal) throws(HostError)
    -> CommandResult
  {
    do throws(HostError) {
      let channel = try channel(stop)
      return try channel.session.execute(line, in: channel, input: input)
    } catch {
      if error.code != .shell, error.code != .nologin { control.withLock { $0 = nil } }
      throw error
    }
  }

  private func channel(_ stop: StopSignal) throws(HostError) -> Channel {
    guard !stop.isRaised else { throw HostError(.cancelled, subject: label) }
    if let session = control.withLock({ $0 }) {
      session.stop = stop
      do throws(HostError) { return try Channel(session) } catch {
        control.withLock { $0 = nil }
        if error.code == .cancelled { throw error }
      }
    }
    let session = try SSHSession.open(connection, login, stop: stop)
    control.withLock { $0 = session }
    return try Channel(session)
  }
}

extension CommandResult {
  /// A shell that finds no `zfs`, and a sudo that wants a password, are troubles of the host.
  fileprivate func checked(_ label: String, sudo: Bool) throws(HostError) -> CommandResult {
    let isSudoSpeaking = errors.hasPrefix("sudo: ") || errors.contains("sudo: not found")
    if sudo, !succeeded, isSudoSpeaking || (exit == .status(127) && !errors.isEmpty) {
      throw HostError(.sudo, subject: label, detail: errors)
    }
    if exit == .status(127) { throw HostError(.zfsMissing, subject: label, detail: errors) }
    return self
  }
}
