import FormKit
import ReplicationModel
import TerminalCore

extension ScreenSpec {
  static let restore = ScreenSpec(
    view: \.restoreScreen, fields: { _ in FieldSpec.restoreFields },
    note: { state, field in state.restoreProblem(of: field).map { Note(.error, $0) } },
    press: { $0.pressInRestore($1) }, choose: { $0.reviewRestore() },
    back: { $0.leaveRestore() })
}

extension FieldSpec {
  private static let restoreSource = FieldSpec(
    id: "restore.source", label: "Bring back",
    help: "Which of the task's datasets.",
    kind: .choice(
      options: { $0.restore?.order.task.sourceDatasets ?? [] }, get: { $0.restore?.source },
      set: { state, index in
        state.restore?.source = index
        state.restore?.target = ""
        state.restore?.snapshots = nil
        state.restore?.isStale = true
      }))

  private static let restoreTarget = FieldSpec(
    id: "restore.target", label: "To the new dataset",
    help: "On the side of the source; new, so that nothing is overwritten.",
    required: true,
    kind: .text(
      get: { $0.restore?.target ?? "" }, set: { $0.restore?.target = $1 }, secret: false,
      refuses: Refusal.inDataset))

  static let restoreFields: [FieldSpec] = [restoreSource, restoreTarget]
}

extension AppState {
  var restoreScreen: Screen {
    var blocks = FieldSpec.restoreFields.map { Block.field(fieldView($0)) }
    let rows = copySnapshots.map { snapshot in
      ListView.Row(
        id: snapshot.name, text: "@\(Words.escaped(snapshot.name))",
        detail: Amount.time(CivilTime(snapshot.creation, in: zone.zone)))
    }
    if case .failure(let failure)? = restore?.snapshots {
      blocks.append(.paragraph(Words.explain(failure).text, .error))
    }
    let cursor = min(place.row, max(0, rows.count - 1))
    let window = Self.window(around: cursor, of: rows.count, height: max(5, size.rows))
    blocks.append(
      .list(
        ListView(
          id: "restore.list", label: "From a snapshot of \(Words.escaped(restore?.copy ?? ""))",
          rows: Array(rows[window]), first: window.lowerBound, count: rows.count, cursor: cursor,
          minimumRows: 3,
          empty: restore?.request == nil ? "The copy has no snapshot." : "Reading the snapshots…")))
    return Screen(
      id: route.id, title: "Restore: \(Words.escaped(restore?.order.task.name ?? ""))",
      purpose: "Brings data back from the copy, into a new dataset.", blocks: blocks,
      actions: [
        Action(id: "restore.review", title: "Review", enabled: reviewIsPossible),
        Action(id: "restore.again", title: "Read again"),
        Action(id: "restore.back", title: "Back"),
      ], status: StatusLine(field(place.focus)?.help ?? ""), focus: place.focus)
  }

  private var reviewIsPossible: Action.Availability {
    if restore?.request != nil { return .no(reason: "The copy is being read; wait a moment.") }
    if copySnapshots.isEmpty { return .no(reason: "The copy has no snapshot to bring back.") }
    if restore?.target.isEmpty != false {
      return .no(reason: "Say first what the new dataset is called.")
    }
    return .yes
  }

  fileprivate mutating func pressInRestore(_ id: FocusID) -> [Effect] {
    switch id {
    case "restore.again": listCopy()
    case "restore.review": reviewRestore()
    default: leaveRestore()
    }
  }

  /// The plan of the way back, up to the snapshot under the cursor.
  fileprivate mutating func reviewRestore() -> [Effect] {
    guard let restore, case .yes = reviewIsPossible,
      let source = restore.chosenSource
    else { return [] }
    if let field = field("restore.target"), let problem = restoreProblem(of: field) {
      setFocus(field.id)
      notice = Note(.error, problem)
      return []
    }
    let index = cursor(in: copySnapshots.count)
    // The newest means all there is: what lies below may have newer ones.
    return openPlan(
      of: RestoreOrder(
        restore.order, dataset: source, target: restore.target,
        snapshot: index == 0 ? nil : copySnapshots[index].name))
  }

  /// Another source was chosen: its copy is listed.
  mutating func followRestore() -> [Effect] {
    guard restore?.isStale == true else { return [] }
    restore?.isStale = false
    let before = restore?.request
    return (before.map { [.abandon($0)] } ?? []) + listCopy()
  }

  private var copySnapshots: [SnapshotRow] { (try? restore?.snapshots?.get()) ?? [] }

  func restoreProblem(of field: FieldSpec) -> String? {
    guard field.id == "restore.target", let target = restore?.target, !target.isEmpty,
      let problem = NameProblem.inDataset(target)
    else { return nil }
    return problem.message(label: field.label, value: target)
  }

  mutating func openRestore(of name: String) -> [Effect] {
    guard let task = library.tasks.first(where: { $0.name == name }) else { return [] }
    restore = Restore(order: library.order(for: task))
    push(.restore)
    return listCopy()
  }

  mutating func listCopy() -> [Effect] {
    guard let restore else { return [] }
    let id = newRequest()
    self.restore?.request = id
    self.restore?.snapshots = nil
    let isRemote = restore.order.task.direction == .push && restore.order.task.transport != .local
    var host = HostChoice.local
    if isRemote, var connection = restore.order.connection {
      connection.sudo = connection.sudo || restore.order.task.sudo
      host = .remote(connection)
    }
    return [.listSnapshots(id, on: host, dataset: restore.copy)]
  }

  fileprivate mutating func leaveRestore() -> [Effect] {
    let request = restore?.request
    restore = nil
    pop()
    return request.map { [.abandon($0)] } ?? []
  }

  /// Snapshots of the copy arrived; false where nobody waits for them.
  mutating func receiveSnapshots(
    _ id: RequestID, _ result: Result<[SnapshotRow], Failure>
  ) -> Bool {
    guard restore?.request == id else { return false }
    restore?.request = nil
    restore?.snapshots = result
    if restore?.target.isEmpty == true, let restore {
      self.restore?.target = restore.chosenSource.map(RestoreOrder.place) ?? ""
    }
    return true
  }
}
