public import FormKit

/// What is on the screen in this state.
public func screen(_ state: AppState) -> Screen { state.view }

extension AppState {
  var view: Screen {
    let spec = route.spec
    var screen = spec.view(self)
    for index in screen.actions.indices where spec.changing.contains(screen.actions[index].id) {
      screen.actions[index].changes = true
      if isReadOnly { screen.actions[index].enabled = Self.readOnly }
    }
    screen.focus = focus
    screen.dialog = question.map(dialog)
    screen.footer = KeyMap.footer(in: keyContexts(on: { [screen] in screen }))
    screen.status = status(of: screen)
    screen.page = HelpText.page(for: route.id)
    return screen
  }

  /// What just happened; else the whole value, or the help, of what has the focus.
  private func status(of screen: Screen) -> StatusLine {
    if let notice { return StatusLine(notice.text, notice.tone) }
    if let action = (screen.dialog?.actions ?? screen.actions).first(where: { $0.id == focus }),
      case .no(let reason) = action.enabled
    {
      return StatusLine(reason)
    }
    return screen.status
  }

  private static let readOnly = Action.Availability.no(
    reason: "zferry was started with --read-only: it changes nothing.")

  /// A field as the form draws it.
  func fieldView(_ field: FieldSpec) -> FieldView {
    let hasFocus = focus == field.id
    let control: FieldView.Control
    switch field.kind {
    case .text(let get, _, let secret, _):
      let value = get(self)
      let place = hasFocus ? min(caret, value.count) : value.count
      control = .text(
        value: secret ? String(repeating: "*", count: value.count) : value, cursor: place,
        secret: secret)
    case .check(let get, _): control = .check(get(self))
    case .choice(let options, let get, _):
      let selected = get(self)
      control = .choice(
        options: options(self), selected: selected,
        highlighted: (hasFocus ? place.highlight : nil) ?? selected ?? 0)
    case .opener(let value, _): control = .opener(value: value(self))
    case .constant(let value): control = .constant(value(self))
    case .fold(let isOpen, let summary, _):
      control = .fold(isOpen: isOpen(self), summary: summary(self))
    }
    var view = FieldView(
      id: field.id, label: field.label, control: control, required: field.required,
      help: field.help, message: route.spec.note(self, field), disabled: field.off(self),
      columns: field.columns)
    view.paragraph = field.paragraph
    return view
  }

  /// `Step 2 of 5: Destination`.
  func title(of step: WizardStep) -> String {
    let steps = WizardStep.shown(for: wizard.choices)
    let number = (steps.firstIndex(of: step) ?? 0) + 1
    return "Step \(number) of \(steps.count): \(step.title)"
  }
}

extension WizardStep {
  var title: String {
    switch self {
    case .source: "Source"
    case .destination: "Destination"
    case .connection: "SSH connection"
    case .schedule: "Schedule"
    case .review: "Review"
    }
  }

  /// Why the step is there, in one sentence.
  var purpose: String {
    switch self {
    case .source: "What is copied: choose the system, then the datasets on it."
    case .destination: "Where the copies go; nothing is created before you have seen the review."
    case .connection: "How the other system is reached, and with which rights."
    case .schedule: "When copies are made, and how long snapshots are kept."
    case .review: "Everything as it will be; nothing has been written or sent yet."
    }
  }
}
