import FormKit
import ReplicationModel
import ReplicationPlanner

extension ScreenSpec {
  static let plan = ScreenSpec(
    view: \.planScreen, press: { $0.pressInPlan($1) },
    back: { state in
      let request = state.planLook?.request
      state.planLook = nil
      state.pop()
      return request.map { [.abandon($0)] } ?? []
    }, changing: ["plan.run"])
}

extension AppState {
  var planScreen: Screen {
    var blocks: [Block] = []
    switch planLook?.result {
    case .success(let preview):
      if let order = planLook?.order {
        if preview.plan.isUpToDate {
          blocks.append(.paragraph("The copy is up to date: there is nothing to send.", .success))
        }
        blocks += planBlocks(order, preview, prefix: "plan").blocks
      }
    case .failure(let failure): blocks.append(.paragraph(Words.explain(failure).text, .error))
    case nil: blocks.append(.paragraph("Looking at both sides…", .dim))
    }
    return Screen(
      id: route.id, title: "Plan: \(Words.escaped(planLook?.order.task.name ?? ""))",
      purpose: "What a run would do now; looking changes nothing.", blocks: blocks,
      actions: planActions, focus: place.focus)
  }

  private var planActions: [Action] {
    var actions: [Action] = []
    switch planLook?.result {
    case .success(let preview):
      actions.append(
        Action(
          id: "plan.run", title: "Run now",
          enabled: run.isRunning ? .no(reason: "\(run.task) is running; wait for its end.") : .yes))
      if !preview.plan.steps.isEmpty {
        actions.append(Action(id: "plan.commands", title: "Commands"))
      }
      if !preview.plan.conflicts.isEmpty {
        actions.append(Action(id: "plan.conflicts", title: "Conflicts"))
      }
      actions.append(Action(id: "plan.again", title: "Look again"))
    case .failure: actions.append(Action(id: "plan.again", title: "Retry"))
    case nil: break
    }
    actions += [
      Action(id: "plan.check", title: "Check"), Action(id: "plan.retention", title: "Retention"),
      Action(id: "plan.rights", title: "Rights"),
    ]
    return actions + [Action(id: "plan.back", title: "Back")]
  }

  /// Looks at both sides for a stored task.
  mutating func openPlan(of name: String) -> [Effect] {
    guard let task = library.tasks.first(where: { $0.name == name }) else { return [] }
    let effects = lookAgain(at: library.order(for: task))
    push(.plan)
    return effects
  }

  private mutating func lookAgain(at order: TaskOrder) -> [Effect] {
    let id = newRequest()
    planLook = PlanLook(order: order, request: id)
    return [.plan(id, order)]
  }

  mutating func pressInPlan(_ id: FocusID) -> [Effect] {
    switch id {
    case "plan.run":
      guard let name = planLook?.order.task.name else { return [] }
      planLook = nil
      pop()
      return startRun(of: name, first: [])
    case "plan.commands":
      push(.commands)
      return []
    case "plan.conflicts":
      push(.conflict)
      return []
    case "plan.check":
      guard let order = planLook?.order else { return [] }
      return openCheckup(CheckQuestion(order))
    case "plan.retention": return planLook.map { openRetention(of: $0.order) } ?? []
    case "plan.rights": return planLook.map { openRights(of: $0.order) } ?? []
    case "plan.again": return planLook.map { lookAgain(at: $0.order) } ?? []
    default:
      // A row has nothing to lead to here.
      return id.text.hasPrefix("plan.") && id != "plan.back" ? [] : goBack()
    }
  }

  /// A plan arrived; false where nobody waits for it here.
  mutating func receivePlan(_ id: RequestID, _ result: Result<Preview, Failure>) -> Bool {
    guard planLook?.request == id else { return false }
    planLook?.request = nil
    planLook?.result = result
    if route == .plan { focusFirst() }
    return true
  }
}

extension Library {
  /// A stored task with what belongs to it.
  func order(for task: TaskDraft) -> TaskOrder {
    TaskOrder(
      task: task, boundTasks: snapshotTasks.filter { task.periodicSnapshotTasks.contains($0.name) },
      connection: connection(task.connection))
  }
}
