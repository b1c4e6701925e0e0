import FormKit
import ReplicationModel
import ReplicationPlanner

extension Conflict.Choice {
  /// Its button.
  var action: FocusID { FocusID("conflict.\(rawValue)") }
}

extension AppState {
  /// The conflicts of the plan that is looked at; what each choice loses is found out meanwhile.
  mutating func openConflicts() -> [Effect] {
    conflictIndex = 0
    push(.conflict)
    guard let order = planLook?.order, planLook?.restore == nil else { return [] }
    deciding = Deciding(order: order)
    return lookCloser()
  }

  private mutating func lookCloser() -> [Effect] {
    guard let order = deciding?.order else { return [] }
    let id = newRequest()
    deciding?.looking = id
    deciding?.cases = nil
    return [.lookAtConflicts(id, order)]
  }

  mutating func leaveConflict() -> [Effect] {
    guard deciding?.resolving == nil else {
      notice = Note(.info, "A decision is being carried out; wait for its end.")
      return []
    }
    let looking = deciding?.looking
    deciding = nil
    conflictIndex = 0
    pop()
    return looking.map { [.abandon($0)] } ?? []
  }

  mutating func pressInConflict(_ id: FocusID) -> [Effect] {
    let conflicts = shownConflicts
    if id == "conflict.next" {
      conflictIndex += 1
      place.row = 0
      return []
    }
    guard !conflicts.isEmpty,
      let choice = Conflict.Choice.allCases.first(where: { $0.action == id }),
      let resolution = deciding?.resolutions(of: conflicts[conflictIndex % conflicts.count])?
        .first(where: { $0.choice == choice })
    else { return leaveConflict() }
    ask(.resolve(resolution))
    return []
  }

  fileprivate mutating func resolve(_ resolution: Resolution) -> [Effect] {
    guard let order = deciding?.order, deciding?.resolving == nil else { return [] }
    let id = newRequest()
    deciding?.resolving = id
    deciding?.chosen = resolution
    return [.resolve(id, order, resolution)]
  }

  /// A reply for this screen; nil where it does not wait for it.
  mutating func receiveConflicts(_ id: RequestID, _ reply: Reply) -> [Effect]? {
    switch (id, reply) {
    case (deciding?.looking, .conflicts(let cases)):
      deciding?.looking = nil
      deciding?.cases = .success(cases)
    case (deciding?.looking, .failed(let failure)):
      deciding?.looking = nil
      deciding?.cases = .failure(failure)
    case (deciding?.resolving, .saved): return resolved()
    case (deciding?.resolving, .failed(let failure)):
      deciding?.resolving = nil
      notice = Note(.error, Words.explain(failure).text)
      return lookCloser()
    default: return nil
    }
    return []
  }

  /// Back to the plan, which is made anew: it shows what is left to decide.
  private mutating func resolved() -> [Effect] {
    guard let decided = deciding, let chosen = decided.chosen else { return [] }
    deciding = nil
    conflictIndex = 0
    // Help may lie over it.
    if route == .conflict { pop() }
    notice = Note(.success, "Done: \(Words.escaped(chosen.target.text)) is decided.")
    var order = decided.order
    for case .exclude(let dataset) in chosen.acts { order.task.exclude.append(dataset.text) }
    return (planLook == nil ? [] : lookAgain(at: order)) + reload()
  }
}

extension Question {
  /// What a decision does, word for word, before it is done.
  static func resolving(_ resolution: Resolution) -> QuestionSpec {
    let name = resolution.target.text
    var blocks: [Block] = [
      .paragraph(Words.effect(resolution), .plain),
      .paragraph(Words.losses(resolution), resolution.destroys ? .error : .success),
    ]
    blocks += resolution.commands.map { .paragraph(Words.escaped($0.shellText), .info) }
    return QuestionSpec(
      "\(resolution.choice.title): \(Words.escaped(name))?", blocks,
      typed: resolution.destroys ? name : nil,
      [
        .stay("Leave it as it is"),
        .go(resolution.choice.title, danger: resolution.destroys) { $0.resolve(resolution) },
      ])
  }
}
