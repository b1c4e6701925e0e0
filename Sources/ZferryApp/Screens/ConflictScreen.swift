import FormKit
import ReplicationModel
import ReplicationPlanner
import TerminalCore

extension ScreenSpec {
  static let conflict = ScreenSpec(
    view: \.conflictScreen, press: { $0.pressInConflict($1) }, choose: { _ in [] },
    back: { $0.leaveConflict() },
    changing: Set(Conflict.Choice.allCases.map(\.action)))
}

extension AppState {
  /// The conflicts of the plan that is looked at: of a stored task, else of the wizard's.
  var shownConflicts: [Conflict] {
    if let planLook { return planLook.preview?.plan.undecided ?? [] }
    return standingConflicts
  }

  var conflictScreen: Screen {
    let conflicts = shownConflicts
    guard !conflicts.isEmpty else {
      return Screen(
        id: route.id, title: "Conflict", purpose: "Nothing is in the way any more.", blocks: [],
        actions: [Action(id: "conflict.back", title: "Back")], focus: place.focus)
    }
    let index = conflictIndex % conflicts.count
    let conflict = conflicts[index]
    var blocks: [Block] = [.paragraph(Words.conflictMessage(conflict), .error)]
    let timeline = Timeline(conflict)
    if !timeline.entries.isEmpty {
      let cursor = min(place.row, timeline.entries.count - 1)
      let window = Self.window(
        around: cursor, of: timeline.entries.count, height: max(5, size.rows))
      blocks.append(
        .list(
          ListView(
            id: "conflict.timeline", label: "Snapshots, newest first",
            rows: timeline.entries[window].map(row), first: window.lowerBound,
            count: timeline.entries.count, cursor: cursor, minimumRows: 4, use: .read)))
    }
    if conflict.choices.isEmpty {
      blocks.append(.paragraph(Words.conflict(conflict).hint, .plain))
    } else {
      blocks += choiceBlocks(conflict)
    }
    var actions = [Action(id: "conflict.back", title: "Back")]
    if conflicts.count > 1 { actions.append(Action(id: "conflict.next", title: "Next conflict")) }
    if deciding != nil { actions += conflict.choices.map { action($0, conflict) } }
    return Screen(
      id: route.id,
      title: "Conflict \(index + 1) of \(conflicts.count): \(Words.escaped(conflict.target.text))",
      purpose: "Decide before anything is sent; a GUID tells a snapshot apart, whatever its name.",
      blocks: blocks,
      actions: actions, status: status(of: timeline), focus: place.focus)
  }

  /// What each choice does and loses, or why it cannot be.
  private func choiceBlocks(_ conflict: Conflict) -> [Block] {
    let resolutions = deciding?.resolutions(of: conflict)
    let rows = conflict.choices.map { choice in
      guard let resolution = resolutions?.first(where: { $0.choice == choice }) else {
        return TableView.Row(label: choice.title, value: choice.summary)
      }
      let obstacle = Words.obstacle(resolution)
      return TableView.Row(
        label: choice.title,
        value: obstacle ?? "\(Words.effect(resolution)) \(Words.losses(resolution))",
        tone: obstacle != nil ? .warning : resolution.destroys ? .error : .plain)
    }
    var blocks: [Block] = [.table(TableView(rows: rows))]
    if deciding == nil {
      blocks.append(.paragraph("Save the task first; its plan then leads here to decide.", .dim))
    } else if case .failure(let failure)? = deciding?.cases {
      blocks.append(.paragraph(Words.explain(failure).text, .error))
    } else if deciding?.resolving != nil {
      blocks.append(.paragraph("It is being done…", .dim))
    } else if resolutions == nil {
      blocks.append(.paragraph("Looking closer at both sides…", .dim))
    }
    return blocks
  }

  private func action(_ choice: Conflict.Choice, _ conflict: Conflict) -> Action {
    let resolution = deciding?.resolutions(of: conflict)?.first { $0.choice == choice }
    var enabled = Action.Availability.yes
    if deciding?.resolving != nil {
      enabled = .no(reason: "A decision is being carried out; wait for its end.")
    } else if let reason = resolution.flatMap(Words.obstacle) {
      enabled = .no(reason: reason)
    } else if resolution == nil {
      enabled = .no(
        reason: deciding?.looking == nil
          ? "It could not be found out what this would lose." : "Both sides are being looked at.")
    }
    return Action(
      id: choice.action, title: choice.title, enabled: enabled,
      danger: resolution?.destroys ?? false)
  }

  private func row(_ entry: Timeline.Entry) -> ListView.Row {
    ListView.Row(
      id: "\(entry.snapshot.guid.value)", text: "@\(Words.escaped(entry.snapshot.name))",
      detail: entry.side.words, tone: entry.side == .target ? .warning : .plain)
  }

  private func status(of timeline: Timeline) -> StatusLine {
    guard place.focus == "conflict.timeline", timeline.entries.indices.contains(place.row) else {
      return StatusLine("")
    }
    let snapshot = timeline.entries[place.row].snapshot
    return StatusLine(
      "GUID \(snapshot.guid.value), made"
        + " \(Amount.time(CivilTime(snapshot.creation, in: zone.zone))) (\(zone.zone.name))")
  }
}

extension Timeline.Side {
  var words: String {
    switch self {
    case .both: "both sides"
    case .source: "only the source"
    case .target: "only the destination"
    }
  }
}
