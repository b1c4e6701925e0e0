import FormKit

/// One screen: what it shows, and what its buttons, rows and Esc do. Each stands in its own file.
struct ScreenSpec: Sendable {
  typealias Act = @Sendable (inout AppState) -> [Effect]
  typealias Press = @Sendable (inout AppState, FocusID) -> [Effect]

  var view: @Sendable (AppState) -> Screen
  /// The fields on it that apply now.
  var fields: @Sendable (AppState) -> [FieldSpec] = { _ in [] }
  /// What is said below a field.
  var note: @Sendable (AppState, FieldSpec) -> Note? = { _, _ in nil }
  /// A button was pressed, or a row of a table.
  var press: Press = { state, _ in state.goBack() }
  /// Enter on a row of its list: the row's index is `place.row`.
  var choose: Act = { state in
    state.moveGroup(by: 1)
    return []
  }
  /// Esc.
  var back: Act = { state in
    state.pop()
    return []
  }
  /// Buttons that change something outside: `--read-only` turns them off.
  var changing: Set<FocusID> = []
}

extension Route {
  /// The one list of screens.
  var spec: ScreenSpec {
    switch self {
    case .tasks: .tasks
    case .wizard(.review): .review
    case .wizard(let step): .step(step)
    case .advanced: .advanced
    case .advancedPlan: .advancedPlan
    case .snapshotTaskChoice: .snapshotTaskChoice
    case .previousTasks: .previousTasks
    case .browser: .browser
    case .connections: .connections
    case .pairing: .pairing
    case .schedule: .schedule
    case .calendar: .calendar
    case .plan: .plan
    case .before: .before
    case .restore: .restore
    case .retention: .retention
    case .retentionSnapshots: .retentionSnapshots
    case .conflict: .conflict
    case .commands: .commands
    case .rights: .rights
    case .run: .run
    case .help: .help
    case .task(let name): .task(name)
    case .sshConnections: .sshConnections
    case .connectionForm: .connectionForm
    case .keys: .keys
    case .key(let name): .key(name)
    case .snapshotTasks: .snapshotTasks
    case .snapshotTaskForm: .snapshotTaskForm
    case .history(let task): .history(task)
    case .log(let run): .log(run)
    case .entry: .entry
    case .taskImport: .taskImport
    case .importPreview: .importPreview
    case .outlived: .outlived
    case .settings: .settings
    case .glossary: .glossary
    }
  }
}
