internal import ReplicationModel

/// The `filesystems` of a zrepl job: `tank<` is a dataset with all below it, `tank` one alone; the nearest
/// pattern decides.
struct ZreplFilter {
  private let isTaken: [String: Bool]
  /// Patterns that are taken or left out with all below them.
  private let whole: Set<String>

  /// Nil where a value is neither true nor false.
  init?(_ texts: [String: String]) {
    var taken: [String: Bool] = [:]
    var whole: Set<String> = []
    for (pattern, value) in texts {
      let isWhole = pattern.hasSuffix("<")
      let dataset = isWhole ? String(pattern.dropLast()) : pattern
      switch value.lowercased() {
      case "true", "yes", "on", "ok": taken[dataset] = true
      case "false", "no", "off", "!": taken[dataset] = false
      default: return nil
      }
      if isWhole { whole.insert(dataset) }
    }
    isTaken = taken
    self.whole = whole
  }

  /// Whether `<` alone is taken: every pool there is.
  var takesAllPools: Bool { isTaken[""] == true }

  /// One task for each of its topmost datasets; `pools` are known where all of them are meant.
  func trees(pools: [String]) -> [ZFSTraces.Tree] {
    let roots = isTaken.filter { $0.value && !$0.key.isEmpty }.map(\.key)
    let all = roots + (takesAllPools ? pools.filter { isTaken[$0] == nil } : [])
    return all.sorted().filter { !isCovered($0) }.map { root in
      // A name beside the root makes it one with all below it.
      let isWhole = whole.contains(root) || (isTaken[root] == nil && takesAllPools)
      let left = isWhole ? isTaken.filter { !$0.value && $0.key.hasPrefix(root + "/") } : [:]
      return ZFSTraces.Tree(
        root: root, members: [root], recursive: isWhole, exclude: left.keys.sorted())
    }
  }

  /// Patterns that leave out one dataset and not what is below it, as zferry cannot.
  var alone: [String] { isTaken.filter { !$0.value && !whole.contains($0.key) }.keys.sorted() }

  /// Whether the nearest pattern above takes a dataset along.
  private func isCovered(_ dataset: String) -> Bool {
    var above = ZFSTraces.above(dataset)
    while let name = above {
      if let taken = isTaken[name], whole.contains(name) || !taken { return taken }
      above = ZFSTraces.above(name)
    }
    return takesAllPools && isTaken[dataset] != nil && dataset.contains("/")
  }
}
