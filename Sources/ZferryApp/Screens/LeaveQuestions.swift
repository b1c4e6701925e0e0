import FormKit
import ReplicationModel

/// Questions before something that was entered would be lost. Staying is always the first answer.
extension Question {
  static func leaving(_ state: AppState) -> QuestionSpec {
    let isEdit = state.isInAdvanced && state.advanced.storedName != nil
    let title = state.isInAdvanced ? "Leave the advanced screen?" : "Leave the wizard?"
    return QuestionSpec(
      title, isEdit ? "Your changes are not saved." : "What you entered is not saved.",
      [.stay("Stay")]
        + keep(state, "Keep a draft") { state in
          guard let draft = state.keptDraft else { return [] }
          let effects = state.keepDraft()
          state.closeForm()
          state.notice = Note(.success, AppState.keptWords(draft))
          return effects
        }
        + [
          .go("Discard") { state in
            let effects = state.dropDraft(state.openDraftName)
            state.closeForm()
            return effects
          }
        ])
  }

  static func quitting(_ state: AppState) -> QuestionSpec {
    var texts: [String] = []
    if state.run.isRunning {
      texts.append(
        "\(Words.escaped(state.run.task)) is running. Quitting stops it; what has arrived is kept,"
          + " and the next run goes on from there.")
    }
    let isUnsaved = state.formIsChanged || state.editHasChanges
    if isUnsaved { texts.append("What you entered is not saved.") }
    if texts.isEmpty { texts = ["Nothing is unsaved."] }
    let go =
      switch (state.run.isRunning, isUnsaved) {
      case (true, true): "Stop, discard and quit"
      case (true, false): "Stop and quit"
      case (false, true): "Discard"
      case (false, false): "Quit"
      }
    return QuestionSpec(
      "Quit?", texts.map { .paragraph($0, .plain) },
      [.stay("Stay")]
        + keep(state, state.run.isRunning ? "Stop, keep a draft" : "Keep a draft") {
          $0.quitNow()
        }
        + [
          .go(go) { state in
            let effects = state.dropDraft(state.openDraftName)
            return effects + state.quitNow(keepingDraft: false)
          }
        ])
  }

  static func swapping(to form: AppState.Form, _ state: AppState) -> QuestionSpec {
    var blocks: [Block] = []
    if form == .advanced {
      blocks.append(
        .paragraph(
          "Settings do not carry over by themselves. Every one of them has its place on the"
            + " advanced screen, so that you can take them along.", .plain))
      let made = state.order.snapshotTasks.count
      if made > 0 {
        blocks.append(
          .paragraph(
            "\(Amount.count(made, "snapshot task")) that saving would make goes along too.", .info))
      }
    } else {
      let lost = WizardChoices.taking(state.order, in: state.library).lost
      blocks.append(
        .paragraph("Settings do not carry over by themselves; you can take them along.", .plain))
      if !lost.isEmpty {
        let labels = lost.map(\.label).joined(separator: ", ")
        blocks.append(
          .paragraph("The wizard cannot hold these, and they would be lost: \(labels).", .warning))
      }
    }
    return QuestionSpec(
      form == .advanced ? "Leave the wizard?" : "Leave the advanced screen?", blocks,
      [
        .stay("Stay"),
        .go("Leave and start empty") { state in
          let effects = state.dropDraft(state.openDraftName)
          return effects + state.swap(to: form, takingAlong: false)
        },
        QuestionSpec.Answer(
          id: "question.take", title: "Leave and take the settings along",
          act: { $0.swap(to: form, takingAlong: true) }),
      ])
  }

  static func offering(
    _ draft: KeptDraft, instead: Opening, _ state: AppState
  ) -> QuestionSpec {
    var answers = [
      QuestionSpec.Answer(
        id: "question.resume", title: "Go on with the draft", act: { $0.resume(draft) }),
      QuestionSpec.Answer(
        id: "question.empty",
        title: instead == .tasks
          ? "Not now" : draft.edited == nil ? "Start empty" : "Open it as it is stored",
        act: { state in
          state.open(instead)
          return []
        }),
    ]
    if !state.isReadOnly {
      answers.append(
        QuestionSpec.Answer(
          id: "question.drop", title: "Delete the draft", danger: true,
          act: { state in
            let effects = state.dropDraft(draft.name)
            state.open(instead)
            return effects
          }))
    }
    return QuestionSpec(
      "A draft is kept",
      [
        .paragraph(draft.words, .plain), .gap,
        .paragraph("It was entered earlier and not saved. Passwords and keys are not in it.", .dim),
      ], answers)
  }

  /// Keeping, where anything may be kept.
  private static func keep(
    _ state: AppState, _ title: String, act: @escaping ScreenSpec.Act
  ) -> [QuestionSpec.Answer] {
    guard state.keptDraft != nil else { return [] }
    return [QuestionSpec.Answer(id: "question.keep", title: title, act: act)]
  }
}
