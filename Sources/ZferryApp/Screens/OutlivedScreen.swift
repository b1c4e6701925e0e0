import FormKit
import ReplicationModel
import ReplicationPlanner
import TerminalCore

extension ScreenSpec {
  /// What has outlived the lifetime of a snapshot task, where no task copies it.
  static let outlived = ScreenSpec(
    view: \.outlivedScreen, press: { $0.pressInOutlived($1) },
    back: { state in
      let request = state.outlived?.request
      state.outlived = nil
      state.pop()
      return request.map { [.abandon($0)] } ?? []
    }, changing: ["outlived.go"])
}

extension AppState {
  var outlivedScreen: Screen {
    let task = outlived?.task ?? SnapshotTask()
    var blocks: [Block] = []
    switch outlived?.result {
    case .success(let plan):
      blocks.append(outlivedVerdict(plan))
      if !plan.shares.isEmpty { blocks.append(.list(outlivedList(plan))) }
    case .failure(let failure): blocks.append(.paragraph(Words.explain(failure).text, .error))
    case nil: blocks.append(.paragraph("Looking at \(Words.escaped(task.dataset))…", .dim))
    }
    return Screen(
      id: route.id, title: "Prune: \(Words.escaped(task.name))",
      purpose: "What has outlived its time; looking removes nothing.",
      blocks: blocks, actions: outlivedActions, focus: place.focus)
  }

  private func outlivedVerdict(_ plan: RetentionPlan) -> Block {
    let count = plan.destroys.count
    if !plan.refused.isEmpty {
      return .paragraph(
        "\(Amount.count(count, "snapshot")) would go. Of \(plan.refused.count) more than half would"
          + " be lost at once, so all of them stay: see below.", .warning)
    }
    if count > 0 {
      return .paragraph("\(Amount.count(count, "snapshot")) would go, marked [!!].", .warning)
    }
    return plan.shares.isEmpty
      ? .paragraph(
        "Nothing of it is pruned here: it is disabled, or a replication task copies all its datasets"
          + " and prunes them.", .plain)
      : .paragraph("Nothing is to go.", .success)
  }

  private func outlivedList(_ plan: RetentionPlan) -> ListView {
    let lines = outlivedLines(plan)
    let cursor = cursor(in: lines.count)
    let window = Self.window(around: cursor, of: lines.count, height: max(5, size.rows))
    let rows = window.map { ListView.Row(id: "\($0)", text: lines[$0]) }
    return ListView(
      id: "outlived.list", label: "", rows: rows, first: window.lowerBound, count: lines.count,
      cursor: cursor, use: .read)
  }

  /// Every snapshot that goes, then why the others of its dataset stay.
  private func outlivedLines(_ plan: RetentionPlan) -> [String] {
    plan.shares.flatMap { share in
      let dataset = Words.escaped(share.dataset.text)
      let stays = RetentionPlan.Fate.allCases.filter { $0 != .goes }.compactMap { fate in
        let count = share.fates.count { $0 == fate }
        return count > 0 ? "       \(count) \(count == 1 ? "stays" : "stay"): \(fate.words)" : nil
      }
      return [dataset]
        + share.destroys.map { "  [!!] @\(Words.escaped($0.name))  \(moment($0.creation))" } + stays
    }
  }

  private var outlivedActions: [Action] {
    let isBusy = outlived?.request != nil || management.change != nil
    var actions = [Action(id: "outlived.back", title: "Back")]
    if let plan = outlived?.plan, !plan.pruned.isEmpty {
      actions.append(
        Action(
          id: "outlived.go", title: "Let go",
          enabled: isBusy ? .no(reason: "Wait until it is done.") : .yes, danger: true))
    }
    if outlived?.allowsMany == true {
      actions.append(Action(id: "outlived.few", title: "Leave those"))
    } else if outlived?.plan?.refused.isEmpty == false {
      actions.append(Action(id: "outlived.many", title: "Take those too"))
    }
    if !isBusy { actions.append(Action(id: "outlived.again", title: "Look again")) }
    return actions
  }

  mutating func openOutlived(_ task: SnapshotTask) -> [Effect] {
    outlived = OutlivedLook(task: task)
    push(.outlived)
    return lookAtOutlived()
  }

  private mutating func lookAtOutlived(allowsMany: Bool = false) -> [Effect] {
    guard let task = outlived?.task, outlived?.request == nil, management.change == nil else {
      return []
    }
    let id = newRequest()
    outlived?.request = id
    outlived?.allowsMany = allowsMany
    return [.lookToPrune(id, task, allowsMany: allowsMany)]
  }

  mutating func receiveOutlived(_ result: Result<RetentionPlan, Failure>) {
    outlived?.request = nil
    outlived?.result = result
    guard route == .outlived else { return }
    place.row = 0
    // Who has not moved yet is led to what came.
    if place.focus == "outlived.back" { focusFirst() }
  }

  fileprivate mutating func pressInOutlived(_ id: FocusID) -> [Effect] {
    switch id {
    case "outlived.go":
      ask(.pruneSnapshots)
      return []
    case "outlived.again": return lookAtOutlived(allowsMany: outlived?.allowsMany ?? false)
    case "outlived.many": return lookAtOutlived(allowsMany: true)
    case "outlived.few": return lookAtOutlived()
    default: return goBack()
    }
  }

  /// What went is gone; what is told counts it, and says what stayed against the plan.
  mutating func prunedSnapshots(_ count: Int, _ failure: Failure?) -> [Effect] {
    let words =
      count > 0
      ? "\(Amount.count(count, "snapshot")) let go." : "Nothing was to go any more."
    management.change?.done = words
    outlived = nil
    let effects = changeDone()
    if let failure {
      notice = Note(.error, (count > 0 ? words + " " : "") + Words.explain(failure).text)
    }
    return effects
  }
}

extension Question {
  static func pruningSnapshots(_ state: AppState) -> QuestionSpec {
    let task = state.outlived?.task ?? SnapshotTask()
    let plan = state.outlived?.plan ?? RetentionPlan()
    return QuestionSpec(
      "Let \(Amount.count(plan.destroys.count, "snapshot")) go?",
      "They are destroyed for good, where a second look finds the same. What is held, has a clone or"
        + " is the newest of its schema stays.",
      typed: task.name,
      [
        .stay("Keep them"),
        .go("Let them go") { state in
          let allowsMany = state.outlived?.allowsMany ?? false
          return state.start(done: "", closes: 1) {
            .pruneSnapshots($0, task, plan, allowsMany: allowsMany)
          }
        },
      ])
  }
}
