import FormKit
import ReplicationModel

extension AppState {
  /// Every value of the task, the defaults marked; each row leads to its field.
  var choiceRows: [TableView.Row] {
    let standard = WizardChoices()
    var rows: [TableView.Row] = []
    for step in WizardStep.shown(for: wizard.choices) {
      for field in fields(of: step) {
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
    return rows
  }

  /// A field's value in words.
  private func words(for field: FieldSpec, in state: AppState) -> String {
    switch field.kind {
    case .text(let get, _, let secret, _): secret ? "" : Words.escaped(get(state))
    case .check(let get, _): get(state) ? "yes" : "no"
    case .choice(let options, let get, _):
      get(state).map { options(state)[$0] } ?? ""
    case .opener(let value): Words.escaped(value(state))
    case .constant(let value): value(state)
    }
  }
}
