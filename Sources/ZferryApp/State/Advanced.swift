import FormKit
import ReplicationModel

/// The sections of the advanced screen, in their order.
enum AdvancedSection: String, CaseIterable, Hashable, Sendable {
  case general, transport, source, snapshots, destination, retention, schedule,
    notify

  var label: String {
    switch self {
    case .general: "General"
    case .transport: "Transport Options"
    case .source: "Source"
    case .snapshots: "Snapshots"
    case .destination: "Destination"
    case .retention: "Retention"
    case .schedule: "Replication Schedule"
    case .notify: "Notifications"
    }
  }

  /// What it is about, in one line.
  var help: String {
    switch self {
    case .general: "Name, direction and transport."
    case .transport: "How data travels to the other system."
    case .source: "What is copied, and which properties go along."
    case .snapshots: "Which snapshots are sent."
    case .destination: "Where the copies go, and how they are protected."
    case .retention: "How long copies are kept on the destination."
    case .schedule: "When the task runs by itself."
    case .notify: "Who is told when a run fails or the copy falls behind."
    }
  }
}

/// The advanced screen while it is open: one task, with every option there is.
struct Advanced: Hashable, Sendable {
  var form: AdvancedForm { didSet { derive() } }
  /// The name under which the task is stored; nil for a new one.
  let storedName: String?
  /// What the form was when it was opened: what differs from it would be lost.
  let start: AdvancedForm
  /// The kept draft that this goes on with.
  var draftName: String?
  /// All that was entered, whether it applies or not.
  private(set) var raw: TaskDraft
  /// The task as it is saved.
  private(set) var task: TaskDraft
  private(set) var leftOut: [TaskField]

  var openSections: Set<AdvancedSection> = []
  /// Fields that were left once: only these show what is wrong with them.
  var touched: Set<FocusID> = []
  var findings: [Finding] = []
  /// The findings by the field they are shown at.
  var placed: [FocusID: [Finding]] = [:]
  /// What `findings` were made of.
  var checked: Checked?
  var saving: RequestID?
  var runsAfterSave = false
  var saveFailure: Failure?
  var planning: RequestID?
  var preview: Result<Preview, Failure>?
  /// What `preview` was asked for.
  var previewOf: TaskOrder?

  /// `start` is what counts as nothing entered; what `form` has beyond it would be lost.
  init(_ form: AdvancedForm = .new, start: AdvancedForm? = nil, storedName: String? = nil) {
    self.form = form
    self.start = start ?? form
    self.storedName = storedName
    raw = form.raw
    task = form.task
    leftOut = form.leftOut
  }

  struct Checked: Hashable, Sendable {
    var form: AdvancedForm
    var library: Library
    /// Schedules are looked at from a minute on.
    var minute: Int64
  }

  private mutating func derive() {
    raw = form.raw
    task = form.task
    leftOut = form.leftOut
    saveFailure = nil
  }

  /// Whether leaving would lose something.
  var isChanged: Bool { form != start }

  /// Whether anything was entered at all.
  var isBegun: Bool { form != .new }

  /// The task with all that belongs to it.
  func order(in library: Library) -> TaskOrder {
    let bound = Set(task.periodicSnapshotTasks)
    return TaskOrder(
      task: task, snapshotTasks: form.snapshotTasks.filter { bound.contains($0.name) },
      boundTasks: library.snapshotTasks.filter { bound.contains($0.name) },
      connection: library.connection(task.connection))
  }
}
