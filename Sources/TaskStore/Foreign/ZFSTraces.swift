internal import ReplicationModel

/// What a program left on datasets, as `zfs list` and `zfs get` print it: with tabs, as `-H` has them, or as
/// a table for people.
struct ZFSTraces {
  struct Property: Hashable {
    var dataset: String
    var name: String
    var value: String
    /// Whether it came with a stream.
    var isReceived: Bool
  }
  /// Datasets of a selection that are one task: the topmost, and what below it is not selected.
  struct Tree: Hashable {
    var root: String
    /// Those of the selection that are known by name.
    var members: [String] = []
    /// Whether what lies below the root belongs to it.
    var recursive = false
    /// What is left out below the root; nothing can be where it is not recursive.
    var exclude: [String] = []
  }

  /// Every dataset that is named, and those above it.
  private(set) var datasets: Set<String> = []
  /// The parts after `@`, by dataset.
  private(set) var snapshots: [String: [Substring]] = [:]
  /// The parts after `#`, by dataset.
  private(set) var bookmarks: [String: [Substring]] = [:]
  /// Properties of a user that were set where they stand, or came with a stream.
  private(set) var properties: [Property] = []

  init(_ text: String) {
    for line in text.utf8.split(separator: UInt8(ascii: "\n")) { read(Substring(line)) }
  }

  private mutating func read(_ line: Substring) {
    let columns = Self.columns(of: line)
    guard let first = columns.first else { return }
    let mark = first.utf8.firstIndex { $0 == UInt8(ascii: "@") || $0 == UInt8(ascii: "#") }
    let dataset = String(first[..<(mark ?? first.endIndex)])
    guard dataset != "NAME", NameProblem.inDataset(dataset) == nil else { return }
    var named: String? = dataset
    while let name = named, datasets.insert(name).inserted { named = Self.above(name) }
    if let mark {
      let rest = first[mark...].dropFirst()
      if first[mark] == "@" {
        snapshots[dataset, default: []].append(rest)
      } else {
        bookmarks[dataset, default: []].append(rest)
      }
    } else if columns.count >= 3, columns[1].utf8.contains(UInt8(ascii: ":")) {
      // What is inherited follows from the dataset above.
      guard columns.count == 3 || !columns[3].hasPrefix("inherited") else { return }
      properties.append(
        Property(
          dataset: dataset, name: String(columns[1]), value: String(columns[2]),
          isReceived: columns.count > 3 && columns[3].hasPrefix("received")))
    }
  }

  /// Names may hold single spaces; a table has two at least between its columns, or a full column and one.
  private static func columns(of line: Substring) -> [Substring] {
    let bytes = line.utf8
    if bytes.contains(UInt8(ascii: "\t")) {
      return bytes.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false)
        .map { Substring($0) }
    }
    var columns: [Substring] = []
    var start = bytes.startIndex
    var index = start
    while index < bytes.endIndex {
      let next = bytes.index(after: index)
      let isGap =
        bytes[index] == UInt8(ascii: " ")
        && (next == bytes.endIndex || bytes[next] == UInt8(ascii: " "))
      guard isGap else {
        index = next
        continue
      }
      if start < index { columns.append(line[start..<index]) }
      index = bytes[index...].firstIndex { $0 != UInt8(ascii: " ") } ?? bytes.endIndex
      start = index
    }
    if start < bytes.endIndex { columns.append(line[start...]) }
    return columns
  }

  /// A selection as its topmost datasets. What is known and not chosen below one of them is left out of it.
  func trees(of chosen: Set<String>) -> [Tree] {
    var trees: [String: Tree] = [:]
    for dataset in chosen.sorted() {
      var root = dataset
      while let above = Self.above(root), chosen.contains(above) { root = above }
      trees[root, default: Tree(root: root)].members.append(dataset)
      if root != dataset { trees[root]?.recursive = true }
    }
    for other in datasets.subtracting(chosen) {
      guard var root = Self.above(other), chosen.contains(root) else { continue }
      while let above = Self.above(root), chosen.contains(above) { root = above }
      trees[root]?.exclude.append(other)
    }
    return trees.values.sorted { $0.root < $1.root }.map { tree in
      var tree = tree
      tree.exclude.sort()
      return tree
    }
  }

  static func above(_ dataset: String) -> String? {
    dataset.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(dataset[..<$0]) }
  }
}

extension ZFSTraces.Tree {
  /// A name for what is made of it: with the dataset where there are others.
  func name(_ name: String, among trees: [ZFSTraces.Tree]) -> String {
    trees.count == 1 ? name : "\(name)-\(root.dashed)"
  }

  /// A snapshot task of it.
  func snapshotTask(
    _ name: String, _ schema: String, _ schedule: Schedule, keeping lifetime: Lifetime
  ) -> SnapshotTask {
    SnapshotTask(
      name, of: root, recursive: recursive, exclude: recursive ? exclude : [], schema, schedule,
      keeping: lifetime)
  }
}

extension TaskDraft {
  /// With a tree as its source; `target` is where the root's copy goes.
  func copying(_ tree: ZFSTraces.Tree, as name: String, to target: String) -> TaskDraft {
    var task = self
    task.name = name
    task.sourceDatasets = [tree.root]
    task.targetDataset = target
    task.recursive = tree.recursive
    task.exclude = tree.recursive ? tree.exclude : []
    return task
  }
}

extension SnapshotTask {
  init(
    _ name: String, of dataset: String, recursive: Bool, exclude: [String], _ schema: String,
    _ schedule: Schedule, keeping lifetime: Lifetime
  ) {
    self.init()
    self.name = name
    self.dataset = dataset
    self.recursive = recursive
    self.exclude = exclude
    self.schedule = schedule
    namingSchema = schema
    (lifetimeValue, lifetimeUnit) = (lifetime.value, lifetime.unit)
  }
}

extension String {
  /// A dataset as a part of a name, as `tank-data`.
  var dashed: String { split(separator: "/").joined(separator: "-") }
}
