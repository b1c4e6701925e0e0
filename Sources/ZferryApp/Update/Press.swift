import FormKit
import TerminalCore

extension AppState {
  /// What has the focus, as far as keys are concerned.
  enum Target {
    case text(FieldSpec)
    case field(FieldSpec)
    case choice(FieldSpec)
    /// A field that cannot be set now, and why.
    case off(String)
    case tree
    case filter
    /// A plain list of so many rows.
    case list(Int)
    case other
  }

  var target: Target { target(on: { route.spec.view(self) }) }

  /// What has the focus; `screen` is only asked where no field has it.
  private func target(on screen: () -> Screen) -> Target {
    if let question {
      guard questionFocus == FieldSpec.questionTypedID, let word = question.spec(self).typed else {
        return .other
      }
      return .text(.questionTyped(word))
    }
    if place.focus == Self.treeID { return browser.filter != nil && isFiltering ? .filter : .tree }
    guard let field = field(place.focus) else {
      return screen().list(place.focus).map { .list($0.count) } ?? .other
    }
    if let reason = field.off(self) { return .off(reason) }
    switch field.kind {
    case .text: return .text(field)
    case .choice: return .choice(field)
    case .check, .opener, .constant, .fold: return .field(field)
    }
  }

  static let treeID: FocusID = "browser.tree"

  /// Where keys are looked up, the most particular first.
  var keyContexts: [KeyContext] { keyContexts(on: { route.spec.view(self) }) }

  func keyContexts(on screen: () -> Screen) -> [KeyContext] {
    switch target(on: screen) {
    case .text, .filter: [.text]
    case .choice: [.choice, .control]
    case .tree: [.tree, .list, .control]
    case .list: [.list, .control]
    case .field, .other, .off: [.control]
    }
  }

  mutating func press(_ key: Key) -> [Effect] {
    notice = nil
    if let effects = type(key) { return effects }
    guard let command = KeyMap.command(for: key, in: keyContexts) else { return [] }
    if case .filter = target, command == .back || command == .activate {
      endFilter(keep: command == .activate)
      return []
    }
    return perform(command)
  }

  /// Text into the field that has the focus; nil where the key is not text there.
  private mutating func type(_ key: Key) -> [Effect]? {
    let text: String
    switch key {
    case .character(let character): text = String(character)
    case .space: text = " "
    case .paste(let pasted): text = pasted
    default: return nil
    }
    switch target {
    case .text(let field):
      insert(text, into: field)
      return []
    case .filter:
      browser.filter = (browser.filter ?? "") + text.filter { !$0.isNewline }
      return []
    case .choice, .field, .tree, .list, .other, .off:
      // A paste is text: where no text is typed, it means nothing (ux.md 15).
      if case .paste = key { return [] }
      return nil
    }
  }

  mutating func perform(_ command: KeyCommand) -> [Effect] {
    switch command {
    case .redraw: return [.redraw]
    case .mode: return switchMode()
    case .help:
      showHelp()
      return []
    case .quit: return askToQuit()
    case .back: return goBack()
    case .next:
      moveGroup(by: 1)
      return []
    case .previous:
      moveGroup(by: -1)
      return []
    case .activate, .toggle: return activate(toggle: command == .toggle)
    case .up, .down, .left, .right, .first, .last, .pageUp, .pageDown: return move(command)
    case .option(let number):
      choose(number - 1)
      return []
    case .filter:
      beginFilter()
      return []
    case .newChild:
      if browser.purpose == .destination { setFocus(FieldSpec.childName.id) }
      return []
    case .erase, .eraseForward, .clear:
      erase(command)
      return []
    }
  }

  private mutating func move(_ command: KeyCommand) -> [Effect] {
    switch target {
    case .text(let field) where moveCaret(command, in: field): return []
    case .choice(let field) where moveHighlight(command, in: field): return []
    case .tree:
      if let effects = moveInTree(command) { return effects }
    case .list(let count) where moveInList(command, of: count): return []
    case .field(let field) where fold(command, field): return []
    default: break
    }
    switch command {
    case .up: moveOne(by: -1)
    case .down: moveOne(by: 1)
    case .left: if isOnAction { moveOne(by: -1) }
    case .right: if isOnAction { moveOne(by: 1) }
    case .first: if let id = view.focusOrder.first { setFocus(id) }
    case .last: if let id = view.focusOrder.last { setFocus(id) }
    case .pageUp: for _ in 0..<10 { moveOne(by: -1) }
    case .pageDown: for _ in 0..<10 { moveOne(by: 1) }
    default: break
    }
    return []
  }

  private var isOnAction: Bool {
    let view = self.view
    return (view.dialog?.actions ?? view.actions).contains { $0.id == focus }
  }
}
