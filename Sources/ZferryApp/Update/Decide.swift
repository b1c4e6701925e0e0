import FormKit
import ReplicationModel
import ReplicationPlanner

/// The review's work: counting, planning, saving.
extension AppState {
  /// Which snapshots to count for these choices, or nil where there is nothing to count yet.
  func snapshotQuestion(_ choices: WizardChoices) -> SnapshotQuestion? {
    guard !choices.sources.isEmpty else { return nil }
    let host: HostChoice?
    if choices.sourceLocation == .remote {
      host = library.connection(choices.connection).map { connection in
        var connection = connection
        connection.sudo = connection.sudo || choices.sudo
        return .remote(connection)
      }
    } else {
      host = .local
    }
    guard let host else { return nil }
    if choices.usesRegex {
      guard !choices.nameRegex.isEmpty else { return nil }
      return SnapshotQuestion(
        host: host, datasets: choices.sources, recursive: choices.recursive, schema: nil,
        regex: choices.nameRegex)
    }
    let schema = choices.selectsByName ? choices.namingSchema : WizardChoices.defaultSchema
    guard (try? NamingSchema(schema)) != nil else { return nil }
    return SnapshotQuestion(
      host: host, datasets: choices.sources, recursive: choices.recursive, schema: schema,
      regex: nil)
  }

  mutating func recount() -> [Effect] {
    wizard.counted = nil
    var effects = wizard.counting.map { [Effect.abandon($0)] } ?? []
    wizard.counting = nil
    guard let question = snapshotQuestion(wizard.choices) else { return effects }
    let id = newRequest()
    wizard.counting = id
    effects.append(.countSnapshots(id, question))
    return effects
  }

  /// Entering the review: a look at both sides, unless these choices were looked at already.
  mutating func lookAtBothSides() -> [Effect] {
    refresh()
    guard firstProblem == nil else {
      wizard.preview = nil
      wizard.previewOf = nil
      return []
    }
    // A look that failed is taken again: the host may have been mended meanwhile.
    if case .failure? = wizard.preview { wizard.previewOf = nil }
    guard wizard.previewOf != wizard.choices else { return [] }
    let stale = wizard.planning.map { [Effect.abandon($0)] } ?? []
    let id = newRequest()
    wizard.planning = id
    wizard.preview = nil
    wizard.previewOf = wizard.choices
    return stale + [.plan(id, order)]
  }

  /// The look at both sides, of whichever screen is open.
  var preview: Result<Preview, Failure>? { isInAdvanced ? advanced.preview : wizard.preview }

  private var firstRun: FirstRun? {
    guard case .success(let preview)? = preview else { return nil }
    return FirstRun(order, preview, now: now, zone: zone.zone)
  }

  /// Snapshots to take before the first run: where a local source has none that matches.
  var firstSnapshots: [FirstSnapshot] { firstRun?.snapshots ?? [] }

  var standingWarnings: [PlanWarning] { firstRun?.warnings ?? [] }

  /// Conflicts that a first snapshot does not mend.
  var standingConflicts: [Conflict] { firstRun?.conflicts ?? [] }

  /// Keeps the task. Refused, with the way to the field, while something is wrong.
  mutating func save(thenRun: Bool) -> [Effect] {
    refresh()
    if let problem = firstProblem {
      for step in WizardStep.shown(for: wizard.choices) {
        wizard.touched.formUnion(fields(of: step).map(\.id))
      }
      guard let (step, field) = home(of: problem.field) else {
        notice = Note(.error, problem.message)
        return []
      }
      let effects = enter(step, at: field.id)
      notice = Note(.error, problem.message)
      return effects
    }
    guard wizard.saving == nil, saveGate == nil else { return [] }
    return checkBeforeSave(thenRun: thenRun) ?? store(thenRun: thenRun)
  }

  /// Keeps the task as it is, or disabled.
  mutating func store(thenRun: Bool, disabled: Bool = false) -> [Effect] {
    var order = self.order
    if disabled { order.task.enabled = false }
    let id = newRequest()
    wizard.saving = id
    wizard.saveFailure = nil
    wizard.runsAfterSave = thenRun
    wizard.savesDisabled = disabled
    return [.save(id, order)]
  }

  /// The task is stored: to the list, or straight into its first run.
  mutating func taskSaved() -> [Effect] {
    let name = wizard.choices.taskName
    let first = firstSnapshots
    let runs = wizard.runsAfterSave
    var answers = Answers()
    answers.choices = wizard.choices
    answers.ending = runs ? .saveAndRun : .save
    answers.isEnabled = !wizard.savesDisabled
    savedAnswers = answers
    let load = newRequest()
    loading = load
    let effects = [.load(load)] + dropDraft(wizard.draftName)
    let isDisabled = wizard.savesDisabled
    closeForm()
    notice =
      isDisabled
      ? Note(.warning, "The task \(name) is saved as disabled. Enable it once it is well.")
      : Note(.success, "The task \(name) is saved.")
    guard runs else { return effects }
    return effects + startRun(of: name, first: first)
  }
}
