public import ReplicationModel

/// One side of a replication: a machine on which `zfs` commands run.
///
/// The local adapter starts processes, the SSH adapter channels, the sandbox calls its own model.
public protocol HostPort: Sendable {
  /// How people know it: `this host`, or `replica@vault`.
  var label: String { get }

  /// Runs a command to its end and returns what it printed. A command that fails is a result, not an error;
  /// `HostError` is thrown where it could not be run, or its end is not known.
  func run(_ command: Command) async throws(HostError) -> CommandResult

  /// Runs a command to its end and hands on what it prints as it comes, in pieces that are cut
  /// anywhere; the result holds none of it.
  func run(_ command: Command, onOutput: @escaping @Sendable (ArraySlice<UInt8>) -> Void)
    async throws(HostError) -> CommandResult

  /// Starts a command whose standard output is a stream, as `zfs send`.
  func startSending(_ command: Command) async throws(HostError) -> any RunningStream

  /// Starts a command whose standard input is a stream, as `zfs receive`.
  func startReceiving(_ command: Command) async throws(HostError) -> any RunningStream

  /// The same two where something is known of the stream: a large one is worth more preparation.
  func startSending(_ command: Command, _ outlook: StreamOutlook) async throws(HostError)
    -> any RunningStream
  func startReceiving(_ command: Command, _ outlook: StreamOutlook) async throws(HostError)
    -> any RunningStream

  /// Whether it would prepare a large stream in another way, so that its size is worth a question.
  func wantsSize(_ outlook: StreamOutlook) -> Bool

  /// Ends what is still open: control session, streams.
  func close() async
}

extension HostPort {
  /// For a host that has all of an output at once.
  public func run(_ command: Command, onOutput: @escaping @Sendable (ArraySlice<UInt8>) -> Void)
    async throws(HostError) -> CommandResult
  {
    var result = try await run(command)
    onOutput(result.output[...])
    result.output = []
    return result
  }

  public func wantsSize(_ outlook: StreamOutlook) -> Bool { false }

  public func startSending(_ command: Command, _ outlook: StreamOutlook) async throws(HostError)
    -> any RunningStream
  { try await startSending(command) }

  public func startReceiving(_ command: Command, _ outlook: StreamOutlook) async throws(HostError)
    -> any RunningStream
  { try await startReceiving(command) }
}

/// What is known of a stream before it begins.
public struct StreamOutlook: Hashable, Sendable {
  /// About so many; nil where nobody knows.
  public var bytes: UInt64?
  /// Over how many connections it is to go; nil for what the host is set to.
  public var connections: Int?
  /// How many streams share the line, with this one.
  public var sharers: Int

  public init(bytes: UInt64? = nil, connections: Int? = nil, sharers: Int = 1) {
    self.bytes = bytes
    self.connections = connections
    self.sharers = max(1, sharers)
  }
}

/// A command that is running with one end of a stream.
public protocol RunningStream: Sendable {
  /// The end the pump reads from or writes to. The stream owns it; the pump closes it at the end.
  var handle: StreamHandle { get }

  /// Bytes of the stream as `zfs` writes or reads it, where it is packed on this machine; nil where
  /// nobody counts them, or the handle's are the same.
  var unpacked: UInt64? { get }

  /// Waits for the command's end: its status and what it wrote to standard error.
  func finish() async throws(HostError) -> CommandResult

  /// Ends the command: asks, and after a moment insists. Safe to call at any time, also twice.
  func terminate() async
}

extension RunningStream {
  public var unpacked: UInt64? { nil }
}

/// A file descriptor in the real adapters, a key in the simulation.
public struct StreamHandle: Hashable, Sendable {
  public let raw: Int32
  public init(_ raw: Int32) { self.raw = raw }
}

/// How a command ended.
public struct CommandResult: Hashable, Sendable {
  /// The status that a command ended with, or the signal that ended it.
  public enum Exit: Hashable, Sendable {
    case status(Int32)
    case signal(Int32)
  }
  public var exit: Exit
  /// How the packer beside it ended; nil where there was none.
  public var filter: Exit?
  /// Who else came to the port of a connection beside SSH, and was turned away.
  public var turnedAway: [String] = []
  public var output: [UInt8]
  /// Standard error, the packer's too, cut at 64 KiB.
  public var errors: String

  public init(
    exit: Exit, filter: Exit? = nil, output: [UInt8] = [], errors: String = ""
  ) {
    self.exit = exit
    self.filter = filter
    self.output = output
    self.errors = errors
  }

  /// Whether every program of it ended well.
  public var succeeded: Bool { exit == .status(0) && filter ?? exit == .status(0) }
}

/// A host could not be reached, logged in to, or asked. The words are in the message catalogue.
public struct HostError: Error, Hashable, Sendable {
  /// An open set: adapters add codes, the catalogue has words for each.
  public struct Code: Hashable, Sendable, RawRepresentable {
    public var rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }

    /// The name does not resolve.
    public static let resolve = Code(rawValue: "resolve")
    public static let refused = Code(rawValue: "connect.refused")
    public static let unreachable = Code(rawValue: "connect.unreachable")
    public static let connectTimeout = Code(rawValue: "connect.timeout")
    /// Something answers that does not speak SSH.
    public static let banner = Code(rawValue: "banner")
    /// The connection stands, and nothing is said.
    public static let bannerTimeout = Code(rawValue: "banner.timeout")
    /// The host hangs up before it greets: MaxStartups, a filter, a reboot.
    public static let bannerClosed = Code(rawValue: "banner.closed")
    /// No algorithm in common, or the exchange failed.
    public static let handshake = Code(rawValue: "handshake")
    /// The host greets, and does not finish the exchange.
    public static let handshakeTimeout = Code(rawValue: "handshake.timeout")
    /// The host hangs up in the middle of the exchange.
    public static let handshakeClosed = Code(rawValue: "handshake.closed")
    public static let hostKeyUnknown = Code(rawValue: "host_key.unknown")
    public static let hostKeyChanged = Code(rawValue: "host_key.changed")
    public static let authentication = Code(rawValue: "auth")
    /// The host takes no login of the kind that was tried.
    public static let authMethod = Code(rawValue: "auth.method")
    public static let authTimeout = Code(rawValue: "auth.timeout")
    /// The host hangs up during the login: too many tries, or it lets nobody in.
    public static let authClosed = Code(rawValue: "auth.closed")
    public static let keyFile = Code(rawValue: "key_file")
    /// The key needs a passphrase, and nobody gave the right one.
    public static let keyLocked = Code(rawValue: "key_locked")
    /// The host asks for a one-time code; `detail` is its question.
    public static let codeWanted = Code(rawValue: "auth.code")
    /// No session could be opened.
    public static let channel = Code(rawValue: "channel")
    /// A session was opened, and the command not started in it.
    public static let exec = Code(rawValue: "exec")
    /// The command ended without a word on how.
    public static let noStatus = Code(rawValue: "exec.no_status")
    /// The link ended while a command ran.
    public static let connectionLost = Code(rawValue: "connection_lost")
    /// Nothing moved for longer than allowed.
    public static let stalled = Code(rawValue: "stalled")
    /// There is no `zfs` there.
    public static let zfsMissing = Code(rawValue: "zfs.missing")
    /// A program that packs streams is not there; `detail` is its name.
    public static let packerMissing = Code(rawValue: "packer.missing")
    /// There is nothing on the other side that makes a TCP connection.
    public static let linkTool = Code(rawValue: "link.tool")
    /// No port of the range can be opened on this side; `detail` is the range.
    public static let linkPort = Code(rawValue: "link.port")
    /// The connection beside SSH does not come about; `detail` is what the other side says.
    public static let linkFailed = Code(rawValue: "link.failed")
    /// It did not come within the time; `detail` has the address.
    public static let linkTimeout = Code(rawValue: "link.timeout")
    /// The process could not be started, or the like; `detail` has the system's words.
    public static let system = Code(rawValue: "system")
    /// What a command prints does not fit the memory that this process may use.
    public static let memory = Code(rawValue: "memory")
    /// sudo asks for a password, or is not there.
    public static let sudo = Code(rawValue: "sudo")
    /// The login shell does not run what it is given: a forced command, false.
    public static let shell = Code(rawValue: "shell")
    /// The login shell is nologin.
    public static let nologin = Code(rawValue: "shell.nologin")
    /// The user's home is none, as /var/empty.
    public static let homeUnusable = Code(rawValue: "install.home_unusable")
    public static let homeMissing = Code(rawValue: "install.home_missing")
    public static let homeNotWritable = Code(rawValue: "install.home_not_writable")
    public static let cancelled = Code(rawValue: "cancelled")

    /// All of them, so that the message catalogue can be held to it.
    public static let all: [Code] = [
      .resolve, .refused, .unreachable, .connectTimeout, .banner, .bannerTimeout, .bannerClosed,
      .handshake, .handshakeTimeout, .handshakeClosed, .hostKeyUnknown, .hostKeyChanged,
      .authentication, .authMethod, .authTimeout, .authClosed, .keyFile, .channel, .exec,
      .noStatus, .connectionLost, .stalled, .zfsMissing, .packerMissing, .system, .memory, .sudo,
      .linkTool, .linkPort, .linkFailed, .linkTimeout, .shell, .nologin,
      .homeUnusable, .homeMissing, .homeNotWritable, .cancelled,
    ]
  }
  public var code: Code
  /// The host, `vault:22`, or the program.
  public var subject: String
  /// The system's error number, or 0.
  public var errno: Int32
  /// What the system or the other side said, or the two fingerprints. Data from outside: escape it before showing.
  public var detail: String

  public init(_ code: Code, subject: String, errno: Int32 = 0, detail: String = "") {
    self.code = code
    self.subject = subject
    self.errno = errno
    self.detail = detail
  }

  /// Whether trying again may help without anyone doing anything (engine.md 9.3, 15).
  public var isTransient: Bool {
    switch code {
    case .refused, .unreachable, .connectTimeout, .connectionLost, .stalled, .channel, .resolve,
      .banner, .bannerTimeout, .bannerClosed, .handshakeTimeout, .handshakeClosed, .authTimeout,
      .noStatus, .linkFailed, .linkTimeout, .linkPort:
      true
    default: false
    }
  }
}
