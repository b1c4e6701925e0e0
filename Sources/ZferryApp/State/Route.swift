import FormKit
import ReplicationModel
import ReplicationPlanner

/// The steps of the wizard, in their order.
public enum WizardStep: String, CaseIterable, Hashable, Sendable {
  case source, destination, connection, schedule, review

  /// Whether this step has anything to ask: the SSH connection is asked for only where another
  /// machine takes part.
  ///
  /// The connection itself is chosen beside the location (on Source or Destination), because the
  /// browser needs it there; the step after them says how it is used, and proves it. So the count
  /// of steps follows from the answers alone, and stays true whatever is done in between.
  public func shown(_ choices: WizardChoices) -> Bool {
    self == .connection ? choices.needsConnection : true
  }

  /// The steps that apply to these choices.
  public static func shown(for choices: WizardChoices) -> [WizardStep] {
    allCases.filter { $0.shown(choices) }
  }
}

/// A place in the app.
public enum Route: Hashable, Sendable {
  case tasks
  case wizard(WizardStep)
  case advanced
  case advancedPlan
  case snapshotTaskChoice
  case previousTasks
  case browser
  case connections
  case pairing
  case schedule
  case calendar
  case plan
  case before
  case restore
  case retention
  case retentionSnapshots
  case conflict
  case commands
  case rights
  case run
  case help
  /// A task's own page.
  case task(String)
  /// SSH connections to look after; `connections` chooses one for the wizard.
  case sshConnections
  case connectionForm
  case keys
  case key(String)
  case snapshotTasks
  case snapshotTaskForm
  /// The runs of one task, or of all.
  case history(String?)
  case log(RunFacts)
  /// One text, on a screen of its own.
  case entry
  /// Making tasks of what another program left.
  case taskImport
  case importPreview
  /// What has outlived a snapshot task's lifetime.
  case outlived
  case settings
  case glossary

  /// Whether it belongs to the wizard or the advanced screen.
  var isForm: Bool {
    switch self {
    case .wizard, .advanced: true
    default: false
    }
  }

  /// A stable name: goldens and help pages go by it.
  public var id: String {
    switch self {
    case .wizard(let step): "wizard.\(step.rawValue)"
    case .tasks: "tasks"
    case .advanced: "advanced"
    case .advancedPlan: "advanced-plan"
    case .snapshotTaskChoice: "choose-snapshot-tasks"
    case .previousTasks: "previous-tasks"
    case .browser: "browser"
    case .connections: "connections"
    case .pairing: "pairing"
    case .schedule: "schedule"
    case .calendar: "calendar"
    case .plan: "plan"
    case .before: "before"
    case .restore: "restore"
    case .retention: "retention"
    case .retentionSnapshots: "retention-snapshots"
    case .conflict: "conflict"
    case .commands: "commands"
    case .rights: "rights"
    case .run: "run"
    case .help: "help"
    case .task: "task"
    case .sshConnections: "ssh-connections"
    case .connectionForm: "connection.edit"
    case .keys: "keys"
    case .key: "key"
    case .snapshotTasks: "snapshot-tasks"
    case .snapshotTaskForm: "snapshot-task.edit"
    case .history: "history"
    case .log: "log"
    case .entry: "entry"
    case .taskImport: "task-import"
    case .importPreview: "import-preview"
    case .outlived: "outlived"
    case .settings: "settings"
    case .glossary: "glossary"
    }
  }
}

/// A route with what the person was doing there, so that coming back finds it as it was left.
struct Place: Hashable, Sendable {
  var route: Route
  var focus: FocusID = ""
  /// Where the caret stands in the focused text, in characters.
  var caret = 0
  /// The option under the cursor of the focused choice, where it is not the selected one.
  var highlight: Int?
  /// The row under the cursor of a plain list.
  var row = 0
}

/// A question on top of a screen.
enum Question: Hashable, Sendable {
  case quit
  case leaveForm
  /// From the wizard to the advanced screen, or back.
  case swap(to: AppState.Form)
  /// A draft that was kept, and what is opened where it is not wanted.
  case draft(KeptDraft, instead: Opening)
  /// A stored task that the wizard is filled from.
  case loadTask(String)
  /// A conflict's way out, as it is shown.
  case resolve(Resolution)
  case cancelRun
  case leaveRun
  case deleteTask(String)
  case deleteConnection(String)
  case deleteKey(String)
  case deleteSnapshotTask(String)
  /// Whether the keys that a host showed are its own.
  case confirmHostKeys
  /// Whether tasks of another program are kept.
  case saveImported
  /// Whether snapshots that have outlived their time go.
  case pruneSnapshots
  /// Whether a changed connection stays changed.
  case keepConnection
  /// Whether a file that is there already is replaced.
  case replaceFile
  /// What is edited of a connection or a snapshot task has changes, and is about to be closed.
  case discardEdit
  /// Whether a task that cannot run as it is is saved all the same, and why it cannot.
  case saveDisabled(CheckResult)
}
