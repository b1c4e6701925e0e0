import ReplicationModel
import ZferryApp

/// Counts the snapshots of a listing for the datasets that were marked.
struct SnapshotTally {
  private let marked: [DatasetName]
  private let places: [String: Int]
  /// Matching and all snapshots of each dataset that was listed.
  private var seen: [String: (matching: Int, total: Int)] = [:]

  init(_ datasets: [String]) {
    marked = datasets.map(DatasetName.init(trusted:))
    places = Dictionary(datasets.enumerated().map { ($1, $0) }) { first, _ in first }
    for name in datasets { seen[name] = (0, 0) }
  }

  /// Takes one line: `dataset` or `dataset@snapshot`.
  mutating func add(_ line: Substring, _ matches: (String) -> Bool) {
    guard let at = line.firstIndex(of: "@") else {
      seen[String(line), default: (0, 0)].total += 0
      return
    }
    let isMatch = matches(String(line[line.index(after: at)...]))
    seen[String(line[..<at]), default: (0, 0)].total += 1
    if isMatch { seen[String(line[..<at]), default: (0, 0)].matching += 1 }
  }

  /// One count per marked dataset, in their order.
  var counts: [SnapshotCount] {
    var counts = marked.map { SnapshotCount(dataset: $0.text, matching: 0, total: 0) }
    for (name, count) in seen {
      let dataset = DatasetName(trusted: name)
      guard let owner = owner(of: dataset) else { continue }
      counts[owner].matching += count.matching
      counts[owner].total += count.total
      if marked[owner] != dataset { counts[owner].below += 1 }
      if count.matching == 0 { counts[owner].without += 1 }
    }
    return counts
  }

  /// The deepest marked dataset that holds it.
  private func owner(of dataset: DatasetName) -> Int? {
    var path: DatasetName? = dataset
    while let name = path {
      if let index = places[name.text] { return index }
      path = name.parent
    }
    return nil
  }
}
