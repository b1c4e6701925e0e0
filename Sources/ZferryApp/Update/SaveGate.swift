import FormKit
import ReplicationModel

/// A task whose connection or user is not right is not added silently: it is checked before it is
/// saved, and then only saved as disabled, where a person wants that.
extension AppState {
  /// Begins the checks that stand before a save; nil where none do.
  mutating func checkBeforeSave(thenRun: Bool) -> [Effect]? {
    let order = self.order
    let question = CheckQuestion(order)
    guard order.task.enabled, question.connection != nil else { return nil }
    // Looked at a moment ago. What was in the way then may be mended by now.
    if let lastCheckup, lastCheckup.question == question, lastCheckup.blocking == nil {
      return nil
    }
    let id = newRequest()
    saveGate = SaveGate(
      order: order, thenRun: thenRun, checkup: Checkup(question: question, request: id))
    return [.check(id, question)]
  }

  /// A check of a save; nil ends them, and the save goes on, or a question is asked.
  mutating func receiveForSave(_ result: CheckResult?) -> [Effect] {
    if let result {
      saveGate?.checkup.results[result.id] = result
      return []
    }
    guard let gate = saveGate else { return [] }
    saveGate = nil
    var checkup = gate.checkup
    checkup.request = nil
    lastCheckup = checkup
    // Who has gone elsewhere, or changed something, does not save what was.
    guard isAtSave, question == nil, gate.order == order else { return [] }
    if let trouble = gate.checkup.blocking {
      ask(.saveDisabled(trouble))
      return []
    }
    return isInAdvanced ? storeAdvanced(thenRun: gate.thenRun) : store(thenRun: gate.thenRun)
  }

  /// Saves the task so that it does not run by itself.
  mutating func saveDisabled() -> [Effect] {
    guard isInAdvanced else { return store(thenRun: false, disabled: true) }
    advanced.form.base.enabled = false
    return storeAdvanced(thenRun: false)
  }

  private var isAtSave: Bool {
    [.wizard(.review), .advanced, .advancedPlan].contains(route)
  }
}

extension Question {
  static func savingDisabled(_ trouble: CheckResult) -> QuestionSpec {
    QuestionSpec(
      "Save it as disabled?",
      [
        .paragraph(Words.explain(trouble).text, .error), .gap,
        .paragraph(
          "Every run would fail. Mend it first, or save the task so that it does not run by"
            + " itself until you enable it.", .plain),
      ],
      [
        .stay("Back"),
        QuestionSpec.Answer(
          id: "question.checks", title: "See the checks",
          act: { $0.openCheckup(CheckQuestion($0.order)) }),
        .go("Save disabled", danger: false) { $0.saveDisabled() },
      ])
  }
}
