import FormKit
import ReplicationModel

extension ScreenSpec {
  static let before = ScreenSpec(
    view: \.beforeScreen,
    press: { state, id in
      switch id {
      case "before.again": return state.checkAgain()
      case "before.field": return state.goToCheckedField()
      case "before.begin":
        let effects = state.leaveCheckup()
        if state.route == .tasks { state.openWizard() }
        return effects
      default: return state.leaveCheckup()
      }
    },
    choose: { $0.checkedHome == nil ? $0.stayInCheckup() : $0.goToCheckedField() },
    back: { $0.leaveCheckup() })
}

extension AppState {
  /// A checklist that checks itself: each line with what was found, and how it is mended.
  var beforeScreen: Screen {
    let checkup = self.checkup ?? Checkup(question: CheckQuestion())
    let rows = checkup.question.checks.map { row(of: $0, in: checkup) }
    var blocks: [Block] = [
      .list(
        ListView(
          id: "before.list", label: summary(of: checkup), rows: rows, count: rows.count,
          cursor: min(place.row, max(0, rows.count - 1)), minimumRows: min(rows.count, 8)))
    ]
    if let result = checkedResult, result.state != .good {
      blocks.append(.paragraph(Words.explain(result).text, Self.tone(of: result.state)))
    }
    var actions = [
      Action(
        id: "before.again", title: "Check again",
        enabled: checkup.request == nil ? .yes : .no(reason: "It is being checked."))
    ]
    if checkedHome != nil { actions.append(Action(id: "before.field", title: "Go to the field")) }
    return Screen(
      id: route.id, title: "Before you begin",
      purpose: "What copying needs, checked now; looking changes nothing.", blocks: blocks,
      actions: (isForBeginner ? [Action(id: "before.begin", title: "Begin")] : []) + actions
        + [Action(id: "before.back", title: "Back")],
      status: StatusLine("Up and Down show what a line found."), focus: place.focus)
  }

  /// Whether it is looked at before there is any task, and nothing is entered yet: the wizard is next.
  private var isForBeginner: Bool {
    library.tasks.isEmpty && checkup?.question == CheckQuestion()
  }

  private func summary(of checkup: Checkup) -> String {
    let count = checkup.question.checks.count
    if checkup.request != nil { return "\(checkup.results.count) of \(count) checked" }
    let bad = checkup.count(.bad)
    if bad > 0 { return "\(bad) of \(count) to be mended" }
    return checkup.count(.doubtful) == 0 ? "All is well" : "Nothing stands in the way"
  }

  private func row(of check: CheckID, in checkup: Checkup) -> ListView.Row {
    let result = checkup.results[check]
    let detail =
      switch result?.state {
      case .good: Words.escaped(result?.detail.isEmpty == false ? result?.detail ?? "" : "good")
      case .doubtful: "look at it"
      case .bad: "to be mended"
      case .skipped: "not reached"
      case nil: checkup.request == nil ? "not checked" : "checking…"
      }
    return ListView.Row(
      id: check.rawValue, text: check.title, detail: detail, tone: Self.tone(of: result?.state))
  }

  private static func tone(of state: CheckResult.State?) -> Tone {
    switch state {
    case .good: .success
    case .doubtful: .warning
    case .bad: .error
    case .skipped, nil: .dim
    }
  }

  /// What the line under the cursor found.
  private var checkedResult: CheckResult? {
    guard let checkup, checkup.question.checks.indices.contains(place.row) else { return nil }
    return checkup.results[checkup.question.checks[place.row]]
  }

  /// Where the field stands whose value that line is about: only where its form is below this screen.
  fileprivate var checkedHome: TaskField? {
    guard let result = checkedResult, result.state != .good, let field = result.id.field,
      stack.dropLast().contains(where: { $0.route.isForm })
    else { return nil }
    let isThere =
      isInAdvanced
      ? advancedHome(of: field.rawValue) != nil : home(of: field.rawValue) != nil
    return isThere ? field : nil
  }

  fileprivate mutating func goToCheckedField() -> [Effect] {
    guard let path = checkedHome?.rawValue else { return [] }
    var effects = leaveCheckup()
    while !route.isForm, stack.count > 1 { pop() }
    if isInAdvanced {
      if let home = advancedHome(of: path) { show(home) }
    } else if let (step, field) = home(of: path) {
      effects += enter(step, at: field.id)
    }
    return effects
  }

  fileprivate mutating func stayInCheckup() -> [Effect] {
    moveGroup(by: 1)
    return []
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
  mutating func receiveCheck(_ id: RequestID, _ result: CheckResult?) -> [Effect] {
    if saveGate?.checkup.request == id { return receiveForSave(result) }
    guard checkup?.request == id else { return [] }
    if let result {
      checkup?.results[result.id] = result
    } else {
      checkup?.request = nil
      lastCheckup = checkup
    }
    return []
  }
}
