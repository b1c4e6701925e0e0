import FormKit
import ReplicationModel

/// What is wrong with the choices that the task made of them does not show any more: an answer that
/// is missing, a number that is none, a schedule that cannot be read.
enum WizardFindings {
  static func findings(of state: AppState, beside rules: [Finding]) -> [Finding] {
    let ruled = Set(
      rules.filter { $0.severity == .error }.map { String($0.field.prefix { $0 != "." }) })
    var findings: [Finding] = []
    for step in WizardStep.shown(for: state.wizard.choices) {
      for field in state.fields(of: step) where field.isMissing(state) {
        let isSaid = !ruled.isDisjoint(with: field.paths + [field.id.text])
        if !isSaid {
          findings.append(
            Finding(field.id.text, code: "wizard.required", "\(field.label) is required."))
        }
      }
    }
    let choices = state.wizard.choices
    if choices.method == .schedule, choices.preset == .custom, choices.chosenSchedule == nil,
      !choices.cron.allSatisfy({ $0 == " " })
    {
      findings.append(
        Finding(
          "schedule_custom", code: "wizard.cron",
          "Custom Schedule needs five fields: minute, hour, day, month and weekday."))
    }
    if choices.makesSnapshotTasks, let text = number(choices.sourceLifetimeValue) {
      findings.append(
        Finding("source_lifetime_value", code: "wizard.number", "Source Snapshot Lifetime \(text)"))
    }
    if choices.retention == .custom, !ruled.contains("lifetime_value"),
      let text = number(choices.lifetimeValue)
    {
      findings.append(Finding("lifetime_value", code: "wizard.number", "Keep for \(text)"))
    }
    return findings
  }

  /// What is wrong with a count of units, or nil; an empty one is reported as missing.
  private static func number(_ text: String) -> String? {
    guard !text.isEmpty else { return nil }
    guard let value = Int(text) else { return "has to be a whole number." }
    return value < 1 ? "has to be 1 or more." : nil
  }
}
