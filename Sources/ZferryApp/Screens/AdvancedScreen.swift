import FormKit
import ReplicationModel
import ReplicationPlanner

extension ScreenSpec {
  static let advanced = ScreenSpec(
    view: \.advancedScreen, fields: \.advancedFields, note: { $0.advancedNote(of: $1) },
    press: { $0.pressInAdvanced($1) }, back: { $0.leaveForm() },
    changing: ["advanced.save", "advanced.run"])

  static let advancedPlan = ScreenSpec(
    view: \.advancedPlanScreen, press: { $0.pressInAdvancedPlan($1) },
    changing: ["advanced.save", "advanced.run"])
}

extension AppState {
  /// Every option of a task, in sections that fold.
  var advancedScreen: Screen {
    var blocks: [Block] = []
    if let failure = advanced.saveFailure {
      blocks.append(.paragraph(Words.explain(failure).text, .error))
    }
    blocks += advancedFields.map { .field(fieldView($0)) }
    blocks += advancedRemarks
    var actions = [
      Action(id: "advanced.save", title: "Save", enabled: advancedSaving),
      Action(id: "advanced.run", title: "Save and run", enabled: advancedSaving),
      Action(id: "advanced.plan", title: "Plan"),
    ]
    if advanced.storedName == nil {
      actions.append(Action(id: "advanced.wizard", title: "Wizard"))
    }
    actions.append(Action(id: "advanced.back", title: "Back"))
    return Screen(
      id: route.id,
      title: advanced.storedName.map { "Advanced: \(Words.escaped($0))" }
        ?? "Advanced Replication Creation",
      purpose: "Every option of a task, in sections that open and close.",
      blocks: blocks, actions: actions, status: StatusLine(advancedStatus), focus: place.focus)
  }

  private var advancedStatus: String {
    if saveGate != nil { return Self.gateStatus }
    if advanced.saving != nil { return "Saving…" }
    switch place.focus {
    case "advanced.plan":
      return "Looks at both sides and says what a run would do. Changes nothing."
    case "advanced.wizard": return "To the wizard, which asks step by step."
    default: return field(place.focus)?.help ?? ""
    }
  }

  /// What no field says: what has no field, what is made, what is left out.
  private var advancedRemarks: [Block] {
    var blocks: [Block] = []
    if let finding = advanced.findings.first(where: {
      $0.severity == .error && advancedHome(of: $0.field) == nil
    }) {
      blocks.append(.paragraph(finding.message, .error))
    }
    let made = order.snapshotTasks
    if !made.isEmpty {
      let names = made.map { Words.escaped($0.name) }.joined(separator: ", ")
      blocks.append(
        .paragraph(
          "Saving makes \(Amount.count(made.count, "snapshot task")) too: \(names).", .info))
    }
    if !advanced.leftOut.isEmpty {
      let labels = advanced.leftOut.map(\.label).joined(separator: ", ")
      blocks.append(.paragraph("Left out, because it does not apply now: \(labels).", .warning))
    }
    return blocks.isEmpty ? [] : [.gap] + blocks
  }

  var advancedSaving: Action.Availability {
    if saveGate != nil { return .no(reason: "What it needs is being checked.") }
    return advanced.saving == nil ? .yes : .no(reason: "It is being saved.")
  }

  /// What a run of the task would do, before it is saved.
  var advancedPlanScreen: Screen {
    var blocks: [Block] = []
    if let failure = advanced.saveFailure {
      blocks.append(.paragraph(Words.explain(failure).text, .error))
    }
    switch advanced.preview {
    case .success(let preview): blocks += planBlocks(order, preview, prefix: "plan-row").blocks
    case .failure(let failure): blocks.append(.paragraph(Words.explain(failure).text, .error))
    case nil: blocks.append(.paragraph("Looking at both sides…", .dim))
    }
    var actions: [Action] = [Action(id: "advanced.back", title: "Back")]
    if case .failure = advanced.preview {
      actions.append(Action(id: "advanced.plan", title: "Retry"))
    }
    if case .success(let preview) = advanced.preview, !preview.plan.steps.isEmpty {
      actions.append(Action(id: "advanced.commands", title: "Commands"))
    }
    actions += [
      Action(id: "advanced.save", title: "Save", enabled: advancedSaving),
      Action(id: "advanced.run", title: "Save and run", enabled: advancedRunning),
    ]
    return Screen(
      id: route.id, title: "Plan: \(Words.escaped(advanced.task.name))",
      purpose: "What a run would do now; nothing has been written or sent yet.",
      blocks: blocks, actions: actions, focus: place.focus)
  }

  private var advancedRunning: Action.Availability {
    if case .no(let reason) = advancedSaving { return .no(reason: reason) }
    guard case .success? = advanced.preview else {
      return .no(reason: "Both sides have to be looked at first.")
    }
    if let conflict = standingConflicts.first {
      return .no(reason: Words.conflict(conflict).message)
    }
    return .yes
  }
}
