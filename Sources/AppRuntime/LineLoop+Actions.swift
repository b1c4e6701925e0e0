import FormKit
import TerminalCore
import ZferryApp

/// Buttons, by their numbers.
extension LineLoop {
  func ask(_ actions: [Action], _ form: LineForm, _ view: Screen) {
    // What the buttons are about; a button that is off says so itself.
    if renderer.standard(actions) != nil, actions.contains(where: { $0.id == view.focus }),
      view.notice == nil, !view.status.text.hasSuffix("…")
    {
      say(renderer.noted(view.status.text, .plain))
    }
    let canChange = !form.changes.isEmpty
    for line in renderer.actions(actions, canChange: canChange) { write(line) }
    let prompt = renderer.prompt(actions, isLive: view.isLive)
    let isDangerous = actions.contains { $0.danger }
    let answer =
      isDangerous ? readCarefully(prompt) : read(prompt).map { (line: $0, isMeant: true) }
    guard let (line, isMeant) = answer else { return }
    switch LineAnswer(line) {
    case .back: goBack(from: form.stops.count - 1, in: form)
    case .help: page(renderer.help(.actions(actions), in: form))
    case .quit: leave()
    case .keep:
      guard !view.isLive else { return }
      guard let index = renderer.standard(actions) else { return say(["Type a number."]) }
      push(actions[index])
    case .text(let text) where text.trimmed == "c" && canChange: change(form.changes)
    case .empty, .text:
      guard case .text(let text) = LineAnswer(line), let number = Int(text.trimmed),
        (1...actions.count).contains(number)
      else { return say(["Type a number from 1 to \(actions.count), or ? for help."]) }
      let action = actions[number - 1]
      guard isMeant || !action.danger else {
        return say(["That came too soon to be an answer to this. Type it again."])
      }
      push(action)
    }
  }

  private func push(_ action: Action) {
    send(.focus(action.id, row: nil))
    press(.enter)
  }

  /// Which answer to change, from the review.
  private func change(_ rows: [TableView.Row]) {
    page(renderer.numbered(rows))
    while end == nil, let line = read(renderer.prompt("Change, 1 to \(rows.count)", keeps: nil)) {
      switch LineAnswer(line) {
      case .back, .keep: return
      case .quit: return leave()
      case .help: say(["The number of the answer to change; Enter alone changes none."])
      case .empty: say(["Type a number from 1 to \(rows.count)."])
      case .text(let text):
        guard let number = Int(text.trimmed), (1...rows.count).contains(number),
          let id = rows[number - 1].id
        else {
          say(["Type a number from 1 to \(rows.count)."])
          continue
        }
        send(.focus(id, row: nil))
        return press(.enter)
      }
    }
  }
}
