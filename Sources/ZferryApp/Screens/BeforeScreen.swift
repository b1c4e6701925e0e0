import FormKit
import ReplicationModel

extension ScreenSpec {
  static let before = ScreenSpec(
    view: \.beforeScreen,
    press: { state, id in
      switch id {
      case "before.again": return state.checkAgain()
      case "before.begin":
        let effects = state.leaveCheckup()
        if state.route == .tasks { state.openWizard() }
        return effects
      default: return state.leaveCheckup()
      }
    },
    back: { $0.leaveCheckup() })
}

extension AppState {
  /// A checklist that checks itself: each line with what was found, and how it is mended.
  var beforeScreen: Screen {
    let checkup = self.checkup ?? Checkup(question: CheckQuestion())
    let checks = checkup.question.checks
    let rows = checks.map { row(of: $0, in: checkup) }
    var blocks: [Block] = [
      .list(
        ListView(
          id: "before.list", label: summary(of: checkup), rows: rows, count: rows.count,
          cursor: min(place.row, max(0, rows.count - 1)), minimumRows: rows.count))
    ]
    if checks.indices.contains(place.row) {
      blocks.append(contentsOf: explanation(of: checkup.results[checks[place.row]]))
    }
    return Screen(
      id: route.id, title: "Before you begin",
      purpose: "What copying needs, checked now; looking changes nothing.", blocks: blocks,
      actions: (isForBeginner ? [Action(id: "before.begin", title: "Begin")] : []) + [
        Action(
          id: "before.again", title: "Check again",
          enabled: checkup.request == nil ? .yes : .no(reason: "It is being checked.")),
        Action(id: "before.back", title: "Back"),
      ], status: StatusLine("Up and Down show what a line found."), focus: place.focus)
  }

  /// Whether it is looked at before there is any task, and nothing is entered yet: the wizard is next.
  private var isForBeginner: Bool {
    library.tasks.isEmpty && checkup?.question == CheckQuestion()
  }

  private func summary(of checkup: Checkup) -> String {
    let count = checkup.question.checks.count
    if checkup.request != nil { return "\(checkup.results.count) of \(count) checked" }
    return checkup.bad == 0 ? "All is well" : "\(checkup.bad) of \(count) to be mended"
  }

  private func row(of check: CheckID, in checkup: Checkup) -> ListView.Row {
    let (detail, tone): (String, Tone) =
      switch checkup.results[check] {
      case .good(let detail): (Words.escaped(detail.isEmpty ? "good" : detail), .success)
      case .doubtful: ("look at it", .warning)
      case .bad: ("to be mended", .error)
      case nil: (checkup.request == nil ? "not checked" : "checking…", .dim)
      }
    return ListView.Row(id: check.rawValue, text: check.title, detail: detail, tone: tone)
  }

  private func explanation(of result: CheckResult?) -> [Block] {
    switch result {
    case .bad(let failure): [.paragraph(Words.explain(failure).text, .error)]
    case .doubtful(let failure): [.paragraph(Words.explain(failure).text, .warning)]
    case .good, nil: []
    }
  }

  /// Opens the checklist for what is known so far.
  mutating func openCheckup(_ question: CheckQuestion) -> [Effect] {
    checkup = Checkup(question: question)
    push(.before)
    return checkAgain()
  }

  fileprivate mutating func checkAgain() -> [Effect] {
    guard let question = checkup?.question else { return [] }
    let id = newRequest()
    checkup = Checkup(question: question, request: id)
    return [.check(id, question)]
  }

  fileprivate mutating func leaveCheckup() -> [Effect] {
    let request = checkup?.request
    checkup = nil
    pop()
    return request.map { [.abandon($0)] } ?? []
  }

  /// A line was checked; `checked` with nil ends it.
  mutating func receiveCheck(_ id: RequestID, _ check: CheckID?, _ result: CheckResult?) {
    guard checkup?.request == id else { return }
    if let check, let result {
      checkup?.results[check] = result
    } else {
      checkup?.request = nil
    }
  }
}
