public import FormKit

/// What is on the screen in this state.
public func screen(_ state: AppState) -> Screen { state.view }

extension AppState {
  var view: Screen {
    var screen: Screen =
      switch place.route {
      case .tasks: tasksScreen
      case .wizard(.review): reviewScreen
      case .wizard(let step): formScreen(step)
      case .browser: browserScreen
      case .connections: connectionsScreen
      case .pairing: pairingScreen
      case .commands: commandsScreen
      case .run: runScreen
      case .help: helpScreen
      }
    if isReadOnly { screen.actions = screen.actions.map(readOnly) }
    screen.focus = focus
    screen.dialog = question.map(dialog)
    screen.footer = KeyMap.footer(in: keyContexts)
    screen.status = status(of: screen)
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

  /// The buttons that change something outside, disabled.
  private func readOnly(_ action: Action) -> Action {
    let changing: Set<FocusID> = [
      "save", "save_and_run", "pair.install", "tasks.run", "run.again",
    ]
    guard changing.contains(action.id) else { return action }
    var disabled = action
    disabled.enabled = .no(reason: "zferry was started with --read-only: it changes nothing.")
    return disabled
  }

  /// A field as the form draws it.
  func fieldView(_ field: FieldSpec) -> FieldView {
    let hasFocus = question == nil && place.focus == field.id
    let control: FieldView.Control
    switch field.kind {
    case .text(let get, _, let secret, _):
      let value = get(self)
      let caret = hasFocus ? min(place.caret, value.count) : value.count
      control = .text(
        value: secret ? String(repeating: "*", count: value.count) : value, cursor: caret,
        secret: secret)
    case .check(let get, _): control = .check(get(self))
    case .choice(let options, let get, _):
      let selected = get(self)
      control = .choice(
        options: options(self), selected: selected,
        highlighted: (hasFocus ? place.highlight : nil) ?? selected ?? 0)
    case .opener(let value): control = .opener(value: value(self))
    case .constant(let value): control = .constant(value(self))
    }
    return FieldView(
      id: field.id, label: field.label, control: control, required: field.required,
      help: field.help, message: note(of: field), columns: field.columns)
  }

  /// `Step 2 of 5: Destination`.
  func title(of step: WizardStep) -> String {
    let steps = WizardStep.shown(for: wizard.choices)
    let number = (steps.firstIndex(of: step) ?? 0) + 1
    return "Step \(number) of \(steps.count): \(step.title)"
  }

  private func dialog(_ question: Question) -> Dialog {
    let (title, text, stay, go) = question.words(self)
    return Dialog(
      title: title, blocks: [.paragraph(text, .plain)],
      actions: [
        Action(id: "question.stay", title: stay),
        Action(id: "question.go", title: go, danger: true),
      ])
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
    case .destination: "Where the copies go. Nothing is created before you have seen the review."
    case .connection: "How the other system is reached, and with which rights."
    case .schedule: "When copies are made, and how long snapshots are kept."
    case .review: "Everything as it will be. Nothing has been written or sent yet."
    }
  }
}

extension Question {
  /// Title, text, the safe answer, and the other one.
  func words(_ state: AppState) -> (String, String, String, String) {
    switch self {
    case .quit where state.run.isRunning:
      (
        "Quit?",
        "\(state.run.task) is running. Quitting stops it; what has arrived is kept, and the next"
          + " run goes on from there.", "Stay", "Stop and quit"
      )
    case .quit where state.isInWizard && state.wizard.isBegun:
      ("Quit?", "What you entered in the wizard is not saved and would be lost.", "Stay", "Discard")
    case .quit: ("Quit?", "Nothing is unsaved.", "Stay", "Quit")
    case .leaveWizard:
      (
        "Leave the wizard?", "What you entered is not saved and would be lost.", "Stay", "Discard"
      )
    case .cancelRun:
      (
        "Cancel the run?",
        "What has arrived on the destination is kept. The next run goes on from there and sends"
          + " none of it again.", "Keep running", "Cancel the run"
      )
    case .leaveRun:
      (
        "Leave this screen?", "The run goes on. The task list leads back to it.", "Stay",
        "Leave, keep running"
      )
    }
  }
}
