import FormKit

extension AppState {
  mutating func insert(_ text: String, into field: FieldSpec) {
    guard case .text(let get, let set, _, let refuses) = field.kind else { return }
    var good = ""
    for character in text where !character.isNewline {
      if let reason = refuses(character) {
        notice = Note(.warning, reason)
      } else if !isControl(character) {
        good.append(character)
      }
    }
    guard !good.isEmpty else { return }
    var value = Array(get(self))
    let place = min(caret, value.count)
    value.insert(contentsOf: good, at: place)
    set(&self, String(value))
    caret = place + good.count
  }

  private func isControl(_ character: Character) -> Bool {
    character.unicodeScalars.contains { $0.value < 0x20 || (0x7F...0x9F).contains($0.value) }
  }

  mutating func erase(_ command: KeyCommand) {
    if case .filter = target {
      if command == .clear {
        browser.filter = ""
      } else {
        browser.filter = browser.filter.map { String($0.dropLast()) }
      }
      return
    }
    guard case .text(let field) = target, case .text(let get, let set, _, _) = field.kind else {
      return
    }
    var value = Array(get(self))
    let place = min(caret, value.count)
    switch command {
    case .erase where place > 0:
      value.remove(at: place - 1)
      caret = place - 1
    case .eraseForward where place < value.count: value.remove(at: place)
    case .clear:
      value = []
      caret = 0
    default: return
    }
    set(&self, String(value))
  }

  /// Whether the command was for the caret.
  mutating func moveCaret(_ command: KeyCommand, in field: FieldSpec) -> Bool {
    guard case .text(let get, _, _, _) = field.kind else { return false }
    let end = get(self).count
    switch command {
    case .left: caret = max(0, min(caret, end) - 1)
    case .right: caret = min(end, caret + 1)
    case .first: caret = 0
    case .last: caret = end
    default: return false
    }
    return true
  }

  /// Whether the command moved within the options; at the edges it does not.
  mutating func moveHighlight(_ command: KeyCommand, in field: FieldSpec) -> Bool {
    guard case .choice(let options, let get, _) = field.kind else { return false }
    let here = place.highlight ?? get(self) ?? 0
    let there: Int
    switch command {
    case .up, .left: there = here - 1
    case .down, .right: there = here + 1
    case .first: there = 0
    case .last: there = options(self).count - 1
    default: return false
    }
    guard options(self).indices.contains(there) else { return false }
    place.highlight = there
    return true
  }

  /// Whether the command opened or closed a section.
  mutating func fold(_ command: KeyCommand, _ field: FieldSpec) -> Bool {
    guard case .fold(_, _, let set) = field.kind, command == .left || command == .right else {
      return false
    }
    set(&self, command == .right)
    return true
  }

  /// Chooses an option of the focused choice by its index.
  mutating func choose(_ index: Int) {
    guard case .choice(let field) = target, case .choice(let options, _, let set) = field.kind,
      options(self).indices.contains(index)
    else { return }
    set(&self, index)
    place.highlight = nil
    touch(field.id)
  }

  /// Enter or Space on what has the focus.
  mutating func activate(toggle: Bool) -> [Effect] {
    switch target {
    case .text:
      moveGroup(by: 1)
      return []
    case .choice(let field): return activate(choice: field, toggle: toggle)
    case .field(let field):
      switch field.kind {
      case .check(let get, let set):
        if toggle { set(&self, !get(self)) } else { moveGroup(by: 1) }
        return []
      case .opener(_, let open): return open(&self)
      case .fold(let isOpen, _, let set):
        set(&self, !isOpen(self))
        return []
      case .text, .choice, .constant: return []
      }
    case .off(let reason):
      if toggle { notice = Note(.info, reason) } else { moveGroup(by: 1) }
      return []
    case .tree: return activateTree(toggle: toggle)
    case .filter: return []
    case .list: return route.spec.choose(&self)
    case .other: return pressAction(focus)
    }
  }

  private mutating func activate(choice field: FieldSpec, toggle: Bool) -> [Effect] {
    guard case .choice(let options, let get, _) = field.kind else { return [] }
    let count = options(self).count
    let selected = get(self)
    if toggle {
      if let highlight = place.highlight, highlight != selected {
        choose(highlight)
      } else {
        choose(selected.map { ($0 + 1) % max(1, count) } ?? 0)
      }
      return []
    }
    if let highlight = place.highlight { choose(highlight) }
    moveGroup(by: 1)
    return []
  }
}
