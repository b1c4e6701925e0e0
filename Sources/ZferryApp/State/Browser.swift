import FormKit
import ReplicationModel

/// Choosing datasets of one side in a tree: only what was opened is ever asked for.
struct Browser: Hashable, Sendable {
  enum Purpose: Hashable, Sendable { case sources, destination, snapshotTask }

  var purpose = Purpose.sources
  var host = HostChoice.local
  var tree = DatasetTree()
  /// In the order they were marked.
  var marked: [String] = []
  /// Whether what is below a marked dataset is sent too.
  var recursive = false
  /// The text after `/`, or nil where nothing is filtered.
  var filter: String? {
    didSet {
      guard filter != oldValue else { return }
      tree.show(only: filter.flatMap { $0.isEmpty ? nil : NameFilter($0) })
    }
  }
  /// Whether the filter is being typed.
  var filterIsOpen = false
  /// The line the cursor was on before filtering.
  var lineBefore: DatasetTree.Line?
  /// The destination only: a dataset below the marked one that does not exist yet.
  var childName = ""

  /// The dataset under the cursor; empty where the cursor is on none.
  var cursor: String { tree.current?.name ?? "" }

  /// How a dataset's box is drawn.
  func mark(of name: String) -> ListView.Row.Mark {
    if marked.contains(name) { return .on }
    guard purpose == .sources else { return .off }
    if recursive, marked.contains(where: { name.isBelow($0) }) { return .inherited }
    return marked.contains { $0.isBelow(name) } ? .partial : .off
  }

  /// What "Use" would take: the marked datasets, for a destination with a new
  /// child's name that child of the marked dataset, or of the one under the cursor.
  var chosen: [String] {
    guard purpose == .destination, !childName.isEmpty else { return marked }
    let below = marked.first ?? (cursor.isEmpty ? nil : cursor)
    return below.map { ["\($0)/\(childName)"] } ?? []
  }
}

extension String {
  /// Whether this dataset lies below another one.
  fileprivate func isBelow(_ other: String) -> Bool {
    utf8.count > other.utf8.count && hasPrefix(other)
      && utf8[utf8.index(startIndex, offsetBy: other.utf8.count)] == UInt8(ascii: "/")
  }
}
