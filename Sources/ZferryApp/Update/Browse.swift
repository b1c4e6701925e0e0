import FormKit
import ReplicationModel

extension AppState {
  mutating func openBrowser(_ purpose: Browser.Purpose) -> [Effect] {
    touch(place.focus)
    guard let host = purpose == .sources ? sourceHost : destinationHost else {
      notice = Note(.warning, "Choose the SSH connection first: it says which system to look at.")
      leadToConnection(for: purpose)
      return []
    }
    let task = order.task
    browser = Browser()
    browser.purpose = purpose
    browser.host = host
    browser.recursive = task.recursive
    let path = purpose == .sources ? task.sourceDatasets : [task.targetDataset]
    browser.marked = path.filter { !$0.isEmpty }
    let effects = list("")
    push(.browser)
    return effects
  }

  private mutating func leadToConnection(for purpose: Browser.Purpose) {
    if isInAdvanced {
      show((.transport, .advancedConnection))
    } else {
      setFocus(
        purpose == .sources ? FieldSpec.sourceConnection.id : FieldSpec.destinationConnection.id)
    }
  }

  /// Asks for the children of a dataset, or for the pools.
  private mutating func list(_ parent: String) -> [Effect] {
    let id = newRequest()
    browser.children[parent] = .loading(id)
    keepCursorOnTree()
    return [.listDatasets(id, on: browser.host, below: parent.isEmpty ? nil : parent)]
  }

  /// Lets go of what is still loading.
  func abandonBrowsing() -> [Effect] {
    browser.children.values.compactMap { children in
      if case .loading(let id) = children { return .abandon(id) }
      return nil
    }.sorted { "\($0)" < "\($1)" }
  }

  /// A listing arrived; nil where nobody waits for it.
  mutating func receiveListing(_ id: RequestID, _ result: Result<[DatasetRow], Failure>) -> Bool {
    let waiting = browser.children.first { $0.value == .loading(id) }
    guard let parent = waiting?.key else { return false }
    switch result {
    case .success(let rows): browser.children[parent] = .loaded(rows.sorted { $0.name < $1.name })
    case .failure(let failure): browser.children[parent] = .failed(failure)
    }
    keepCursorOnTree()
    return true
  }

  /// The cursor stays on its row; where that is gone, it goes to the parent's row, or to the first.
  mutating func keepCursorOnTree() {
    let rows = browser.rows
    guard !rows.contains(where: { $0.id == browser.cursor }) else { return }
    let parent = browser.cursor.split(separator: "\n").first.map(String.init) ?? ""
    browser.cursor = rows.first { $0.id == parent }?.id ?? rows.first?.id ?? ""
  }

  /// What a key does in the tree; nil where it leads out of it.
  mutating func moveInTree(_ command: KeyCommand) -> [Effect]? {
    let rows = browser.rows
    let here = rows.firstIndex { $0.id == browser.cursor } ?? 0
    switch command {
    case .right:
      guard rows.indices.contains(here), let name = rows[here].dataset else { return [] }
      return openNode(name)
    case .left:
      guard rows.indices.contains(here) else { return [] }
      if let name = rows[here].dataset, browser.opened.contains(name) {
        browser.opened.remove(name)
      } else if !rows[here].parent.isEmpty {
        browser.cursor = rows[here].parent
      }
      return []
    default:
      guard let there = Self.target(of: command, from: here, count: rows.count) else { return nil }
      browser.cursor = rows[there].id
      return []
    }
  }

  private mutating func openNode(_ name: String) -> [Effect] {
    guard case .dataset(let row)? = browser.rows.first(where: { $0.id == name })?.kind,
      row.kind == .filesystem
    else {
      notice = Note(.info, "A volume has nothing below it.")
      return []
    }
    browser.opened.insert(name)
    switch browser.children[name] {
    case .loaded, .loading: return []
    case .failed, nil: return list(name)
    }
  }

  mutating func activateTree(toggle: Bool) -> [Effect] {
    guard let row = browser.rows.first(where: { $0.id == browser.cursor }) else { return [] }
    switch row.kind {
    case .failed: return list(row.parent)
    case .loading, .nothing: return []
    case .dataset(let dataset):
      if toggle {
        toggleMark(dataset)
        return []
      }
      if browser.opened.contains(dataset.name) {
        browser.opened.remove(dataset.name)
        return []
      }
      return openNode(dataset.name)
    }
  }

  private mutating func toggleMark(_ dataset: DatasetRow) {
    if let index = browser.marked.firstIndex(of: dataset.name) {
      browser.marked.remove(at: index)
      return
    }
    if browser.mark(of: dataset.name) == .inherited {
      notice = Note(
        .info, "It is included already: a dataset above it is marked, and Recursive is on.")
      return
    }
    if browser.purpose == .destination { browser.marked = [] }
    browser.marked.append(dataset.name)
  }

  /// Esc: out of the filter, then out of the browser.
  mutating func backInBrowser() -> [Effect] {
    guard browser.filter == nil else {
      endFilter(keep: false)
      return []
    }
    let effects = abandonBrowsing()
    pop()
    return effects
  }

  mutating func pressInBrowser(_ id: FocusID) -> [Effect] {
    guard id == "browser.use" else { return goBack() }
    let chosen = browser.chosen
    switch (browser.purpose, isInAdvanced) {
    case (.sources, true): advanced.form.base.sourceDatasets = chosen
    case (.sources, false): wizard.choices.sources = chosen
    case (.destination, true): advanced.form.base.targetDataset = chosen.first ?? ""
    case (.destination, false): wizard.choices.destination = chosen.first ?? ""
    }
    let effects = abandonBrowsing()
    pop()
    moveGroup(by: 1)
    return effects
  }

  // MARK: Filtering

  var isFiltering: Bool { browser.filter != nil && browser.filterIsOpen }

  mutating func beginFilter() {
    if browser.filter == nil { browser.cursorBefore = browser.cursor }
    browser.filter = browser.filter ?? ""
    browser.filterIsOpen = true
  }

  /// Enter keeps what was found; Esc restores the tree and the cursor.
  mutating func endFilter(keep: Bool) {
    browser.filterIsOpen = false
    if keep, browser.filter?.isEmpty == false { return }
    browser.filter = nil
    browser.cursor = browser.cursorBefore
    keepCursorOnTree()
  }
}
