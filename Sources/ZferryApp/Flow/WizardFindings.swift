import FormKit
import ReplicationModel

/// What is wrong with the choices that the task made of them does not show any more: an answer that
/// is missing, a number that is none, a schedule that cannot be read.
struct WizardFindings {
  let state: AppState
  /// Errors of the rules of tasks, less those that only follow from what is found here.
  let rules: [Finding]
  private let ruled: Set<String>

  init(_ state: AppState, rules: [Finding]) {
    self.state = state
    let choices = state.wizard.choices
    var followers: Set<String> = []
    // Without a source there is nothing to make a snapshot task for, nor with a schedule that
    // cannot be read: that a task has none is then not the thing to mend.
    if choices.sources.isEmpty { followers = ["periodic_snapshot_tasks", "auto"] }
    if Self.scheduleProblem(choices) != nil {
      followers = ["periodic_snapshot_tasks", "auto", "schedule"]
    }
    self.rules = rules.filter { finding in
      finding.severity == .warning || !followers.contains(Self.top(finding.field))
    }
    ruled = Set(self.rules.filter { $0.severity == .error }.map { Self.top($0.field) })
  }

  /// All findings, in the order in which the wizard asks.
  var all: [Finding] {
    var order: [FocusID: Int] = [:]
    for step in WizardStep.shown(for: state.wizard.choices) {
      for field in state.applying(to: step) { order[field.id] = order.count }
    }
    let placed = (own + rules).enumerated().map { index, finding in
      (state.home(of: finding.field).flatMap { order[$0.field.id] } ?? .max, index, finding)
    }
    return placed.sorted { ($0.0, $0.1) < ($1.0, $1.1) }.map(\.2)
  }

  private var own: [Finding] {
    var findings: [Finding] = []
    for step in WizardStep.shown(for: state.wizard.choices) {
      for field in state.applying(to: step) where field.isMissing(state) {
        guard ruled.isDisjoint(with: field.paths + [field.id.text]) else { continue }
        findings.append(
          Finding(field.id.text, code: "wizard.required", "\(field.label) is required."))
      }
    }
    let choices = state.wizard.choices
    if let problem = Self.scheduleProblem(choices), !choices.cron.allSatisfy({ $0 == " " }) {
      findings.append(Finding("schedule_custom", code: "wizard.cron", problem))
    }
    if choices.selectsByName, !choices.usesRegex, !choices.namingSchema.isEmpty,
      ruled.isDisjoint(with: FieldSpec.namingSchema.paths),
      let problem = Self.schemaProblem(choices.namingSchema)
    {
      findings.append(Finding("naming_schema", code: "wizard.schema", problem))
    }
    if choices.makesSnapshotTasks, let text = Self.number(choices.sourceLifetimeValue) {
      findings.append(
        Finding("source_lifetime_value", code: "wizard.number", "Source Snapshot Lifetime \(text)"))
    }
    if choices.retention == .custom, !ruled.contains("lifetime_value"),
      let text = Self.number(choices.lifetimeValue)
    {
      findings.append(Finding("lifetime_value", code: "wizard.number", "Keep for \(text)"))
    }
    return findings
  }

  /// Why the typed schedule cannot be read, or nil.
  private static func scheduleProblem(_ choices: WizardChoices) -> String? {
    guard choices.method == .schedule, choices.preset == .custom else { return nil }
    guard let schedule = choices.chosenSchedule else {
      return "Custom Schedule needs five fields: minute, hour, day, month and weekday."
    }
    do {
      _ = try Timetable(schedule)
      return nil
    } catch {
      return "Custom Schedule, \(error.field): \(error.words)."
    }
  }

  private static func schemaProblem(_ text: String) -> String? {
    do {
      _ = try NamingSchema(text)
      return nil
    } catch {
      return error.message
    }
  }

  /// What is wrong with a count of units, or nil; an empty one is reported as missing.
  private static func number(_ text: String) -> String? {
    guard !text.isEmpty else { return nil }
    guard let value = Int(text) else { return "has to be a whole number." }
    return value < 1 ? "has to be 1 or more." : nil
  }

  private static func top(_ path: String) -> String { String(path.prefix { $0 != "." }) }
}
