import FormKit
import ReplicationModel

extension AppState {
  mutating func openBrowser(_ purpose: Browser.Purpose) -> [Effect] {
    touch(place.focus)
    let host: HostChoice? =
      switch purpose {
      case .sources: sourceHost
      case .destination: destinationHost
      case .snapshotTask: .local
      }
    guard let host else {
      notice = Note(.warning, "Choose the SSH connection first: it says which system to look at.")
      leadToConnection(for: purpose)
      return []
    }
    let task = order.task
    browser = Browser()
    browser.purpose = purpose
    browser.host = host
    browser.recursive = task.recursive
    let path: [String] =
      switch purpose {
      case .sources: task.sourceDatasets
      case .destination: [task.targetDataset]
      case .snapshotTask: [management.snapshotTask.task.dataset]
      }
    browser.marked = path.filter { !$0.isEmpty }
    let effects = list(below: nil)
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

  /// Asks for what is below a line, or for the pools.
  private mutating func list(below line: Int?) -> [Effect] {
    let id = newRequest()
    let parent = line.flatMap { browser.tree.dataset(browser.tree.lines[$0]) }?.name
    browser.tree.ask(below: line, id)
    return [.listDatasets(id, on: browser.host, below: parent)]
  }

  /// Lets go of what is still loading.
  func abandonBrowsing() -> [Effect] { browser.tree.loading.map { .abandon($0) } }

  /// Some of a listing, with more to come; dropped where nobody waits for it.
  mutating func receivePart(_ id: RequestID, _ rows: [DatasetRow]) {
    _ = browser.tree.receive(id, rows)
  }

  /// A listing arrived; false where nobody waits for it.
  mutating func receiveListing(_ id: RequestID, _ result: Result<[DatasetRow], Failure>) -> Bool {
    switch result {
    case .success(let rows): browser.tree.receive(id, rows) && browser.tree.finish(id)
    case .failure(let failure): browser.tree.finish(id, failure)
    }
  }

  /// What a key does in the tree; nil where it leads out of it.
  mutating func moveInTree(_ command: KeyCommand) -> [Effect]? {
    let here = browser.tree.cursor
    let count = browser.tree.lines.count
    switch command {
    case .right: return browser.tree.current == nil ? [] : open(here)
    case .left:
      guard here < count else { return [] }
      if !browser.tree.close(here) { browser.tree.goToParent() }
      return []
    default:
      guard let there = Self.target(of: command, from: here, count: count) else { return nil }
      browser.tree.cursor = there
      return []
    }
  }

  private mutating func open(_ line: Int) -> [Effect] {
    guard browser.tree.current?.kind == .filesystem else {
      notice = Note(.info, "A volume has nothing below it.")
      return []
    }
    return browser.tree.open(line) ? [] : list(below: line)
  }

  mutating func activateTree(toggle: Bool) -> [Effect] {
    let here = browser.tree.cursor
    guard browser.tree.lines.indices.contains(here) else { return [] }
    guard let dataset = browser.tree.current else {
      let listing = browser.tree.listing(of: browser.tree.lines[here])
      guard case .failed = listing.state else { return [] }
      return list(below: listing.home.flatMap { browser.tree.lines[..<here].lastIndex(of: $0) })
    }
    if toggle {
      toggleMark(dataset)
      return []
    }
    return browser.tree.close(here) ? [] : open(here)
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
    if browser.purpose != .sources { browser.marked = [] }
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
    case (.snapshotTask, _): chooseSnapshotDataset(chosen.first ?? "")
    }
    let effects = abandonBrowsing()
    pop()
    moveGroup(by: 1)
    return effects
  }

  // MARK: Filtering

  var isFiltering: Bool { browser.filter != nil && browser.filterIsOpen }

  mutating func beginFilter() {
    if browser.filter == nil {
      let tree = browser.tree
      browser.lineBefore = tree.lines.indices.contains(tree.cursor) ? tree.lines[tree.cursor] : nil
    }
    browser.filter = browser.filter ?? ""
    browser.filterIsOpen = true
  }

  /// Enter keeps what was found; Esc restores the tree and the cursor.
  mutating func endFilter(keep: Bool) {
    browser.filterIsOpen = false
    if keep, browser.filter?.isEmpty == false { return }
    browser.filter = nil
    browser.tree.goTo(browser.lineBefore)
  }
}
