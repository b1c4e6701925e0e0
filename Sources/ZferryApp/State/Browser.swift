import FormKit
import ReplicationModel

/// The tree of datasets of one side: only what was opened is ever asked for.
struct Browser: Hashable, Sendable {
  enum Purpose: Hashable, Sendable { case sources, destination, snapshotTask }
  enum Children: Hashable, Sendable {
    case loading(RequestID)
    case loaded([DatasetRow])
    case failed(Failure)
  }

  var purpose = Purpose.sources
  var host = HostChoice.local
  /// Children of a dataset; the pools stand under the empty name.
  var children: [String: Children] = [:] { didSet { buildRows() } }
  var opened: Set<String> = [] { didSet { buildRows() } }
  /// In the order they were marked.
  var marked: [String] = []
  /// Whether what is below a marked dataset is sent too.
  var recursive = false
  /// The row under the cursor, by its id.
  var cursor = ""
  /// The text after `/`, or nil where nothing is filtered.
  var filter: String? { didSet { buildRows() } }
  /// Whether the filter is being typed.
  var filterIsOpen = false
  /// The cursor as it was before filtering.
  var cursorBefore = ""
  /// The destination only: a dataset below the marked one that does not exist yet.
  var childName = ""

  /// One visible line.
  struct Row: Hashable, Sendable {
    enum Kind: Hashable, Sendable {
      case dataset(DatasetRow)
      case loading
      case failed(Failure)
      case nothing
    }
    var id: String
    /// The dataset whose children this row stands among; empty for the pools.
    var parent: String
    var depth: Int
    var kind: Kind

    var dataset: String? {
      if case .dataset(let row) = kind { return row.name }
      return nil
    }
  }

  /// All rows that are to be seen, in their order: built when the tree changes, so that moving the
  /// cursor costs the same however many there are.
  private(set) var rows: [Row] = []

  private mutating func buildRows() {
    var rows: [Row] = []
    add(below: "", depth: 0, to: &rows)
    if let filter, !filter.isEmpty { rows = Self.filtered(rows, by: filter) }
    self.rows = rows
  }

  private func add(below parent: String, depth: Int, to rows: inout [Row]) {
    switch children[parent] {
    case .loading:
      rows.append(Row(id: parent + "\n…", parent: parent, depth: depth, kind: .loading))
    case .failed(let failure):
      rows.append(Row(id: parent + "\n!", parent: parent, depth: depth, kind: .failed(failure)))
    case .loaded(let datasets):
      if datasets.isEmpty {
        rows.append(Row(id: parent + "\n-", parent: parent, depth: depth, kind: .nothing))
      }
      for dataset in datasets {
        rows.append(Row(id: dataset.name, parent: parent, depth: depth, kind: .dataset(dataset)))
        if opened.contains(dataset.name) { add(below: dataset.name, depth: depth + 1, to: &rows) }
      }
    case nil: break
    }
  }

  /// The hits, and what is above them, so that it is clear where they are.
  private static func filtered(_ rows: [Row], by text: String) -> [Row] {
    let wanted = text.lowercased()
    let hits = rows.compactMap { row -> String? in
      guard let name = row.dataset, name.lowercased().contains(wanted) else { return nil }
      return name
    }
    var kept = Set(hits)
    for hit in hits {
      var path = DatasetName(trusted: hit).parent
      while let above = path {
        kept.insert(above.text)
        path = above.parent
      }
    }
    return rows.filter { row in row.dataset.map(kept.contains) ?? false }
  }

  /// How many datasets are known, and how many of them the filter finds.
  var counts: (hits: Int, known: Int) {
    var known = 0
    var hits = 0
    let wanted = (filter ?? "").lowercased()
    for case .loaded(let datasets) in children.values {
      known += datasets.count
      hits += datasets.count { wanted.isEmpty || $0.name.lowercased().contains(wanted) }
    }
    return (hits, known)
  }

  /// How a dataset's box is drawn.
  func mark(of name: String) -> ListView.Row.Mark {
    if marked.contains(name) { return .on }
    guard purpose == .sources else { return .off }
    let here = DatasetName(trusted: name)
    if recursive, marked.contains(where: { here.isWithin(DatasetName(trusted: $0)) }) {
      return .inherited
    }
    if marked.contains(where: { DatasetName(trusted: $0).isWithin(here) }) { return .partial }
    return .off
  }

  /// What "Use" would take: the marked datasets, for a destination with a new
  /// child's name that child of the marked dataset, or of the one under the cursor.
  var chosen: [String] {
    guard purpose == .destination, !childName.isEmpty else { return marked }
    let below = marked.first ?? (cursor.contains("\n") || cursor.isEmpty ? nil : cursor)
    return below.map { ["\($0)/\(childName)"] } ?? []
  }
}
