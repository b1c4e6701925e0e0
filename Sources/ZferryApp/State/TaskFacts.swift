public import ReplicationModel

/// What a task does, did, and when it runs next: the facts of `zferry status`.
public struct TaskFacts: Hashable, Sendable {
  public var state: TaskState
  /// Why it is in that state, where that needs saying.
  public var reason: Failure?
  public var lastRun: Instant?
  /// When the run began that last brought the copy up to date.
  public var lastSuccess: Instant?
  public var nextRun: Instant?
  /// How far the copy is behind the source, in seconds.
  public var lagSeconds: Int64?
  /// What had yet to be sent when a run last looked.
  public var lagBytes: UInt64?
  /// How far a run of another process is.
  public var progress: ToldProgress?

  public init(
    state: TaskState, reason: Failure? = nil, lastRun: Instant? = nil, lastSuccess: Instant? = nil,
    nextRun: Instant? = nil, lagSeconds: Int64? = nil, lagBytes: UInt64? = nil,
    progress: ToldProgress? = nil
  ) {
    self.state = state
    self.reason = reason
    self.lastRun = lastRun
    self.lastSuccess = lastSuccess
    self.nextRun = nextRun
    self.lagSeconds = lagSeconds
    self.lagBytes = lagBytes
    self.progress = progress
  }
}

/// How far a run is, as it was told last.
public struct ToldProgress: Hashable, Sendable {
  public var bytes: UInt64
  /// An estimate; nil where there is none.
  public var total: UInt64?
  /// Bytes a second.
  public var rate: Double
  public var etaSeconds: Double?

  public init(bytes: UInt64, total: UInt64?, rate: Double, etaSeconds: Double?) {
    self.bytes = bytes
    self.total = total
    self.rate = rate
    self.etaSeconds = etaSeconds
  }
}

/// A stored key pair as it may be shown: never its private half.
public struct KeyPair: Hashable, Sendable {
  public var name: String
  /// The line for `authorized_keys`.
  public var publicKey: String

  public init(name: String, publicKey: String) {
    self.name = name
    self.publicKey = publicKey
  }

  /// As `ssh-ed25519`.
  var algorithm: String { publicKey.split(separator: " ").first.map(String.init) ?? "" }
}

/// A run of the history.
public struct RunFacts: Hashable, Sendable {
  /// Its number in the history.
  public var id: Int64
  public var task: String
  public var started: Instant
  public var isRunning: Bool
  /// Nil while it runs, or where its process was killed.
  public var result: RunResult?

  public init(id: Int64, task: String, started: Instant, isRunning: Bool, result: RunResult?) {
    self.id = id
    self.task = task
    self.started = started
    self.isRunning = isRunning
    self.result = result
  }
}

/// A line of a run's log.
public struct LogEntry: Hashable, Sendable {
  public var at: Instant
  /// Data from outside: escaped before it is shown.
  public var line: String

  public init(at: Instant, line: String) {
    self.at = at
    self.line = line
  }
}
