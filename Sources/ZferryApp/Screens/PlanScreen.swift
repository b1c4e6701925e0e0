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
    }, changing: ["plan.run", "plan.restore"])
}

extension AppState {
  var planScreen: Screen {
    var blocks: [Block] = []
    switch planLook?.result {
    case .success(let preview):
      if let order = planLook?.order {
        if preview.plan.isUpToDate {
          let words =
            planLook?.restore == nil
            ? "The copy is up to date: there is nothing to send."
            : "It has all that the copy has: there is nothing to bring back."
          blocks.append(.paragraph(words, .success))
        }
        blocks +=
          planBlocks(order, preview, prefix: planLook?.restore == nil ? "plan" : "restore")
          .blocks
      }
    case .failure(let failure): blocks.append(.paragraph(Words.explain(failure).text, .error))
    case nil: blocks.append(.paragraph("Looking at both sides…", .dim))
    }
    let isRestore = planLook?.restore != nil
    return Screen(
      id: route.id,
      title: "\(isRestore ? "Restore" : "Plan"): \(Words.escaped(planLook?.order.task.name ?? ""))",
      purpose: isRestore
        ? "What comes back, and where to; looking changes nothing."
        : "What a run would do now; looking changes nothing.", blocks: blocks,
      actions: planActions, focus: place.focus)
  }

  /// What starts it: the run, or the restore.
  private func start(_ plan: Plan) -> Action {
    let isRestore = planLook?.restore != nil
    var enabled = Action.Availability.yes
    if run.isRunning {
      enabled = .no(reason: "\(run.task) is running; wait for its end.")
    } else if isRestore, !plan.conflicts.isEmpty {
      enabled = .no(reason: "Something is in the way: go back, and choose another place.")
    } else if isRestore, plan.isUpToDate {
      enabled = .no(reason: "There is nothing to bring back.")
    }
    return isRestore
      ? Action(id: "plan.restore", title: "Restore now", enabled: enabled)
      : Action(id: "plan.run", title: "Run now", enabled: enabled)
  }

  private var planActions: [Action] {
    var actions: [Action] = []
    switch planLook?.result {
    case .success(let preview):
      actions.append(start(preview.plan))
      if !preview.plan.steps.isEmpty {
        actions.append(Action(id: "plan.commands", title: "Commands"))
      }
      if !preview.plan.undecided.isEmpty, planLook?.restore == nil {
        actions.append(Action(id: "plan.conflicts", title: "Conflicts"))
      }
      actions.append(Action(id: "plan.again", title: "Look again"))
    case .failure: actions.append(Action(id: "plan.again", title: "Retry"))
    case nil: break
    }
    if planLook?.restore != nil { return actions + [Action(id: "plan.back", title: "Back")] }
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

  mutating func lookAgain(at order: TaskOrder) -> [Effect] {
    let id = newRequest()
    planLook = PlanLook(order: order, request: id)
    return [.plan(id, order)]
  }

  /// Looks at both sides for the way back.
  mutating func openPlan(of restore: RestoreOrder) -> [Effect] {
    let effects = lookAgain(at: restore)
    push(.plan)
    return effects
  }

  private mutating func lookAgain(at restore: RestoreOrder) -> [Effect] {
    let id = newRequest()
    planLook = PlanLook(order: restore.reversed, restore: restore, request: id)
    return [.planRestore(id, restore)]
  }

  mutating func pressInPlan(_ id: FocusID) -> [Effect] {
    switch id {
    case "plan.run":
      guard let name = planLook?.order.task.name else { return [] }
      planLook = nil
      pop()
      return startRun(of: name, first: [])
    case "plan.restore":
      guard let restore = planLook?.restore else { return [] }
      planLook = nil
      self.restore = nil
      // The screen that asked for it goes as well.
      pop()
      pop()
      return start(restore)
    case "plan.commands":
      push(.commands)
      return []
    case "plan.conflicts": return openConflicts()
    case "plan.check":
      guard let order = planLook?.order else { return [] }
      return openCheckup(CheckQuestion(order))
    case "plan.retention": return planLook.map { openRetention(of: $0.order) } ?? []
    case "plan.rights": return planLook.map { openRights(of: $0.order) } ?? []
    case "plan.again":
      guard let look = planLook else { return [] }
      return look.restore.map { lookAgain(at: $0) } ?? lookAgain(at: look.order)
    default:
      // A row has nothing to lead to here.
      let isRow = id.text.hasPrefix("plan.") || id.text.hasPrefix("restore.")
      return isRow && id != "plan.back" ? [] : goBack()
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
