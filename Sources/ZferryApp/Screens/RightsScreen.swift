import FormKit
import ReplicationModel
import ReplicationPlanner
import TerminalCore

extension ScreenSpec {
  static let rights = ScreenSpec(
    view: \.rightsScreen, press: { $0.pressInRights($1) },
    back: { state in
      let request = state.rights?.request
      state.rights = nil
      state.pop()
      return request.map { [.abandon($0)] } ?? []
    })
}

extension AppState {
  var rightsScreen: Screen {
    let look = rights
    let isBusy = look?.request != nil
    var actions = [Action(id: "rights.back", title: "Back")]
    if case .success? = look?.result {
      actions += [
        Action(id: "rights.copy", title: "Copy"),
        Action(id: "rights.write", title: "Write out"),
      ]
    }
    actions.append(
      Action(
        id: "rights.prove", title: "Prove",
        enabled: isBusy ? .no(reason: "Both sides are being asked; wait a moment.") : .yes))
    var blocks: [Block] = []
    switch look?.result {
    case .success(let sheet):
      blocks += verdict(sheet)
      // As a list it is read line by line; each is wrapped, for a line that is cut cannot be typed.
      let rows = rightsLines.enumerated().map { ListView.Row(id: "\($0)", text: $1) }
      blocks.append(
        .list(
          ListView(
            id: "rights.list", label: "", rows: rows, count: rows.count,
            cursor: cursor(in: rows.count), minimumRows: 4, use: .read)))
    case .failure(let failure): blocks.append(.paragraph(Words.explain(failure).text, .error))
    case nil: blocks.append(.paragraph("Asking both sides…", .dim))
    }
    return Screen(
      id: route.id, title: "Rights: \(Words.escaped(look?.order.task.name ?? ""))",
      purpose: "The least that each side has to allow for this task.", blocks: blocks,
      actions: actions, focus: place.focus)
  }

  private func verdict(_ sheet: RightsSheet) -> [Block] {
    guard rights?.isProving == true, rights?.request == nil else { return [] }
    let missing = sheet.places.flatMap(\.missing)
    let isUnasked = sheet.places.contains { $0.failure != nil }
    if let first = missing.first {
      return [
        .paragraph(
          "\(Amount.count(missing.count, "right")) missing, first \(first.right) on"
            + " \(Words.escaped(first.dataset.text)): see [!!] below.", .error)
      ]
    }
    return isUnasked
      ? [.paragraph("One side could not be asked: see below.", .warning)]
      : [.paragraph("All rights are there.", .success)]
  }

  /// The lines as they are shown, none longer than the screen.
  private var rightsLines: [String] {
    guard case .success(let sheet)? = rights?.result else { return [] }
    let width = max(20, size.columns - 6)
    return RightsWords.lines(sheet).flatMap { line in
      line.isEmpty ? [""] : ScreenText.wrapped(line, to: width)
    }
  }

  /// The lines as they are written out and copied.
  var rightsText: String {
    guard case .success(let sheet)? = rights?.result else { return "" }
    return RightsWords.lines(sheet).map { $0 + "\n" }.joined()
  }

  mutating func openRights(of order: TaskOrder) -> [Effect] {
    rights = RightsLook(order: order)
    push(.rights)
    return askForRights(proving: false)
  }

  private mutating func askForRights(proving: Bool) -> [Effect] {
    guard let order = rights?.order, rights?.request == nil else { return [] }
    let id = newRequest()
    rights?.request = id
    rights?.isProving = proving
    return [.rights(id, order, prove: proving)]
  }

  mutating func receiveRights(_ result: Result<RightsSheet, Failure>) {
    rights?.request = nil
    rights?.result = result
    if route == .rights { place.row = 0 }
  }

  fileprivate mutating func pressInRights(_ id: FocusID) -> [Effect] {
    switch id {
    case "rights.copy": return [.copy(rightsText)]
    case "rights.write":
      let name = TaskNaming.plain(rights?.order.task.name ?? "")
      ask(for: .writeRights, suggesting: "\(name)-rights.txt")
    case "rights.prove": return askForRights(proving: true)
    default: return goBack()
    }
    return []
  }
}
