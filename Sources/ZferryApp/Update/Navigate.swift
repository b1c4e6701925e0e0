import ReplicationModel
import FormKit
import TerminalCore

extension AppState {
  mutating func push(_ route: Route) {
    stack.append(Place(route: route))
    focusFirst()
  }

  mutating func pop() {
    if stack.count > 1 { stack.removeLast() }
  }

  mutating func showHelp() {
    guard route != .help, route != .glossary, question == nil else { return }
    push(.help)
  }

  /// Esc: closes what is on top; never loses anything without asking.
  mutating func goBack() -> [Effect] {
    if question == .keepConnection { return takeBackConnection() }
    if question != nil {
      question = nil
      return []
    }
    return route.spec.back(&self)
  }

  mutating func back(from step: WizardStep) -> [Effect] {
    let steps = WizardStep.shown(for: wizard.choices)
    guard let index = steps.firstIndex(of: step), index > 0 else {
      return leaveForm()
    }
    return enter(steps[index - 1])
  }

  /// Shows a step, at its first field or at the one that was asked for.
  mutating func enter(_ step: WizardStep, at field: FocusID? = nil) -> [Effect] {
    place = Place(route: .wizard(step))
    if let field { setFocus(field) } else { focusFirst() }
    return step == .review ? lookAtBothSides() : []
  }

  /// Next: on, where the step is good; else to the first field that is not, with its reason.
  mutating func goNext(from step: WizardStep) -> [Effect] {
    refresh()
    wizard.touched.formUnion(fields(of: step).map(\.id))
    if let (field, finding) = firstProblem(of: step) {
      setFocus(field.id)
      notice = Note(.error, finding.message)
      return []
    }
    let steps = WizardStep.shown(for: wizard.choices)
    guard let index = steps.firstIndex(of: step), index + 1 < steps.count else { return [] }
    return enter(steps[index + 1])
  }

  /// The wizard, or the draft that was kept of a new task.
  mutating func openWizard() {
    if !offerDraft(instead: .wizard) { startWizard() }
  }

  mutating func startWizard() {
    wizard = Wizard()
    browser = Browser()
    pairing = Pairing()
    push(.wizard(.source))
  }

  /// Back to where the run was started or watched from.
  mutating func leaveRun() {
    if route == .run { pop() }
  }

  mutating func ask(_ question: Question) {
    self.question = question
    questionText = ""
    questionCaret = 0
    // The safe answer stands first and has the focus.
    questionFocus = question.spec(self).answers.first?.id ?? ""
  }

  /// F10 and Ctrl-C: at once where nothing is lost, and at once the second time.
  mutating func askToQuit() -> [Effect] {
    if question == .quit || question == .leaveForm { return quitNow() }
    if management.trial != nil, run.isRunning {
      let effects = takeBackConnection()
      ask(.quit)
      return effects
    }
    guard formIsChanged || editHasChanges || run.isRunning else { return quitNow() }
    ask(.quit)
    return []
  }

  /// Ends the program. What was entered is kept as a draft, unless it is not wanted.
  mutating func quitNow(keepingDraft keeps: Bool = true) -> [Effect] {
    var effects: [Effect] = []
    if run.isRunning, let request = run.request { effects.append(.cancelRun(request)) }
    var parting = [farewell]
    if let trial = management.trial {
      effects += takeBackConnection()
      parting.append(Self.takenBackWords(trial.before))
    }
    if keeps, let draft = keptDraft {
      effects += keepDraft()
      parting.append(Self.keptWords(draft))
    }
    return effects + [.quit(parting.filter { !$0.isEmpty }.joined(separator: "\n"))]
  }
}
