public import ReplicationModel

/// What is kept between runs: tasks and connections as files, runs as records.
public protocol TaskFilesPort: Sendable {
  func taskNames() throws(StoreError) -> [String]
  func task(_ name: String) throws(StoreError) -> TaskDraft
  func save(_ task: TaskDraft) throws(StoreError)
  func deleteTask(_ name: String) throws(StoreError)
  /// The text of a task's file.
  func encode(_ task: TaskDraft) -> String

  func snapshotTaskNames() throws(StoreError) -> [String]
  func snapshotTask(_ name: String) throws(StoreError) -> SnapshotTask
  /// Those that can be read.
  func snapshotTasks() throws(StoreError) -> [SnapshotTask]
  func save(_ task: SnapshotTask) throws(StoreError)
  func deleteSnapshotTask(_ name: String) throws(StoreError)

  func connections() throws(StoreError) -> [Connection]
  func save(_ connection: Connection) throws(StoreError)
  func deleteConnection(_ name: String) throws(StoreError)

  func keyNames() throws(StoreError) -> [String]
  /// The line for `authorized_keys`.
  func publicKey(_ name: String) throws(StoreError) -> String
  /// Where the private key lies, for the SSH adapter.
  func privateKeyPath(_ name: String) -> String
  /// Writes a pair, the private one 0600; refuses to replace one. Without a private half it is a key that
  /// an ssh-agent holds.
  func saveKey(_ name: String, privateKey: Secret?, publicKey: String) throws(StoreError)
  func deleteKey(_ name: String) throws(StoreError)

  /// The text of a file that a person named; `~/` is their home.
  func readText(at path: String) throws(StoreError) -> String

  /// Tasks out of what another program left; `.invalid` where it has not that form.
  func read(_ foreign: ForeignWish) throws(StoreError) -> ForeignTasks

  /// Writes a text where a person asked for it, 0600; `.exists` where something is there already and
  /// it is not to be replaced.
  func writeOut(_ text: String, to path: String, replacing: Bool) throws(StoreError)
}

/// The record of runs, written before each side effect, so that a kill leaves what the next run needs.
public protocol RunRecordPort: Sendable {
  /// Does something that no run may begin beside, in any process that keeps to it; waits its turn.
  func alone<Value>(_ body: () throws(StoreError) -> Value) throws(StoreError) -> Value
  /// Takes the task's lock until `runFinished` or the process ends; throws `.locked` where another run holds it.
  func runStarted(task: String, kind: RunKind, at: Instant) throws(StoreError) -> RunID
  func stepChanged(_ run: RunID, source: String, state: String, bytes: UInt64) throws(StoreError)
  func log(_ run: RunID, at: Instant, line: String) throws(StoreError)
  func runFinished(_ run: RunID, _ summary: RunSummary) throws(StoreError)
  /// The newest runs of a task, the newest first.
  func runs(of task: String, limit: Int) throws(StoreError) -> [RunRecord]
  /// The newest runs of all tasks, the newest first.
  func recentRuns(limit: Int) throws(StoreError) -> [RunRecord]
  /// The lines a run has written, the oldest first; none where there is no such run.
  func logLines(of run: RunID) throws(StoreError) -> [LogLine]
  /// How far each source dataset of a run came, by name; none where there is no such run.
  func steps(of run: RunID) throws(StoreError) -> [StepRecord]
}

extension RunRecordPort {
  /// A run of the task itself begins.
  public func runStarted(task: String, at: Instant) throws(StoreError) -> RunID {
    try runStarted(task: task, kind: .run, at: at)
  }
}

/// A line of a run's log.
public struct LogLine: Hashable, Sendable {
  public var at: Instant
  /// It may hold what a system or the other side said: escape it before it is shown.
  public var line: String

  public init(at: Instant, line: String) {
    self.at = at
    self.line = line
  }
}

/// How far a run came with a source dataset.
public struct StepRecord: Hashable, Sendable {
  /// The source dataset.
  public var source: String
  /// `planned`, `sending`, `verifying`, `done`, `failed` or `refused`.
  public var state: String
  /// ZFS added nothing to the copy, which somebody had changed: no listing tells of what is read-only.
  static let refused = "refused"
  /// What was sent is on the copy.
  static let done = "done"
  /// Bytes of the whole run when that state began.
  public var bytes: UInt64

  public init(source: String, state: String, bytes: UInt64) {
    self.source = source
    self.state = state
    self.bytes = bytes
  }
}

/// Numbers a run in the history.
public struct RunID: Hashable, Sendable {
  public let value: Int64
  public init(_ value: Int64) { self.value = value }
}

/// How a run ended: `run_finished` of product.md.
public struct RunSummary: Hashable, Sendable {
  /// How a run ended; the raw values are those of `run_finished`.
  public enum Outcome: String, Sendable {
    case done, nothing, partial, failed, refused, cancelled
    /// Nothing was to be sent: `zferry prune` let snapshots go, or tried to.
    case pruned
  }
  public var outcome: Outcome
  public var sentBytes: UInt64
  public var snapshots: Int
  public var finished: Instant
  public var seconds: Double
  public var error: RunFailure?
  /// Snapshots that retention let go, on both sides; not kept in the history, whose log names them.
  public var destroyed: Int
  /// What packed streams took on their way; nil where none was packed. Not kept in the history either.
  public var packedBytes: UInt64?

  public init(
    outcome: Outcome, sentBytes: UInt64, snapshots: Int, finished: Instant, seconds: Double,
    error: RunFailure?, destroyed: Int = 0, packedBytes: UInt64? = nil
  ) {
    self.outcome = outcome
    self.sentBytes = sentBytes
    self.snapshots = snapshots
    self.finished = finished
    self.seconds = seconds
    self.error = error
    self.destroyed = destroyed
    self.packedBytes = packedBytes
  }

  /// Whether it left the copy up to date; that some old snapshot could not be let go does not matter.
  public var isUpToDate: Bool {
    outcome == .done || outcome == .nothing
      || (outcome == .partial && FailureCode.pruning.contains(error?.code ?? ""))
  }
}

/// What went wrong, as facts; the message catalogue makes `{"code","message","hint"}` of it.
public struct RunFailure: Error, Hashable, Sendable {
  /// A `HostError` code, a `Conflict` code, or one of the engine's own, as `receive.out_of_space`.
  public var code: String
  /// The host, dataset or step it concerns.
  public var subject: String
  /// What the system or the other side said. Data from outside: escape it before showing.
  public var detail: String

  public init(code: String, subject: String, detail: String = "") {
    self.code = code
    self.subject = subject
    self.detail = detail
  }
}

/// A run as the history keeps it. `summary` is nil while it runs, or where its process was killed.
public struct RunRecord: Hashable, Sendable {
  public var id: RunID
  public var task: String
  public var kind: RunKind
  public var started: Instant
  public var summary: RunSummary?
  /// Whether its process is alive and holds the lock.
  public var isRunning: Bool

  public init(
    id: RunID, task: String, kind: RunKind = .run, started: Instant, summary: RunSummary?,
    isRunning: Bool
  ) {
    self.id = id
    self.task = task
    self.kind = kind
    self.started = started
    self.summary = summary
    self.isRunning = isRunning
  }
}

/// A file or the database could not be read or written.
public struct StoreError: Error, Hashable, Sendable {
  /// What kept a file or the history from being read or written.
  public enum Code: String, CaseIterable, Sendable {
    case notFound, invalid, exists, locked, permission, full, system, inUse
    /// The caller asked that nothing is changed.
    case readOnly
  }
  public var code: Code
  /// The file's path, or the task's name.
  public var subject: String
  public var detail: String
  /// For `.invalid`: what is wrong, field by field.
  public var findings: [Finding]

  public init(_ code: Code, subject: String, detail: String = "", findings: [Finding] = []) {
    self.code = code
    self.subject = subject
    self.detail = detail
    self.findings = findings
  }
}
