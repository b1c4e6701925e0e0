import FormKit
import ReplicationModel

extension AppState {
  /// What the rules of tasks say, and what only the wizard knows.
  func allFindings() -> [Finding] {
    let order = self.order
    let context = ruleContext(for: order)
    let rules = TaskRules.findings(for: order.task, in: context)
    return WizardFindings(self, rules: rules).all
  }

  /// What the rules may look at beside the task.
  func ruleContext(for order: TaskOrder) -> RuleContext {
    var context = RuleContext()
    context.otherTaskNames = Set(library.tasks.map(\.name))
    context.snapshotTasks = Dictionary(
      (library.snapshotTasks + order.snapshotTasks).map { ($0.name, $0) }
    ) { _, last in last }
    context.connections = Dictionary(library.connections.map { ($0.name, $0) }) { _, last in last }
    context.zone = zone.zone
    context.now = now
    return context
  }

  /// The error that keeps a field from being good, whether it is shown yet or not.
  func problem(of field: FieldSpec) -> Finding? { finding(of: field, .error) }

  func finding(of field: FieldSpec, _ severity: Finding.Severity) -> Finding? {
    wizard.findings.first { finding in
      let first = String(finding.field.prefix { $0 != "." })
      return finding.severity == severity
        && (finding.field == field.id.text || field.paths.contains(first))
    }
  }

  /// What is shown below a field: its error once it was left, else its warning.
  func wizardNote(of field: FieldSpec) -> Note? {
    guard wizard.touched.contains(field.id) else { return nil }
    if let problem = problem(of: field) { return Note(.error, problem.message) }
    return finding(of: field, .warning).map { Note(.warning, $0.message) }
  }

  /// The first error of a step, with its field.
  func firstProblem(of step: WizardStep) -> (field: FieldSpec, finding: Finding)? {
    for field in fields(of: step) {
      if let problem = problem(of: field) { return (field, problem) }
    }
    return nil
  }

  /// The first error of all, with where it is mended.
  var firstProblem: Finding? { wizard.findings.first { $0.severity == .error } }
}
