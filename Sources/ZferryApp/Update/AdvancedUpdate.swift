import FormKit
import ReplicationModel

extension AppState {
  /// Opens the advanced screen, empty or with a stored task, or offers the draft that was kept.
  mutating func openAdvanced(editing name: String?) {
    if !offerDraft(instead: .advanced(task: name)) { startAdvanced(editing: name) }
  }

  mutating func startAdvanced(editing name: String?) {
    guard let name else {
      showAdvanced(Advanced())
      return
    }
    guard let task = library.tasks.first(where: { $0.name == name }) else {
      notice = Note(.warning, "There is no task \(Words.escaped(name)).")
      return
    }
    showAdvanced(Advanced(AdvancedForm(task), storedName: name))
  }

  mutating func showAdvanced(_ opened: Advanced) {
    advanced = opened
    browser = Browser()
    pairing = Pairing()
    push(.advanced)
    refresh()
  }

  var isInAdvanced: Bool { stack.contains { $0.route == .advanced } }

  /// Exactly what `zferry task check` says, and what was typed and cannot be read.
  func advancedFindings() -> [Finding] {
    let order = self.order
    var context = ruleContext(for: order)
    if let name = advanced.storedName { context.otherTaskNames.remove(name) }
    return advanced.form.findings + TaskRules.findings(for: order.task, in: context)
  }

  /// The findings, anew where something changed that they follow from.
  mutating func refreshAdvanced() {
    guard isInAdvanced else {
      advanced.checked = nil
      advanced.findings = []
      return
    }
    let facts = Advanced.Checked(
      form: advanced.form, library: library, minute: now.seconds / 60)
    guard advanced.checked != facts else { return }
    advanced.checked = facts
    advanced.findings = advancedFindings()
    advanced.placed = Dictionary(
      advanced.findings.compactMap { finding in
        advancedHome(of: finding.field).map { ($0.field.id, [finding]) }
      }, uniquingKeysWith: +)
  }

  mutating func pressInAdvanced(_ id: FocusID) -> [Effect] {
    switch id {
    case "advanced.save": return saveAdvanced(thenRun: false)
    case "advanced.run":
      guard advanced.previewOf == order, case .success? = advanced.preview,
        standingConflicts.isEmpty
      else { return lookFromAdvanced() }
      return saveAdvanced(thenRun: true)
    case "advanced.plan": return lookFromAdvanced()
    case "advanced.wizard": return swap(to: .wizard)
    default: return leaveForm()
    }
  }

  mutating func pressInAdvancedPlan(_ id: FocusID) -> [Effect] {
    switch id {
    case "advanced.save": return saveAdvanced(thenRun: false)
    case "advanced.run": return saveAdvanced(thenRun: true)
    case "advanced.plan":
      advanced.previewOf = nil
      return look()
    case "advanced.commands":
      push(.commands)
      return []
    case let row where row.text.hasPrefix("plan-row."):
      let path = row.text.dropFirst("plan-row.".count).replacing(
        "schedule_picker", with: "schedule")
      guard let home = advancedHome(of: String(path)) else {
        notice = Note(.info, "There is nothing to change here; it follows from the options.")
        return []
      }
      pop()
      show(home)
      return []
    default: return goBack()
    }
  }

  /// To a field, in its section.
  mutating func show(_ home: (section: AdvancedSection, field: FieldSpec)) {
    advanced.openSections.insert(home.section)
    setFocus(home.field.id)
  }

  /// The first error and the way to it; nil where nothing is wrong.
  private mutating func leadToProblem() -> Finding? {
    refresh()
    guard let problem = advanced.findings.first(where: { $0.severity == .error }) else {
      return nil
    }
    for section in AdvancedSection.allCases {
      advanced.touched.formUnion(section.fields(self).map(\.id))
    }
    if route != .advanced { pop() }
    // The first in the order of the screen, which need not be the rules'.
    let homes = AdvancedSection.allCases.flatMap { section in
      section.fields(self).map { (section, $0) }
    }
    for home in homes {
      if let finding = advancedFinding(of: home.1, .error) {
        show(home)
        notice = Note(.error, finding.message)
        return finding
      }
    }
    notice = Note(.error, problem.message)
    return problem
  }

  private mutating func lookFromAdvanced() -> [Effect] {
    guard leadToProblem() == nil else { return [] }
    push(.advancedPlan)
    return look()
  }

  /// A look at both sides, unless this task was looked at already.
  private mutating func look() -> [Effect] {
    if case .failure? = advanced.preview { advanced.previewOf = nil }
    guard advanced.previewOf != order else { return [] }
    let stale = advanced.planning.map { [Effect.abandon($0)] } ?? []
    let id = newRequest()
    advanced.planning = id
    advanced.preview = nil
    advanced.previewOf = order
    return stale + [.plan(id, order)]
  }

  private mutating func saveAdvanced(thenRun: Bool) -> [Effect] {
    guard leadToProblem() == nil, advanced.saving == nil, saveGate == nil else { return [] }
    return checkBeforeSave(thenRun: thenRun) ?? storeAdvanced(thenRun: thenRun)
  }

  /// Keeps the task as it is.
  mutating func storeAdvanced(thenRun: Bool) -> [Effect] {
    let id = newRequest()
    advanced.saving = id
    advanced.saveFailure = nil
    advanced.runsAfterSave = thenRun
    guard let was = advanced.storedName else { return [.save(id, order)] }
    return [.change(id, .task(advanced.task, was: was))]
  }

  /// The task is stored: to the list, or straight into a run.
  mutating func advancedSaved() -> [Effect] {
    let name = advanced.task.name
    let first = firstSnapshots
    let runs = advanced.runsAfterSave
    let load = newRequest()
    loading = load
    var effects = [Effect.load(load)] + dropDraft(advanced.draftName)
    closeForm()
    // The page of a task that has another name now shows nothing any more.
    if case .task(let shown) = route, shown != name { pop() }
    notice = Note(.success, "The task \(Words.escaped(name)) is saved.")
    if runs { effects += startRun(of: name, first: first) }
    return effects
  }

  /// Options that follow from others, after a change.
  mutating func settleAdvanced(since before: AdvancedForm) {
    let form = advanced.form
    if let connection = library.connection(form.base.connection),
      form.base.connection != before.base.connection, form.base.sudo == before.base.sudo
    {
      advanced.form.base.sudo = connection.sudo
    }
    let moved = [
      (TaskField.sourceDatasets, place(of: .sourceDatasets, before), before.base.sourceDatasets),
      (.targetDataset, place(of: .targetDataset, before), [before.base.targetDataset]),
    ].filter { field, host, values in
      // Where no connection was chosen yet, nothing can have been on another system.
      host != "" && host != place(of: field, advanced.form) && !values.joined().isEmpty
        && field.value(in: form.base) == field.value(in: before.base)
    }
    for (field, _, _) in moved {
      if field == .sourceDatasets { advanced.form.base.sourceDatasets = [] }
      if field == .targetDataset { advanced.form.base.targetDataset = "" }
    }
    if let field = moved.first?.0 {
      notice = Note(.warning, "\(field.label) was on another system: choose it again.")
    }
  }

  /// The connection behind which a side is; nil for this system, empty where none is chosen yet.
  private func place(of field: TaskField, _ form: AdvancedForm) -> String? {
    let task = form.base
    guard task.transport != .local else { return nil }
    let isRemote = (task.direction == .pull) == (field == .sourceDatasets)
    return isRemote ? task.connection ?? "" : nil
  }
}
