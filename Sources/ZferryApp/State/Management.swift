import FormKit
import ReplicationModel

/// What the screens of management keep: the work that goes on, and what was asked for last.
struct Management: Hashable, Sendable {
  /// A change that was started, and what follows when it is done.
  struct Change: Hashable, Sendable {
    var id: RequestID
    /// What is said then.
    var done: String
    /// How many screens are closed then.
    var closes: Int
    /// What was written out, so that it can be tried again over a file that exists.
    var writing: WriteOut?
    /// What has to be confirmed then.
    var trial: ConnectionTrial?
  }
  /// A connection that is being proved, or was.
  struct Check: Hashable, Sendable {
    var connection: String
    var id: RequestID?
    var result: Result<ProvedHost, Failure>?
  }

  var change: Change?
  var check: Check?
  /// A connection that is put back unless it is kept.
  var trial: ConnectionTrial?
  /// The file that exists already, while it is asked whether to replace it.
  var existing: WriteOut?
  var entry = Entry()
  var connection = ConnectionForm()
  var snapshotTask = SnapshotTaskForm()
  var history = Loading<[RunFacts]>()
  var log = Loading<[LogEntry]>()
  /// When what is stored was read last.
  var loadedAt = Instant(0)
}

/// Something that is asked for, and then there or not.
struct Loading<Value: Hashable & Sendable>: Hashable, Sendable {
  var id: RequestID?
  var result: Result<Value, Failure>?
}

/// One text that is asked for on a screen of its own.
struct Entry: Hashable, Sendable {
  /// What it is for.
  enum Purpose: Hashable, Sendable {
    case newKey
    case importKey
    case unlockKey(String)
    case export(task: String)
    case writeKey(String)
    case writeLog(RunFacts)
    case writeRights
  }
  var purpose = Purpose.newKey
  var text = ""
  /// A passphrase, dropped in the moment it is handed on.
  var secret = Secret("")
  /// Whether it was tried: then what is wrong is shown.
  var isTried = false
}

/// A connection while it is edited: texts are kept as typed.
struct ConnectionForm: Hashable, Sendable {
  /// The name it is stored under; nil for a new one.
  var was: String?
  /// As it was opened, to tell whether anything was entered.
  var before = Connection()
  var connection = Connection()
  var port = "22"
  var timeout = "10"
  var scanning: RequestID?
  /// The keys that a host showed, while they are to be confirmed.
  var shown: [ShownHostKey] = []
  var failure: Failure?

  init() {}

  init(_ connection: Connection, was: String?) {
    self.was = was
    self.before = connection
    self.connection = connection
    port = String(connection.port)
    timeout = String(connection.connectTimeout)
  }

  /// The connection with the numbers that were typed; 0 where one is none.
  var composed: Connection {
    var composed = connection
    composed.port = Int(port) ?? 0
    composed.connectTimeout = Int(timeout) ?? 0
    return composed
  }
}

/// A snapshot task while it is edited.
struct SnapshotTaskForm: Hashable, Sendable {
  /// The name it is stored under; nil for a new one.
  var was: String?
  var before = SnapshotTask()
  var task = SnapshotTask()
  var nameIsTyped = false
  var lifetime = "2"
  var exclude = ""
  var preset = WizardChoices.Preset.daily
  var cron = "0 0 * * *"

  init() { self.init(SnapshotTask(), was: nil) }

  init(_ task: SnapshotTask, was: String?) {
    self.was = was
    self.task = task
    nameIsTyped = was != nil
    lifetime = String(task.lifetimeValue)
    exclude = ListText.join(task.exclude)
    if was == nil { self.task.schedule = .daily }
    preset = WizardChoices.Preset(self.task.schedule)
    cron = self.task.schedule.cron
    before = composed
  }

  /// The snapshot task with what was typed; a lifetime of 0 where it is no number.
  var composed: SnapshotTask {
    var composed = task
    composed.lifetimeValue = Int(lifetime) ?? 0
    composed.exclude = ListText.split(exclude)
    if let schedule = chosenSchedule {
      composed.schedule = schedule
      composed.schedule.begin = task.schedule.begin
      composed.schedule.end = task.schedule.end
    }
    return composed
  }

  /// Takes a schedule that was put together elsewhere.
  mutating func use(_ schedule: Schedule) {
    task.schedule = schedule
    preset = WizardChoices.Preset(schedule)
    if preset == .custom { cron = schedule.cron }
  }

  /// Nil where a typed schedule has not five fields.
  var chosenSchedule: Schedule? {
    preset.schedule ?? Schedule(cron: cron)
  }
}
