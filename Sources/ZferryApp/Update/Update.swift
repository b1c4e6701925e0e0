import FormKit
import ReplicationModel
import ReplicationModel
import TerminalCore

/// What happens next: the whole behaviour of the app, as a function of values.
///
/// Total and pure; time comes in as a message, work goes out as effects.
public func update(_ state: inout AppState, _ message: Message) -> [Effect] {
  let before = state.wizard.choices
  let settings = (state.chosenBasic, state.asksLess)
  let advanced = state.isInAdvanced ? state.advanced : nil
  var effects: [Effect]
  switch message {
  case .key(let key): effects = state.press(key)
  case .focus(let id, let row):
    state.point(at: id, row: row)
    effects = []
  case .resized(let size):
    state.size = size
    effects = []
  case .time(let now):
    state.now = now
    effects = state.tick()
  case .reply(let id, let reply): effects = state.receive(id, reply)
  case .copied(let wasSent):
    state.tellCopied(wasSent)
    effects = []
  case .hangUp: effects = state.quitNow()
  }
  if let advanced, state.isInAdvanced, advanced.start == state.advanced.start,
    advanced.form != state.advanced.form
  {
    state.settleAdvanced(since: advanced.form)
  }
  effects += state.followRetention()
  effects += state.followRestore()
  // After these, for a question that goes out takes its button from the screen, and the focus with it.
  effects += state.settle(since: before)
  effects += state.keepSettings(since: settings)
  return effects
}

extension AppState {
  /// Brings everything that follows from the choices up to date after a change.
  mutating func settle(since before: WizardChoices) -> [Effect] {
    let before = wizard.settled ?? before
    wizard.settled = nil
    // A wizard that was left or saved has nothing that would follow.
    guard isInWizard, wizard.choices != before else {
      refresh()
      return []
    }
    let countedBefore = snapshotQuestion(before)
    follow(before)
    refresh()
    guard snapshotQuestion(wizard.choices) != countedBefore else { return [] }
    return recount()
  }

  /// The dependencies between fields (ui.md 1.4).
  private mutating func follow(_ before: WizardChoices) {
    if wizard.choices.sourceLocation != before.sourceLocation {
      wizard.choices.sources = []
      if wizard.choices.effectiveDestination != before.effectiveDestination {
        wizard.choices.destination = ""
      }
    }
    if wizard.choices.destinationLocation != before.destinationLocation {
      wizard.choices.destination = ""
    }
    if wizard.choices.connection != before.connection {
      if wizard.choices.sourceLocation == .remote, before.connection != nil {
        wizard.choices.sources = []
      }
      if wizard.choices.effectiveDestination == .remote, before.connection != nil {
        wizard.choices.destination = ""
      }
      let connection = library.connection(wizard.choices.connection)
      wizard.choices.sudo = connection?.sudo ?? false
      if let connection, connection.username != "root", !connection.sudo {
        notice = Note(
          .info,
          "zfs runs there as \(Words.escaped(connection.username)). Without rights of its own it"
            + " needs sudo: the SSH connection step has it.")
      }
      wizard.proof = nil
      wizard.proving = nil
    }
    if wizard.choices.sudo != before.sudo { wizard.proof = nil }
    if wizard.choices.usesRegex, wizard.choices.retention == .custom {
      wizard.choices.retention = .source
      notice = Note(
        .info,
        "Destination Snapshot Lifetime is Same as Source now: a name that an expression matches tells"
          + " no time to count from.")
    }
    wizard.saveFailure = nil
    if !before.sources.isEmpty, wizard.choices.sources.isEmpty,
      wizard.choices.connection != before.connection
        || wizard.choices.sourceLocation != before.sourceLocation
    {
      notice = Note(.warning, "The source was on another system: choose it again.")
    } else if !before.destination.isEmpty, wizard.choices.destination.isEmpty {
      notice = Note(.warning, "The destination was on another system: choose it again.")
    }
    // Not under the fingers of who empties the field to type another name.
    var unnamed = wizard.choices
    unnamed.taskName = before.taskName
    unnamed.nameIsTyped = before.nameIsTyped
    if !wizard.choices.nameIsTyped, unnamed != before {
      suggestName()
    }
  }

  /// A name that follows from the choices, for who has typed none.
  mutating func suggestName() {
    wizard.choices.taskName = TaskNaming.suggestion(
      for: wizard.choices, taken: Set(library.tasks.map(\.name)))
  }

  /// Findings, and a focus that is on the screen.
  mutating func refresh() {
    if isInWizard {
      let facts = Wizard.Checked(
        choices: wizard.choices, library: library, minute: now.seconds / 60)
      if wizard.checked != facts {
        wizard.findings = allFindings()
        wizard.checked = facts
      }
    } else {
      wizard.findings = []
      wizard.checked = nil
    }
    refreshAdvanced()
    if question == nil, !view.focusOrder.contains(place.focus) { focusFirst() }
  }

  var isInWizard: Bool {
    stack.contains { if case .wizard = $0.route { true } else { false } }
  }

  /// What is printed on the normal screen when the program ends.
  var farewell: String {
    guard let result = run.result else {
      return run.isRunning ? "The run of \(run.task) was stopped; run it again to go on." : ""
    }
    return runSentence(result)
  }
}
