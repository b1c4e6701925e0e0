/// What one side holds, as listed in this run: the datasets below the roots that were asked for.
public struct Inventory: Hashable, Sendable {
  public private(set) var datasets: [DatasetName: DatasetState]
  /// Parents before children.
  public private(set) var names: [DatasetName]

  public init(_ datasets: [DatasetState] = []) {
    self.datasets = Dictionary(datasets.map { ($0.name, $0) }) { _, last in last }
    // A listing is nearly in order, and then sorting costs next to nothing.
    let isEachOnce = self.datasets.count == datasets.count
    names = (isEachOnce ? datasets.map(\.name) : Array(self.datasets.keys)).sorted()
  }

  public subscript(name: DatasetName) -> DatasetState? {
    get { datasets[name] }
    set {
      let isKnown = datasets[name] != nil
      datasets[name] = newValue
      if isKnown != (newValue != nil) { names = datasets.keys.sorted() }
    }
  }

  /// `root` and what is below it, parents first.
  public func tree(_ root: DatasetName) -> [DatasetState] {
    names.filter { $0.isWithin(root) }.compactMap { datasets[$0] }
  }
}
