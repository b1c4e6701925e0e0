import FormKit
import ReplicationModel
import ReplicationPlanner

extension ScreenSpec {
  static let review = ScreenSpec(
    view: \.reviewScreen, press: { $0.press($1, in: .review) }, back: { $0.back(from: .review) },
    changing: ["save", "save_and_run"])
}

extension AppState {
  var reviewScreen: Screen {
    var blocks = problemBlocks
    switch wizard.preview {
    case .success(let preview): blocks += planBlocks(order, preview, prefix: "review").blocks
    case .failure(let failure):
      blocks.append(.heading("What the first run does"))
      blocks.append(.paragraph(Words.explain(failure).text, .error))
    case nil where wizard.planning != nil:
      blocks.append(.paragraph("Looking at both sides…", .dim))
    case nil: break
    }
    if let failure = wizard.saveFailure {
      blocks.insert(.paragraph(Words.explain(failure).text, .error), at: 0)
    }
    blocks.append(.heading("What you chose"))
    blocks.append(.table(TableView(rows: choiceRows, leads: true)))
    return Screen(
      id: route.id, title: title(of: .review), purpose: WizardStep.review.purpose, blocks: blocks,
      actions: reviewActions, status: StatusLine(reviewStatus), focus: place.focus)
  }

  private var reviewActions: [Action] {
    var actions = [
      Action(id: "save", title: "Save", enabled: saving),
      Action(id: "save_and_run", title: "Save and run", enabled: running),
    ]
    if case .failure = wizard.preview {
      actions.append(Action(id: "retry", title: "Retry"))
      if wizard.choices.needsConnection {
        actions.append(Action(id: "connection", title: "Connection"))
      }
    }
    if case .success(let preview) = wizard.preview, !preview.plan.steps.isEmpty {
      actions.append(Action(id: "commands", title: "Commands"))
    }
    if case .success = wizard.preview {
      actions.append(Action(id: "retention", title: "Retention"))
    }
    actions.append(Action(id: "check", title: "Check"))
    actions.append(Action(id: "rights", title: "Rights"))
    if !standingConflicts.isEmpty { actions.append(Action(id: "conflicts", title: "Conflicts")) }
    return actions + [Self.toAdvanced, Action(id: "back", title: "Back")]
  }

  private var saving: Action.Availability {
    if saveGate != nil { return .no(reason: "What it needs is being checked.") }
    return wizard.saving == nil ? .yes : .no(reason: "It is being saved.")
  }

  private var running: Action.Availability {
    if case .no(let reason) = saving { return .no(reason: reason) }
    if firstProblem != nil { return .yes }
    if wizard.planning != nil { return .no(reason: "Wait: both sides are still being looked at.") }
    guard case .success = wizard.preview else {
      return .no(reason: "Both sides have to be looked at first. Press Retry.")
    }
    if let conflict = standingConflicts.first {
      return .no(reason: Words.conflict(conflict).message)
    }
    return .yes
  }

  /// Said while a save waits for its checks.
  static let gateStatus = "Checking the connection and the rights before saving…"

  private var reviewStatus: String {
    if saveGate != nil { return Self.gateStatus }
    if wizard.saving != nil { return "Saving…" }
    guard place.focus.text.hasPrefix("review.") else { return "" }
    return choiceRows.first { $0.id == place.focus }.map { "\($0.label): \($0.value)" }
      ?? "Enter on a line leads to its field."
  }

  /// What is wrong, and what is doubtful.
  private var problemBlocks: [Block] {
    wizard.findings.map { finding in
      .paragraph(finding.message, finding.severity == .error ? .error : .warning)
    }
  }
}
