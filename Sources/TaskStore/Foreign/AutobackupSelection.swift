internal import ReplicationModel

/// The datasets that `autobackup:NAME` selects: `true` with all below, `child` all below, `parent` one alone.
struct AutobackupSelection {
  private(set) var trees: [ZFSTraces.Tree] = []
  private(set) var findings: [Finding] = []

  /// What lies below `target` are copies.
  init(_ property: String, _ traces: ZFSTraces, below target: String?) {
    let mine = traces.properties.filter { $0.name == property }
    let values = Dictionary(
      mine.filter { !$0.isReceived && !Self.lies($0.dataset, below: target) }
        .map { ($0.dataset, $0.value) }, uniquingKeysWith: { $1 })
    if let copy = mine.first(where: \.isReceived)?.dataset {
      findings.append(
        .leftOut(property, "`\(copy)` has it from a stream: it is somebody's copy."))
    }
    let chosen = traces.datasets.filter { Self.takes($0, values) && !Self.lies($0, below: target) }
    trees = traces.trees(of: chosen).map { tree in
      var tree = tree
      tree.recursive = values[tree.root] != "parent"
      // What lies below those that were taken alone need not be known by name.
      tree.exclude += tree.members.filter { $0 != tree.root && values[$0] == "parent" }
        .map { $0 + "/*" }
      return tree
    }
    for (dataset, value) in values.sorted(by: { $0.key < $1.key }) {
      if !["true", "false", "child", "parent"].contains(value) {
        findings.append(.missing(dataset, "\(property) is `\(value)`, which selects nothing."))
      } else if value == "child", !chosen.contains(where: { Self.lies($0, below: dataset) }) {
        findings.append(
          .missing(dataset, "what lies below it is selected, and is not known. Add --ask."))
      }
    }
  }

  private static func takes(_ dataset: String, _ values: [String: String]) -> Bool {
    if let value = values[dataset] { return value == "true" || value == "parent" }
    var above = ZFSTraces.above(dataset)
    while let name = above {
      if let value = values[name] { return value == "true" || value == "child" }
      above = ZFSTraces.above(name)
    }
    return false
  }

  private static func lies(_ dataset: String, below other: String?) -> Bool {
    other.map { dataset.utf8.starts(with: ($0 + "/").utf8) } ?? false
  }
}
