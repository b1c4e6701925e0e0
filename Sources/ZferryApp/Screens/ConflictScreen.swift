import FormKit
import ReplicationModel
import ReplicationPlanner
import TerminalCore

extension ScreenSpec {
  static let conflict = ScreenSpec(
    view: \.conflictScreen,
    press: { state, id in
      guard id == "conflict.next" else { return state.goBack() }
      state.conflictIndex += 1
      state.place.row = 0
      return []
    },
    choose: { _ in [] },
    back: { state in
      state.conflictIndex = 0
      state.pop()
      return []
    })
}

extension AppState {
  /// The conflicts of the plan that is looked at: of a stored task, else of the wizard's.
  var shownConflicts: [Conflict] {
    if let planLook { return planLook.preview?.plan.conflicts ?? [] }
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
      blocks.append(
        .table(
          TableView(
            rows: conflict.choices.map { choice in
              TableView.Row(
                label: choice.title, value: choice.consequence(conflict, timeline))
            })))
    }
    var actions: [Action] = []
    if conflicts.count > 1 { actions.append(Action(id: "conflict.next", title: "Next conflict")) }
    actions.append(Action(id: "conflict.back", title: "Back"))
    return Screen(
      id: route.id,
      title: "Conflict \(index + 1) of \(conflicts.count): \(Words.escaped(conflict.target.text))",
      purpose: "Decide before anything is sent; a GUID tells a snapshot apart, whatever its name.",
      blocks: blocks,
      actions: actions, status: status(of: timeline), focus: place.focus)
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

extension Conflict.Choice {
  /// What it is called.
  var title: String {
    switch self {
    case .rollback: "Roll back"
    case .keepAside: "Keep aside"
    case .skip: "Skip"
    case .full: "Send in full"
    }
  }

  /// The command that does it on the destination, and what would be lost.
  func consequence(_ conflict: Conflict, _ timeline: Timeline) -> String {
    let target = conflict.target.text
    let aside = "zfs rename \(Command.quoted(target)) \(Command.quoted(target + "-aside"))"
    switch self {
    case .rollback:
      let lost = timeline.entries.count { $0.side == .target }
      let base = timeline.entries.first { $0.side == .both }?.snapshot.name ?? ""
      let command = "zfs rollback -r \(Command.quoted("\(target)@\(base)"))"
      return "\(Words.escaped(command)): loses \(Amount.count(lost, "snapshot")) that only it has,"
        + " and what was written since."
    case .keepAside: return "\(Words.escaped(aside)): loses nothing. A full copy is sent then."
    case .skip: return "This dataset is left out, the others are sent. Loses nothing."
    case .full: return "\(Words.escaped(aside)), then run: a full copy is sent."
    }
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
