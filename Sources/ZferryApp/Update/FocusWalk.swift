import FormKit

extension Screen {
  /// What can have the focus, in groups: Tab goes from group to group, Down and Up also within one.
  /// The rows of tables that follow each other are one group, so that a long review is one Tab.
  var focusGroups: [[FocusID]] {
    let blocks = dialog?.blocks ?? self.blocks
    let actions = dialog?.actions ?? self.actions
    var groups: [[FocusID]] = []
    var endsWithTable = false
    for block in blocks {
      switch block {
      case .field(let field):
        if case .constant = field.control { continue }
        groups.append([field.id])
        endsWithTable = false
      case .list(let list):
        groups.append([list.id])
        endsWithTable = false
      case .table(let table):
        let ids = table.rows.compactMap(\.id)
        guard !ids.isEmpty else { continue }
        if endsWithTable { groups[groups.count - 1] += ids } else { groups.append(ids) }
        endsWithTable = true
      case .heading, .paragraph, .progress, .gap: continue
      }
    }
    return groups + actions.map { [$0.id] }
  }

  var focusOrder: [FocusID] { focusGroups.flatMap { $0 } }

  /// The list of this id, or nil.
  func list(_ id: FocusID) -> ListView? {
    for case .list(let list) in blocks where list.id == id { return list }
    return nil
  }
}

extension AppState {
  /// The id that has the focus, in a question or on the screen.
  var focus: FocusID { question == nil ? place.focus : questionFocus }

  /// A field was left, or set: from now on it shows what is wrong with it.
  mutating func touch(_ id: FocusID) {
    if isInAdvanced { advanced.touched.insert(id) } else { wizard.touched.insert(id) }
  }

  mutating func setFocus(_ id: FocusID) {
    guard question == nil else {
      questionFocus = id
      return
    }
    if place.focus != id, field(place.focus) != nil { touch(place.focus) }
    if place.focus == FieldSpec.taskName.id, place.focus != id, !wizard.choices.nameIsTyped {
      suggestName()
    }
    place.focus = id
    place.highlight = nil
    if let field = field(id), case .text(let get, _, _, _) = field.kind {
      caret = get(self).count
    }
  }

  /// The focus goes where it is told, and a list's cursor to this row; nowhere else than the screen
  /// has something.
  mutating func point(at id: FocusID, row: Int?) {
    let view = self.view
    guard view.focusOrder.contains(id) else { return }
    setFocus(id)
    guard let row, let list = view.list(id), (0..<list.count).contains(row) else { return }
    if id == Self.treeID { browser.tree.cursor = row } else { place.row = row }
  }

  mutating func focusFirst() {
    guard let first = view.focusOrder.first else { return }
    place.focus = first
    place.highlight = nil
    if let field = field(first), case .text(let get, _, _, _) = field.kind {
      caret = get(self).count
    }
  }

  /// Tab: to the next group, round and round.
  mutating func moveGroup(by step: Int) {
    let groups = view.focusGroups
    guard !groups.isEmpty else { return }
    let here = groups.firstIndex { $0.contains(focus) } ?? 0
    let there = (here + step + groups.count) % groups.count
    if let id = groups[there].first { setFocus(id) }
  }

  /// Down: to the next one, without going round.
  mutating func moveOne(by step: Int) {
    let order = view.focusOrder
    guard let here = order.firstIndex(of: focus) else { return }
    let there = here + step
    if order.indices.contains(there) { setFocus(order[there]) }
  }
}
