public import ReplicationModel
public import ReplicationPlanner

/// Numbers a piece of work, so that a reply nobody waits for any more is dropped.
public struct RequestID: Hashable, Sendable {
  public let value: Int
  public init(_ value: Int) { self.value = value }
}

/// Work outside the app, as data: only the runtime does any of it, and tests compare it.
public enum Effect: Hashable, Sendable {
  /// Reads tasks, snapshot tasks and connections.
  case load(RequestID)
  /// Lists the children of `below`, or the pools where it is nil. Never creates anything.
  case listDatasets(RequestID, on: HostChoice, below: String?)
  /// Reads the keys a host shows; logs in nowhere.
  case scanHostKey(RequestID, host: String, port: Int)
  /// Makes a key pair, installs it with the password, proves the login, and keeps the connection.
  case pair(RequestID, Connection, with: OneTimeLogin)
  /// Logs in with the connection's key and asks what is there.
  case prove(RequestID, Connection)
  /// Counts the snapshots of these datasets that a name selects.
  case countSnapshots(RequestID, SnapshotQuestion)
  /// Lists both sides and decides what a first run would do. Writes nothing.
  case plan(RequestID, TaskOrder)
  /// Looks closer at a stored task's conflicts. Writes nothing.
  case lookAtConflicts(RequestID, TaskOrder)
  /// Carries out a decision, as it was shown.
  case resolve(RequestID, TaskOrder, Resolution)
  /// Lists both sides and decides what a restore would do. Writes nothing.
  case planRestore(RequestID, RestoreOrder)
  /// Sends a copy back.
  case startRestore(RequestID, RestoreOrder)
  /// Looks at both sides, unless that was done, and reckons what they will hold on a day.
  case forecast(RequestID, RetentionQuestion)
  /// Reckons each snapshot of one dataset and its copy on a day.
  case holdings(RequestID, RetentionQuestion, KeptPair)
  /// Keeps the task and the snapshot tasks it needs: all of them, or none.
  case save(RequestID, TaskOrder)
  /// Lists the snapshots of one dataset.
  case listSnapshots(RequestID, on: HostChoice, dataset: String)
  /// Looks at what a task, a connection or this system needs; changes nothing.
  case check(RequestID, CheckQuestion)
  /// Finds out the rights that a task needs on both sides; `prove` asks which of them are there.
  case rights(RequestID, TaskOrder, prove: Bool)
  /// Changes what is stored.
  case change(RequestID, StoreChange)
  /// Makes a key pair of this name.
  case makeKey(RequestID, name: String)
  /// Takes in a key that was made elsewhere, from a file.
  case importKey(RequestID, name: String, path: String)
  /// Keeps a passphrase as long as the program runs, for the key of this name.
  case unlockKey(RequestID, name: String, Secret)
  /// Writes something where a person asked for it.
  case writeOut(RequestID, WriteOut)
  /// Reads the newest runs of a task, or of all of them where it is nil.
  case listRuns(RequestID, task: String?)
  /// Reads what another program left, and makes tasks of it. Writes nothing.
  case readForeign(RequestID, ForeignOrder)
  /// Keeps tasks of another program, as they were shown: all of them, or none.
  case saveForeign(RequestID, ForeignTasks)
  /// Looks for what has outlived a snapshot task's lifetime. Writes nothing.
  case lookToPrune(RequestID, SnapshotTask, allowsMany: Bool)
  /// Lets go of what was shown and a second look finds as well.
  case pruneSnapshots(RequestID, SnapshotTask, RetentionPlan, allowsMany: Bool)
  /// Reads what a run wrote to its log, by the run's number.
  case readLog(RequestID, run: Int64)
  /// Keeps what was entered and not saved, where only its owner can read it.
  case keepDraft(RequestID, KeptDraft)
  /// Deletes a kept draft.
  case dropDraft(RequestID, String)
  /// Takes the snapshots, then runs the task.
  case startRun(RequestID, task: String, first: [FirstSnapshot])
  /// Ends the run; what was received stays resumable.
  case cancelRun(RequestID)
  /// Nobody waits for this any more.
  case abandon(RequestID)
  /// Draws all of the screen again.
  case redraw
  /// Remembers how screens are drawn on this kind of terminal; nil for what it is drawn best with.
  case keepMode(RequestID, basic: Bool?)
  /// Remembers whether the wizard asks only what is needed.
  case keepAsks(RequestID, less: Bool)
  /// Puts a text on the clipboard of the person's terminal.
  case copy(String)
  /// Ends the program, and prints this on the normal screen.
  case quit(String)
}

/// A change of what is stored: one file at a time. `was` is the name it had before, where it is
/// not new: under another name it is written first, and the old one deleted then.
public enum StoreChange: Hashable, Sendable {
  case task(TaskDraft, was: String?)
  case deleteTask(String)
  case snapshotTask(SnapshotTask, was: String?)
  case deleteSnapshotTask(String)
  case connection(Connection, was: String?)
  case deleteConnection(String)
  case deleteKey(String)
  /// Takes the snapshots of a snapshot task now.
  case takeSnapshots(SnapshotTask)
  /// Asks the run of a task to stop, whichever process it is of.
  case stopRun(String)
  /// Keeps a task from running, and asks its run to stop; or lets it run again.
  case pause(String, Bool)
}

/// What is written to a file of a person's choice.
public struct WriteOut: Hashable, Sendable {
  /// The text, or the task whose file's text it is.
  public enum Content: Hashable, Sendable {
    case text(String)
    case task(String)
  }
  public var content: Content
  /// From the folder where zferry was started, unless it begins with a slash.
  public var path: String
  /// Whether a file that is there already is replaced.
  public var replaces: Bool

  public init(_ content: Content, path: String, replaces: Bool = false) {
    self.content = content
    self.path = path
    self.replaces = replaces
  }
}

/// Which snapshots to count.
public struct SnapshotQuestion: Hashable, Sendable {
  public var host: HostChoice
  public var datasets: [String]
  /// Whether what is below them counts too.
  public var recursive: Bool
  public var schema: String?
  public var regex: String?

  public init(
    host: HostChoice, datasets: [String], recursive: Bool = false, schema: String?, regex: String?
  ) {
    self.host = host
    self.datasets = datasets
    self.recursive = recursive
    self.schema = schema
    self.regex = regex
  }
}

/// A task with all that belongs to it and is not stored yet.
public struct TaskOrder: Hashable, Sendable {
  public var task: TaskDraft
  /// Snapshot tasks that have to be made for it.
  public var snapshotTasks: [SnapshotTask]
  /// The stored snapshot tasks it is bound to.
  public var boundTasks: [SnapshotTask]
  public var connection: Connection?

  public init(
    task: TaskDraft, snapshotTasks: [SnapshotTask] = [], boundTasks: [SnapshotTask] = [],
    connection: Connection? = nil
  ) {
    self.task = task
    self.snapshotTasks = snapshotTasks
    self.boundTasks = boundTasks
    self.connection = connection
  }
}
