import TerminalCore
import FormKit
import ReplicationModel

extension ScreenSpec {
  static let browser = ScreenSpec(
    view: \.browserScreen, fields: { $0.browser.purpose == .destination ? [.childName] : [] },
    press: { $0.pressInBrowser($1) }, back: { $0.backInBrowser() })
}

extension AppState {
  var browserScreen: Screen {
    let rows = browser.rows
    let cursor = rows.firstIndex { $0.id == browser.cursor } ?? 0
    let window = Self.window(around: cursor, of: rows.count, height: max(5, size.rows))
    let list = ListView(
      id: Self.treeID, label: browser.purpose.label,
      rows: rows[window].map(row), first: window.lowerBound, count: rows.count, cursor: cursor,
      minimumRows: 5, empty: browser.filter == nil ? "" : "No name contains this.",
      filter: filterText)
    var blocks: [Block] = [.list(list)]
    if rows.indices.contains(cursor), case .failed(let failure) = rows[cursor].kind {
      blocks.append(.paragraph(Words.explain(failure).text, .error))
    }
    if browser.purpose == .destination { blocks.append(.field(fieldView(.childName))) }
    return Screen(
      id: route.id, title: "\(browser.purpose.title) on \(hostName(browser.host))",
      purpose: browser.purpose.words,
      blocks: blocks,
      actions: [
        Action(
          id: "browser.use", title: browser.purpose == .sources ? "Use marked" : "Use this",
          enabled: usability), Action(id: "browser.cancel", title: "Back"),
      ], status: browserStatus(rows, cursor), focus: place.focus)
  }

  private var usability: Action.Availability {
    if browser.chosen.isEmpty { return .no(reason: "Mark a dataset first: Space marks it.") }
    if browser.purpose == .destination, let name = browser.chosen.first,
      NameProblem.inDataset(name) != nil
    {
      return .no(reason: "\(Words.escaped(name)) cannot be the name of a dataset.")
    }
    return .yes
  }

  private var filterText: String? {
    guard let filter = browser.filter else { return nil }
    let counts = browser.counts
    return "\(filter)  (\(counts.hits) of \(counts.known) loaded)"
  }

  /// The whole value of what has the focus, and what its mark means.
  private func browserStatus(_ rows: [Browser.Row], _ cursor: Int) -> StatusLine {
    guard place.focus == Self.treeID, rows.indices.contains(cursor) else {
      if browser.purpose == .destination, let name = browser.chosen.first {
        return StatusLine("Destination: \(Words.escaped(name))")
      }
      return StatusLine(field(place.focus)?.help ?? "")
    }
    guard let name = rows[cursor].dataset else {
      if case .failed = rows[cursor].kind { return StatusLine("Enter tries again.") }
      return StatusLine("")
    }
    let shown = Words.escaped(name)
    return switch browser.mark(of: name) {
    case .on: StatusLine("\(shown): marked")
    case .inherited: StatusLine("\(shown): included, because a dataset above it is marked")
    case .partial: StatusLine("\(shown): not marked itself; something below it is")
    case .off, .none: StatusLine(shown)
    }
  }

  private func row(_ row: Browser.Row) -> ListView.Row {
    switch row.kind {
    case .loading:
      return ListView.Row(
        id: row.id, depth: row.depth, fold: .loading, text: "loading…", tone: .dim)
    case .nothing:
      return ListView.Row(
        id: row.id, depth: row.depth, text: row.parent.isEmpty ? "no pool here" : "nothing below",
        tone: .dim)
    case .failed:
      return ListView.Row(
        id: row.id, depth: row.depth, text: "could not be listed; Enter tries again",
        tone: .error)
    case .dataset(let dataset):
      let name = DatasetName(trusted: dataset.name).components.last ?? dataset.name
      return ListView.Row(
        id: row.id, depth: row.depth, fold: fold(of: dataset), mark: browser.mark(of: dataset.name),
        text: Words.escaped(name), detail: detail(of: dataset))
    }
  }

  private func fold(of dataset: DatasetRow) -> ListView.Row.Fold {
    guard dataset.kind == .filesystem else { return .leaf }
    guard browser.opened.contains(dataset.name) else {
      if case .loaded(let below)? = browser.children[dataset.name], below.isEmpty { return .leaf }
      return .closed
    }
    if case .loading? = browser.children[dataset.name] { return .loading }
    return .open
  }

  private func detail(of dataset: DatasetRow) -> String {
    var parts: [String] = []
    if dataset.kind == .volume { parts.append("volume") }
    if browser.purpose == .destination, let available = dataset.available {
      parts.append("\(Amount.bytes(available)) free")
    } else if let used = dataset.used {
      parts.append(Amount.bytes(used))
    }
    return parts.joined(separator: ", ")
  }

  func hostName(_ host: HostChoice) -> String {
    switch host {
    case .local: "this system"
    case .remote(let connection): Words.escaped(connection.name)
    }
  }

  /// Only the rows near the cursor are handed on: a hundred thousand cost no more than a page.
  static func window(around cursor: Int, of count: Int, height: Int) -> Range<Int> {
    let first = max(0, min(cursor - height, count))
    return first..<max(first, min(count, cursor + height + 1))
  }
}

extension Browser.Purpose {
  var title: String {
    switch self {
    case .sources: "Source"
    case .destination: "Destination"
    case .snapshotTask: "Dataset"
    }
  }

  var label: String {
    switch self {
    case .sources: "Datasets to copy"
    case .destination: "Dataset that receives the copies"
    case .snapshotTask: "Dataset to snapshot"
    }
  }

  var words: String {
    switch self {
    case .sources: "Space marks datasets to copy; Enter opens one to see what is below it."
    case .destination:
      "Space marks a dataset; below you can name a new one. Nothing is created yet."
    case .snapshotTask: "Space marks the dataset; Enter opens one to see what is below it."
    }
  }
}
