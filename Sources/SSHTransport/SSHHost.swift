public import ReplicationEngine
public import ReplicationModel
internal import Synchronization

/// What carries the streams of a host.
public enum StreamCarrier: Sendable {
  /// The system's `ssh` where it is there and faster than libssh2, on a short line.
  case fastest
  /// libssh2 alone.
  case builtIn
  /// The system's `ssh` wherever it gets in.
  case system
}

/// Another machine, over SSH: one login for all commands, and one for each stream.
///
/// Commands share the control session. Streams have logins of their own, so that
/// each encrypts on a core of its own and no limit on sessions of one login (MaxSessions) matters.
/// On a short line the system's `ssh` carries them where it can, for libssh2 is at half its rate.
public final class SSHHost: HostPort {
  public let label: String
  let connection: Connection
  private let login: Login
  private let control: ControlLine
  let work = OpenWork()
  private let carrier: StreamCarrier
  /// The system's client, until it was in vain.
  private let client: Mutex<SystemClient?>
  /// Over how many connections a stream goes that nobody says it of; nil for as many as the line needs.
  private let streams: Int?
  private let door: LoginDoor
  /// Whether the other side's shell can put a stream together again; true until it could not.
  private let joins = Mutex(true)

  /// Connects with the first command. `keyPath` is the private key's file, `ring` opens it where it is
  /// locked, and all hosts of one `door` do not log in at the same moment.
  public convenience init(
    _ connection: Connection, keyPath: String, ring: KeyRing = KeyRing(),
    carrier: StreamCarrier = .fastest, streams: Int? = nil, door: LoginDoor = LoginDoor()
  ) {
    self.init(
      connection, .key(path: keyPath, ring: ring), carrier, streams: streams, door: door)
  }

  /// For a person at work: the password is kept for as long as this host is used, and nowhere else.
  public convenience init(_ connection: Connection, password: Secret) {
    self.init(connection, .password(OneTimeLogin(password: password)), streams: 1)
  }

  /// Goes on with a login that nobody else uses any more.
  convenience init(_ connection: Connection, _ login: Login, session: SSHSession) {
    self.init(connection, login, session: session, streams: 1)
  }

  private init(
    _ connection: Connection, _ login: Login, _ carrier: StreamCarrier = .builtIn,
    session: SSHSession? = nil, streams: Int?, door: LoginDoor = LoginDoor()
  ) {
    self.connection = connection
    self.login = login
    self.carrier = carrier
    self.streams = streams
    self.door = door
    client = Mutex(carrier == .builtIn ? nil : SystemClient())
    label = "\(connection.username)@\(connection.host)"
    control = ControlLine(label, session: session) { (stop) throws(HostError) in
      try door.pass(to: connection, stop) { () throws(HostError) in
        try SSHSession.open(connection, login, stop: stop)
      }
    }
  }

  /// Cancelling the task ends the wait; the command then ends with its session.
  public func run(_ command: Command) async throws(HostError) -> CommandResult {
    try await run(command, nil)
  }

  /// Hands on what comes on the session's own thread.
  public func run(_ command: Command, onOutput: @escaping @Sendable (ArraySlice<UInt8>) -> Void)
    async throws(HostError) -> CommandResult
  {
    try await run(command, onOutput)
  }

  private func run(_ command: Command, _ onOutput: Exchange.Taken?) async throws(HostError)
    -> CommandResult
  {
    let input = command.input.map { Array($0.revealed.utf8) } ?? []
    let line = RemoteLine.text(command, sudo: connection.sudo)
    return try await run(line: line, input: input, onOutput: onOutput)
      .checked(label, sudo: connection.sudo)
  }

  func run(line: String, input: [UInt8] = [], onOutput: Exchange.Taken? = nil)
    async throws(HostError) -> CommandResult
  {
    let stop = StopSignal()
    work.add(stop)
    defer { work.remove(stop) }
    return try await control.run(line, input: input, stop: stop, onOutput: onOutput)
  }

  public func startSending(_ command: Command) async throws(HostError) -> any RunningStream {
    try await stream(command, .sending)
  }

  public func startReceiving(_ command: Command) async throws(HostError) -> any RunningStream {
    try await stream(command, .receiving)
  }

  public func startReceiving(_ command: Command, _ outlook: StreamOutlook) async throws(HostError)
    -> any RunningStream
  {
    if let stream = try await striped(command, .receiving, outlook) { return stream }
    return try await stream(command, .receiving)
  }

  public func startSending(_ command: Command, _ outlook: StreamOutlook) async throws(HostError)
    -> any RunningStream
  {
    if let stream = try await striped(command, .sending, outlook) { return stream }
    return try await stream(command, .sending)
  }

  /// A large stream may be worth several connections here.
  public func wantsSize(_ outlook: StreamOutlook) -> Bool {
    var largest = outlook
    largest.bytes = .max
    return connections(for: largest) != nil
  }

  /// Over how many connections a stream goes; nil for one.
  private func connections(for outlook: StreamOutlook) -> Int? {
    guard joins.withLock({ $0 }) else { return nil }
    let setting = streams.map { min($0, Connection.mostForOneRun / outlook.sharers) }
    return StripeLines.count(
      outlook.connections ?? setting, roundTrip: control.roundTrip, bytes: outlook.bytes,
      sharers: outlook.sharers)
  }

  public func close() async {
    work.stopAll()
    await control.end()
  }

  private func stream(_ command: Command, _ direction: StreamDirection) async throws(HostError)
    -> any RunningStream
  {
    if let link = command.link { return try await linked(command, link) }
    let (connection, login) = (connection, login)
    let line = RemoteLine.text(command, sudo: connection.sudo)
    if let client = client.withLock({ $0 }), carrier == .system || isNear {
      if let stream = try await SystemStream.start(
        line, direction, by: client, to: connection, login, work: work, door: door,
        check: check(command.filter))
      {
        return stream
      }
      self.client.withLock { $0 = nil }
    }
    return try await builtIn(line, direction, command.filter)
  }

  func builtIn(
    _ line: String, _ direction: StreamDirection, until text: String? = nil,
    _ filter: Command.Filter?
  ) async throws(HostError) -> SSHStream {
    let (connection, login, door) = (connection, login, door)
    return try await SSHStream.start(
      line, direction, until: text, work: work,
      open: { (stop) throws(HostError) in
        try door.pass(to: connection, stop) { () throws(HostError) in
          try SSHSession.open(connection, login, stop: stop)
        }
      }, check: check(filter))
  }

  /// A shell that finds no `zfs` or no packer, a packer whose end was not told, and a sudo that wants a
  /// password, are troubles of the host.
  private func check(_ filter: Command.Filter?)
    -> @Sendable (CommandResult) throws(HostError) -> CommandResult
  {
    { [label, sudo = connection.sudo] (result) throws(HostError) in
      if let filter, result.filter == .status(127) {
        throw HostError(.packerMissing, subject: label, detail: filter.program.rawValue)
      }
      if filter != nil, result.filter == nil, result.succeeded {
        throw HostError(.noStatus, subject: label)
      }
      return try result.checked(label, sudo: sudo)
    }
  }

  /// Whether the line is so short that the cipher bounds a stream and not the window of 2 MiB that
  /// OpenSSH lets be under way: at libssh2's 250 MB/s they are even where a round trip takes 8 ms.
  private var isNear: Bool {
    control.roundTrip.map { $0 < 0.008 } ?? false
  }

  /// A large stream over a long line goes over several connections; nil where one will do, or has to. One
  /// that is packed goes over one: what is packed is small, and its size is not known before.
  private func striped(
    _ command: Command, _ direction: StreamDirection, _ outlook: StreamOutlook
  ) async throws(HostError) -> StripedStream? {
    guard command.filter == nil, command.link == nil, let count = connections(for: outlook)
    else { return nil }
    let lines = StripeLines(count: count)
    do throws(HostError) {
      if try await run(line: lines.prepare).succeeded {
        return try await StripedStream.start(
          lines, command, direction, sudo: connection.sudo
        ) { (line, text) throws(HostError) in
          try await self.builtIn(line, direction, until: text, nil)
        }
      }
    } catch {
      if error.code == .cancelled { throw error }
      // Whoever waits at a FIFO is let go; the line that is gone does it by itself after a while.
      _ = try? await run(line: lines.clear)
    }
    joins.withLock { $0 = false }
    return nil
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
