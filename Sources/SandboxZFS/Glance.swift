/// What tests look at after every step of thousands of histories, without the way through text.
extension SandboxMachine {
  /// A dataset's snapshots, oldest first.
  package func snapshots(of dataset: String) -> [(name: String, guid: UInt64)] {
    (state.datasets[dataset]?.snapshots ?? []).map { ($0.name, $0.guid) }
  }

  /// The names of a dataset's bookmarks.
  package func bookmarks(of dataset: String) -> [String] {
    (state.datasets[dataset]?.bookmarks ?? []).map(\.name)
  }

  /// A dataset and all below it, parents first; none where it is missing.
  package func datasets(below root: String) -> [String] {
    state.datasets[root] == nil ? [] : tree(root)
  }

  /// Snapshots that a hold or a clone keeps, as `dataset@snapshot`.
  package var guarded: Set<String> {
    var names = Set(state.datasets.values.compactMap(\.origin))
    for (name, dataset) in state.datasets {
      for snapshot in dataset.snapshots where !snapshot.holds.isEmpty {
        names.insert("\(name)@\(snapshot.name)")
      }
    }
    return names
  }
}
