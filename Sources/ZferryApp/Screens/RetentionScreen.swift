import FormKit
import ReplicationModel
import ReplicationPlanner
import TerminalCore

extension ScreenSpec {
  /// What each side of a task will hold on a day.
  static let retention = ScreenSpec(
    view: \.retentionScreen,
    fields: { state in FieldSpec.retentionFields.filter { $0.shown(state) } },
    note: { state, field in state.retention?.problem(of: field.id).map { Note(.error, $0) } },
    press: { $0.pressInRetention($1) }, choose: { $0.openHoldings() },
    back: { $0.leaveRetention() })
}

extension AppState {
  var retentionScreen: Screen {
    var blocks = fields.map { Block.field(fieldView($0)) }
    if case .failure(let failure)? = retention?.result {
      blocks.append(.paragraph(Words.explain(failure).text, .error))
    } else {
      blocks.append(.list(retentionList))
      blocks += retentionFacts
    }
    return Screen(
      id: route.id,
      title: "Retention preview: \(Words.escaped(retention?.order.task.name ?? ""))",
      purpose: "What each side will hold on a day; looking removes nothing.", blocks: blocks,
      actions: retentionActions, status: StatusLine(retentionStatus), focus: place.focus)
  }

  private var retentionList: ListView {
    let rows = (try? retention?.result?.get())?.rows ?? []
    let cursor = cursor(in: rows.count)
    let window = Self.window(around: cursor, of: rows.count, height: max(5, size.rows))
    let isCurrent = retention?.isCurrent == true
    return ListView(
      id: "retention.list", label: retentionLabel,
      rows: rows[window].map { row in
        ListView.Row(
          id: row.source.text, text: Words.escaped(row.source.text),
          detail: isCurrent
            ? "source \(row.onSource.words), copy \(row.onTarget.words)" : "reckoning…")
      }, first: window.lowerBound, count: rows.count, cursor: cursor, minimumRows: 3,
      empty: retention?.request == nil
        ? "The task's sources are not there." : "Looking at both sides…")
  }

  private var retentionLabel: String {
    guard let day = retentionDay else { return "Snapshots" }
    return "Snapshots on \(day)"
  }

  /// `2026-12-24`: the day that is looked at.
  fileprivate var retentionDay: String? {
    retention?.wish.map { String(moment(now + Int64($0.days) * 86_400).prefix(10)) }
  }

  /// What is known of the dataset under the cursor.
  private var retentionFacts: [Block] {
    var blocks: [Block] = []
    if let retention, retention.isCurrent, let row = chosen(of: retention.rows) {
      for (name, side) in [("source", row.onSource), ("copy", row.onTarget)]
      where !side.next.isEmpty {
        let more = side.goes - side.next.count
        blocks.append(
          .paragraph(
            "Next to go from the \(name): "
              + side.next.map { "@" + Words.escaped($0.name) }.joined(separator: ", ")
              + (more > 0 ? " and \(more) more." : "."), .plain))
      }
      blocks.append(outageWords(row.outage, days: retention.asked?.outageDays ?? 0))
    }
    return blocks + [
      .paragraph(
        "A run now, and all as set up, brings this. Held and cloned snapshots stay as well.",
        .dim)
    ]
  }

  /// Whether copying can go on after an outage.
  private func outageWords(_ outage: OutageForecast, days: Int) -> Block {
    let after = "After \(Amount.count(days, "day")) without a run"
    guard let base = outage.base else {
      return outage.hasBookmark
        ? .paragraph("\(after) copying goes on: a bookmark keeps the place.", .success)
        : .paragraph(
          "Nothing is on both sides yet: an outage only puts off the first copy.", .plain)
    }
    let name = "@" + Words.escaped(base.name)
    guard outage.survives else {
      return .paragraph(
        "\(after) \(name) has outlived its time, on \(moment(outage.expires ?? now)). If it is"
          + " removed, all has to be sent anew: keep snapshots longer on the source.", .warning)
    }
    if outage.hasBookmark {
      return .paragraph("\(after) copying goes on: a bookmark keeps the place.", .success)
    }
    return .paragraph(
      "\(after) copying goes on from \(name)"
        + (outage.expires.map { ", which is kept until \(moment($0))." }
          ?? ", which nothing here removes."),
      .success)
  }

  private var retentionActions: [Action] {
    var actions: [Action] = []
    if retention?.rows.isEmpty == false {
      actions.append(
        Action(
          id: "retention.open", title: "Snapshots",
          enabled: retention?.isCurrent == true ? .yes : .no(reason: "Wait for the numbers.")))
    }
    if retention?.request == nil {
      actions.append(Action(id: "retention.again", title: "Look again"))
    }
    return actions + [Action(id: "retention.back", title: "Back")]
  }

  private var retentionStatus: String {
    if place.focus == "retention.list", let row = retention.flatMap({ chosen(of: $0.rows) }) {
      return "\(Words.escaped(row.source.text)) and \(Words.escaped(row.target.text));"
        + " Enter shows each snapshot."
    }
    return field(place.focus)?.help ?? ""
  }

  /// Opens it for a task, stored or not, and looks at both sides.
  mutating func openRetention(of order: TaskOrder) -> [Effect] {
    retention = RetentionLook(
      order: order, snapshotTasks: library.snapshotTasks + order.snapshotTasks)
    push(.retention)
    return followRetention()
  }

  /// Asks anew where another day or outage is wanted than the numbers are of.
  mutating func followRetention() -> [Effect] {
    guard let look = retention, let wish = look.wish, wish != look.asked,
      // A look at both sides is worth waiting for.
      look.request == nil || look.pairs != nil
    else { return [] }
    let id = newRequest()
    retention?.request = id
    retention?.asked = wish
    return (look.request.map { [.abandon($0)] } ?? [])
      + [.forecast(id, look.question(wish, now: now))]
  }

  fileprivate mutating func pressInRetention(_ id: FocusID) -> [Effect] {
    switch id {
    case "retention.open": return openHoldings()
    case "retention.again":
      retention?.pairs = nil
      retention?.result = nil
      retention?.asked = nil
      return []
    default: return leaveRetention()
    }
  }

  fileprivate mutating func leaveRetention() -> [Effect] {
    let request = retention?.request
    retention = nil
    pop()
    return request.map { [.abandon($0)] } ?? []
  }

  /// A reply for the preview; false where nobody waits for it there.
  mutating func receiveRetention(_ id: RequestID, _ reply: Reply) -> Bool {
    switch (id, reply) {
    case (retention?.request, .forecast(let outlook)):
      retention?.request = nil
      retention?.pairs = outlook.pairs
      retention?.result = .success(outlook)
    case (retention?.request, .failed(let failure)):
      retention?.request = nil
      retention?.result = .failure(failure)
    case (retention?.held.id, .holdings(let held)):
      retention?.held = Loading(result: .success(held))
      if route == .retentionSnapshots { focusFirst() }
    case (retention?.held.id, .failed(let failure)):
      retention?.held = Loading(result: .failure(failure))
    default: return false
    }
    return true
  }
}

extension RetentionLook {
  var rows: [RetentionOutlook.Row] { (try? result?.get())?.rows ?? [] }
}

extension RetentionOutlook.Side {
  /// `48 (40 go)`.
  var words: String { goes == 0 ? "\(then)" : "\(then) (\(goes) go)" }
}

// MARK: Each snapshot of one dataset

extension ScreenSpec {
  static let retentionSnapshots = ScreenSpec(
    view: \.retentionSnapshotsScreen, choose: { _ in [] },
    back: { state in
      let request = state.retention?.held.id
      state.retention?.held = Loading()
      state.pop()
      return request.map { [.abandon($0)] } ?? []
    })
}

extension AppState {
  var retentionSnapshotsScreen: Screen {
    var held: [HeldSnapshot] = []
    var blocks: [Block] = []
    switch retention?.held.result {
    case .success(let snapshots): held = snapshots
    case .failure(let failure): blocks.append(.paragraph(Words.explain(failure).text, .error))
    case nil: break
    }
    let cursor = cursor(in: held.count)
    let window = Self.window(around: cursor, of: held.count, height: max(5, size.rows))
    blocks.append(
      .list(
        ListView(
          id: "retention.held", label: "Snapshots, oldest first", rows: held[window].map(row),
          first: window.lowerBound, count: held.count, cursor: cursor,
          empty: retention?.held.id == nil ? "There is no snapshot then." : "Reckoning…",
          use: .read)))
    return Screen(
      id: route.id, title: "Snapshots: \(Words.escaped(retention?.opened ?? ""))",
      purpose: "Which side holds each on \(retentionDay ?? "the day"); looking removes nothing.",
      blocks: blocks, actions: [Action(id: "retention.back", title: "Back")],
      status: StatusLine(
        place.focus == "retention.held" && held.indices.contains(cursor)
          ? sentence(held[cursor]) : ""), focus: place.focus)
  }

  private func row(_ snapshot: HeldSnapshot) -> ListView.Row {
    ListView.Row(
      id: "\(snapshot.name)#\(snapshot.creation.seconds)",
      text: "@\(Words.escaped(snapshot.name))", detail: snapshot.words,
      tone: snapshot.onSource == .stays || snapshot.onTarget == .stays ? .plain : .warning)
  }

  private func sentence(_ snapshot: HeldSnapshot) -> String {
    let made = snapshot.creation > now ? "Will be made" : "Made"
    return "\(made) \(moment(snapshot.creation)) (\(zone.zone.name))"
      + (snapshot.isBase ? "; the next copy starts from it, so it stays." : ".")
  }

  mutating func openHoldings() -> [Effect] {
    guard let look = retention, look.isCurrent, let asked = look.asked,
      let row = chosen(of: look.rows),
      let pair = look.pairs?.first(where: { $0.source == row.source })
    else { return [] }
    let id = newRequest()
    retention?.held = Loading(id: id)
    retention?.opened = row.source.text
    push(.retentionSnapshots)
    return [.holdings(id, look.question(asked, now: now), pair)]
  }
}

extension HeldSnapshot {
  /// `both sides`, `copy, leaves source`, `leaves both`.
  var words: String {
    var parts: [String] = []
    switch (onSource, onTarget) {
    case (.stays, .stays): parts.append("both sides")
    case (.stays, _): parts.append("source")
    case (_, .stays): parts.append("copy")
    default: break
    }
    switch (onSource, onTarget) {
    case (.goes, .goes): parts.append("leaves both")
    case (.goes, _): parts.append("leaves source")
    case (_, .goes): parts.append("leaves copy")
    default: break
    }
    return parts.joined(separator: ", ") + (isBase ? ", the base" : "")
  }
}
