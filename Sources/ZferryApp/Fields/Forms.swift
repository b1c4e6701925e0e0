import FormKit

extension AppState {
  /// The fields of a wizard step that are asked for now.
  func fields(of step: WizardStep) -> [FieldSpec] {
    applying(to: step).filter { !asksLess || !$0.isDetail || problem(of: $0) != nil }
  }

  /// The fields of a wizard step that apply, asked for or not: the review shows them all.
  func applying(to step: WizardStep) -> [FieldSpec] {
    let all: [FieldSpec] =
      switch step {
      case .source: FieldSpec.sourceStep
      case .destination: FieldSpec.destinationStep
      case .connection: FieldSpec.connectionStep
      case .schedule: FieldSpec.scheduleStep
      case .review: []
      }
    return all.filter { $0.shown(self) }
  }

  /// The fields on the screen now.
  var fields: [FieldSpec] { route.spec.fields(self) }

  func field(_ id: FocusID) -> FieldSpec? { fields.first { $0.id == id } }

  /// The step and field a finding's path belongs to, or nil where no field of the wizard has it.
  func home(of path: String) -> (step: WizardStep, field: FieldSpec)? {
    let first = path.prefix { $0 != "." && $0 != "#" }
    for step in WizardStep.shown(for: wizard.choices) {
      for field in applying(to: step)
      where field.id.text == first || field.paths.contains(String(first)) {
        return (step, field)
      }
    }
    return nil
  }
}
