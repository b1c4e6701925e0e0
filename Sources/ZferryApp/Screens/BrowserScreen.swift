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
    let tree = browser.tree
    let window = Self.window(
      around: tree.cursor, of: tree.lines.count, height: max(5, size.rows))
    let list = ListView(
      id: Self.treeID, label: browser.purpose.label,
      rows: tree.lines[window].map(row), first: window.lowerBound, count: tree.lines.count,
      cursor: tree.cursor,
      minimumRows: 5, empty: browser.filter == nil ? "" : "No name contains this.",
      filter: filterText, use: .mark)
    var blocks: [Block] = [.list(list)]
    if let failure = failureHere {
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
      ], status: browserStatus, focus: place.focus)
  }

  private var usability: Action.Availability {
    if browser.chosen.isEmpty { return .no(reason: "Mark a dataset first.") }
    if browser.purpose == .destination, let name = browser.chosen.first,
      NameProblem.inDataset(name) != nil
    {
      return .no(reason: "\(Words.escaped(name)) cannot be the name of a dataset.")
    }
    return .yes
  }

  private var filterText: String? {
    guard let filter = browser.filter else { return nil }
    let hits = browser.tree.filter == nil ? browser.tree.known : browser.tree.hits
    return "\(filter)  (\(hits) of \(browser.tree.known) loaded)"
  }

  /// Why what the cursor is on could not be listed; nil where it is on something else.
  private var failureHere: Failure? {
    let tree = browser.tree
    guard tree.lines.indices.contains(tree.cursor), tree.current == nil,
      case .failed(let failure) = tree.listing(of: tree.lines[tree.cursor]).state
    else { return nil }
    return failure
  }

  /// The whole value of what has the focus, and what its mark means.
  private var browserStatus: StatusLine {
    guard place.focus == Self.treeID, !browser.tree.lines.isEmpty else {
      if browser.purpose == .destination, let name = browser.chosen.first {
        return StatusLine("Destination: \(Words.escaped(name))")
      }
      return StatusLine(field(place.focus)?.help ?? "")
    }
    guard let name = browser.tree.current?.name else {
      return StatusLine(failureHere == nil ? "" : "Enter tries again.")
    }
    let shown = Words.escaped(name)
    return switch browser.mark(of: name) {
    case .on: StatusLine("\(shown): marked")
    case .inherited: StatusLine("\(shown): included, because a dataset above it is marked")
    case .partial: StatusLine("\(shown): not marked itself; something below it is")
    case .off, .none: StatusLine(shown)
    }
  }

  private func row(_ line: DatasetTree.Line) -> ListView.Row {
    let listing = browser.tree.listing(of: line)
    guard let dataset = browser.tree.dataset(line) else {
      return switch listing.state {
      case .loading:
        ListView.Row(
          id: listing.parent + "\n…", depth: listing.depth, fold: .loading, text: "loading…",
          tone: .dim)
      case .complete:
        ListView.Row(
          id: listing.parent + "\n-", depth: listing.depth,
          text: listing.parent.isEmpty ? "no pool here" : "nothing below", tone: .dim)
      case .failed:
        ListView.Row(
          id: listing.parent + "\n!", depth: listing.depth,
          text: "could not be listed; choose it to try again", tone: .error)
      }
    }
    let name = dataset.name.split(separator: "/").last.map(String.init) ?? dataset.name
    return ListView.Row(
      id: dataset.name, depth: listing.depth, fold: fold(of: dataset),
      mark: browser.mark(of: dataset.name), text: Words.escaped(name),
      full: Words.escaped(dataset.name), detail: detail(of: dataset))
  }

  private func fold(of dataset: DatasetRow) -> ListView.Row.Fold {
    guard dataset.kind == .filesystem else { return .leaf }
    guard let below = browser.tree.listing(below: dataset.name) else { return .closed }
    guard below.isOpen else {
      return below.state == .complete && below.datasets.isEmpty ? .leaf : .closed
    }
    if case .loading = below.state { return .loading }
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
    case .sources: "Mark the datasets to copy; open one to see what is below it."
    case .destination:
      "Mark a dataset; below you can name a new one, which the first run makes."
    case .snapshotTask: "Mark the dataset; open one to see what is below it."
    }
  }
}
