import FormKit

/// What a question asks, and what each answer does.
struct QuestionSpec: Sendable {
  struct Answer: Sendable {
    var id: FocusID
    var title: String
    var danger = false
    var act: ScreenSpec.Act = { _ in [] }

    /// Leaves everything as it is.
    static func stay(_ title: String) -> Answer { Answer(id: "question.stay", title: title) }
    /// Does what was asked.
    static func go(_ title: String, danger: Bool = true, act: @escaping ScreenSpec.Act) -> Answer {
      Answer(id: "question.go", title: title, danger: danger, act: act)
    }
  }
  var title: String
  var blocks: [Block]
  /// The safe one first: it has the focus.
  var answers: [Answer]
  /// What has to be typed before a dangerous answer works (ux.md 39); nil where nothing is lost
  /// that cannot be made again.
  var typed: String?

  init(_ title: String, _ text: String, typed: String? = nil, _ answers: [Answer]) {
    self.init(title, [.paragraph(text, .plain)], typed: typed, answers)
  }

  init(_ title: String, _ blocks: [Block], typed: String? = nil, _ answers: [Answer]) {
    self.title = title
    self.blocks = blocks
    self.typed = typed
    self.answers = answers
  }
}

extension AppState {
  /// The question as it is drawn.
  func dialog(_ question: Question) -> Dialog {
    let spec = question.spec(self)
    var blocks = spec.blocks
    if let word = spec.typed { blocks += [.gap, .field(fieldView(.questionTyped(word)))] }
    return Dialog(
      title: spec.title, blocks: blocks,
      actions: spec.answers.map { answer in
        var enabled = Action.Availability.yes
        if answer.danger, let word = spec.typed, questionText != word {
          enabled = .no(
            reason: "Type \(Words.escaped(word)) first, so that nothing is lost by accident.")
        }
        return Action(
          id: answer.id, title: answer.title, enabled: enabled, danger: answer.danger)
      })
  }

  mutating func answer(_ question: Question, with id: FocusID) -> [Effect] {
    let answers = question.spec(self).answers
    self.question = nil
    return answers.first { $0.id == id }?.act(&self) ?? []
  }
}

extension FieldSpec {
  static let questionTypedID: FocusID = "question.typed"

  static func questionTyped(_ word: String) -> FieldSpec {
    FieldSpec(
      id: questionTypedID, label: "Type \(Words.escaped(word))",
      help: "Exactly as it is written here.", kind: .text(\.questionText))
  }
}

extension Question {
  func spec(_ state: AppState) -> QuestionSpec {
    switch self {
    case .quit: Self.quitting(state)
    case .leaveForm: Self.leaving(state)
    case .swap(let form): Self.swapping(to: form, state)
    case .draft(let draft, let instead): Self.offering(draft, instead: instead, state)
    case .loadTask(let name): Self.loading(task: name, state)
    case .resolve(let resolution): Self.resolving(resolution)
    case .cancelRun:
      QuestionSpec(
        "Cancel the run?",
        "What has arrived on the destination is kept. The next run goes on from there and sends"
          + " none of it again.",
        [
          .stay("Keep running"),
          .go("Cancel the run") { state in
            state.run.isCancelling = true
            return state.run.request.map { [.cancelRun($0)] } ?? []
          },
        ])
    case .leaveRun:
      QuestionSpec(
        "Leave this screen?", "The run goes on. The task list leads back to it.",
        [
          .stay("Stay"),
          .go("Leave, keep running") { state in
            state.leaveRun()
            return []
          },
        ])
    case .deleteTask(let name): Self.deletingTask(name)
    case .deleteConnection(let name): Self.deletingConnection(name)
    case .deleteKey(let name): Self.deletingKey(name)
    case .deleteSnapshotTask(let name): Self.deletingSnapshotTask(name)
    case .confirmHostKeys: Self.confirmingHostKeys(state)
    case .saveImported: Self.savingImported(state)
    case .pruneSnapshots: Self.pruningSnapshots(state)
    case .keepConnection: Self.keepingConnection(state)
    case .replaceFile: Self.replacingFile(state.management.existing)
    case .discardEdit: Self.discardingEdit
    case .saveDisabled(let trouble): Self.savingDisabled(trouble)
    }
  }
}
