import FormKit
import ReplicationModel

extension AppState {
  /// Every value of the task, the defaults marked; each row leads to its field.
  var choiceRows: [TableView.Row] {
    let standard = WizardChoices()
    var rows: [TableView.Row] = []
    for step in WizardStep.shown(for: wizard.choices) {
      for field in applying(to: step) where !Self.unshown.contains(field.id) {
        let value = words(for: field, in: self)
        var other = self
        other.wizard.choices = standard
        let isDefault = !value.isEmpty && value == words(for: field, in: other)
        let problem = problem(of: field)
        rows.append(
          TableView.Row(
            id: FocusID("review.\(field.id.text)"), label: field.label,
            value: problem.map { _ in "\(value.isEmpty ? "(missing)" : value)  [!!]" }
              ?? value + (isDefault ? "  (default)" : ""),
            tone: problem == nil ? .plain : .error))
      }
    }
    let order = self.order
    for (index, task) in (order.snapshotTasks + order.boundTasks).enumerated() {
      let isNew = index < order.snapshotTasks.count
      rows.append(
        TableView.Row(
          id: FocusID("review.schedule_picker#task\(index)"), label: "Snapshot task",
          value: "\(Words.escaped(task.name)) of \(Words.escaped(task.dataset))"
            + (isNew ? ", is made when you save" : ", is there already")))
    }
    return rows
  }

  /// Units are shown beside their number; what the wizard was filled from is nothing of the task.
  private static let unshown: Set<FocusID> = [
    FieldSpec.sourceLifetimeUnit.id, FieldSpec.lifetimeUnit.id, FieldSpec.loadPrevious.id,
  ]

  /// A field's value in words.
  private func words(for field: FieldSpec, in state: AppState) -> String {
    switch field.id {
    case FieldSpec.sourceLifetimeValue.id:
      return plain(field, state) + " " + plain(.sourceLifetimeUnit, state)
    case FieldSpec.lifetimeValue.id:
      return plain(field, state) + " " + plain(.lifetimeUnit, state)
    default: return plain(field, state)
    }
  }

  private func plain(_ field: FieldSpec, _ state: AppState) -> String {
    switch field.kind {
    case .text(let get, _, let secret, _): secret ? "" : Words.escaped(get(state))
    case .check(let get, _): get(state) ? "yes" : "no"
    case .choice(let options, let get, _):
      get(state).map { options(state)[$0] } ?? ""
    case .opener(let value, _): Words.escaped(value(state))
    case .constant(let value): value(state)
    case .fold(_, let summary, _): summary(state)
    }
  }
}
