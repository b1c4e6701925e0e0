import FormKit
import ReplicationModel

/// The ways out of the wizard and of the advanced screen, and what is kept of what was entered.
extension AppState {
  /// The two screens that a task is put together on.
  enum Form: Hashable, Sendable { case wizard, advanced }

  /// Whether leaving would lose what was entered.
  var formIsChanged: Bool {
    isInAdvanced ? advanced.isChanged : isInWizard && wizard.isChanged
  }

  /// Esc and Leave: at once where nothing is lost.
  mutating func leaveForm() -> [Effect] {
    guard formIsChanged else {
      closeForm()
      return []
    }
    ask(.leaveForm)
    return []
  }

  /// Back to what the wizard or the advanced screen was opened from.
  mutating func closeForm() {
    wizard = Wizard()
    advanced = Advanced()
    let below = stack.prefix { !$0.route.isForm }
    stack = below.isEmpty ? [Place(route: .tasks)] : Array(below)
    focusFirst()
  }

  /// To the other screen: at once where nothing was entered.
  mutating func swap(to form: Form) -> [Effect] {
    if form == .advanced ? wizard.isBegun : advanced.isBegun {
      ask(.swap(to: form))
      return []
    }
    return swap(to: form, takingAlong: false)
  }

  mutating func swap(to form: Form, takingAlong takes: Bool) -> [Effect] {
    let order = self.order
    let draftName = takes ? openDraftName : nil
    closeForm()
    switch form {
    case .advanced:
      showAdvanced(
        takes
          ? Advanced(AdvancedForm(order.task, snapshotTasks: order.snapshotTasks), start: .new)
          : Advanced())
      advanced.draftName = draftName
      return []
    case .wizard:
      guard takes else {
        startWizard()
        return []
      }
      return showWizard(WizardChoices.taking(order, in: library).choices, draftName: draftName)
    }
  }

  /// The wizard, filled in: as if a person had chosen all of it.
  private mutating func showWizard(
    _ choices: WizardChoices, start: WizardChoices = WizardChoices(), draftName: String?
  ) -> [Effect] {
    startWizard()
    wizard.choices = choices
    wizard.settled = choices
    wizard.start = start
    wizard.draftName = draftName
    return recount()
  }

  // MARK: Drafts

  /// What would be kept of the screen that is open; nil where nothing was entered.
  var keptDraft: KeptDraft? {
    guard formIsChanged, !isReadOnly else { return nil }
    if isInAdvanced {
      return KeptDraft(
        .advanced(
          advanced.raw, snapshotTasks: advanced.form.snapshotTasks, was: advanced.storedName))
    }
    var answers = Answers()
    answers.choices = wizard.choices
    return KeptDraft(.wizard(answers))
  }

  mutating func keepDraft() -> [Effect] {
    guard let draft = keptDraft else { return [] }
    let before = openDraftName
    let replaced = before == draft.name ? [] : dropDraft(before)
    library.drafts.removeAll { $0.name == draft.name }
    library.drafts.append(draft)
    let id = newRequest()
    keeping = id
    return replaced + [.keepDraft(id, draft)]
  }

  mutating func dropDraft(_ name: String?) -> [Effect] {
    guard let name, !isReadOnly, library.drafts.contains(where: { $0.name == name }) else {
      return []
    }
    library.drafts.removeAll { $0.name == name }
    let id = newRequest()
    keeping = id
    return [.dropDraft(id, name)]
  }

  /// The draft that the open screen goes on with.
  var openDraftName: String? { isInAdvanced ? advanced.draftName : wizard.draftName }

  /// Asks about a draft of what is about to be opened; false where none was kept.
  mutating func offerDraft(instead: Opening) -> Bool {
    var task: String?
    if case .advanced(let name) = instead { task = name }
    guard let draft = library.drafts.first(where: { $0.edited == task }) else { return false }
    ask(.draft(draft, instead: instead))
    return true
  }

  /// What the program was opened with, once the tasks are read.
  mutating func openFirst() {
    if let name = opensOnceLoaded {
      opensOnceLoaded = nil
      openAdvanced(editing: name)
    } else if isInAdvanced || isInWizard {
      if !formIsChanged { _ = offerDraft(instead: isInAdvanced ? .advanced(task: nil) : .wizard) }
    } else if let draft = library.drafts.first {
      ask(.draft(draft, instead: library.tasks.isEmpty ? .wizard : .tasks))
    }
  }

  /// Opens a screen anew, whatever draft there is.
  mutating func open(_ opening: Opening) {
    closeForm()
    switch opening {
    case .tasks: break
    case .wizard: startWizard()
    case .advanced(let name): startAdvanced(editing: name)
    }
  }

  /// Goes on with a draft, as it was left.
  mutating func resume(_ draft: KeptDraft) -> [Effect] {
    closeForm()
    switch draft.content {
    case .wizard(var answers):
      answers.sudoIsGiven = true
      answers.complete(in: library)
      return showWizard(answers.choices, start: answers.choices, draftName: draft.name)
    case .advanced(var task, let snapshotTasks, let was):
      let stored = library.tasks.first { $0.name == was }
      task.encryptionKey = stored?.encryptionKey
      showAdvanced(
        Advanced(AdvancedForm(task, snapshotTasks: snapshotTasks), storedName: stored?.name))
      advanced.draftName = draft.name
      return []
    }
  }

  /// What is said when a draft was kept.
  static func keptWords(_ draft: KeptDraft) -> String {
    "What you entered is kept as a draft; zferry offers it next time."
      + (draft.leftOutSecret ? " The encryption key is not in it: enter it again then." : "")
  }
}
