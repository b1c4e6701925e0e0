import ReplicationModel
import FormKit

extension AppState {
  /// A button was pressed. One that is disabled says why.
  mutating func pressAction(_ id: FocusID) -> [Effect] {
    let view = self.view
    guard let action = (view.dialog?.actions ?? view.actions).first(where: { $0.id == id }) else {
      return route.spec.press(&self, id)
    }
    if case .no(let reason) = action.enabled {
      notice = Note(.warning, reason)
      return []
    }
    if let question { return answer(question, with: id) }
    return route.spec.press(&self, id)
  }

  mutating func press(_ id: FocusID, in step: WizardStep) -> [Effect] {
    switch id {
    case "next": return goNext(from: step)
    case "review":
      wizard.touched.formUnion(fields(of: step).map(\.id))
      return enter(.review)
    case "back", "leave": return goBack()
    case "test": return testConnection()
    case "advanced": return swap(to: .advanced)
    case "save": return save(thenRun: false)
    case "save_and_run": return save(thenRun: true)
    case "schedule":
      openScheduleEditor(wizard.choices.chosenSchedule ?? .daily, for: .wizard)
      return []
    case "check":
      return openCheckup(CheckQuestion(order))
    case "retention": return openRetention(of: order)
    case "rights": return openRights(of: order)
    case "conflicts": return openConflicts()
    case "commands":
      push(.commands)
      return []
    case "connection": return enter(.connection)
    case "retry":
      wizard.previewOf = nil
      return lookAtBothSides()
    default: return pressRow(id)
    }
  }

  /// A row of the review: to the field it shows.
  private mutating func pressRow(_ id: FocusID) -> [Effect] {
    guard route == .wizard(.review), id.text.hasPrefix("review.") else { return [] }
    let path = String(id.text.dropFirst("review.".count))
    guard let (step, field) = home(of: path) else {
      notice = Note(.info, "There is nothing to change here; it follows from your other answers.")
      return []
    }
    return enter(step, at: field.id)
  }
}
