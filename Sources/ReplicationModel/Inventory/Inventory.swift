/// What one side holds, as listed in this run: the datasets below the roots that were asked for.
public struct Inventory: Hashable, Sendable {
  public private(set) var datasets: [DatasetName: DatasetState]

  public init(_ datasets: [DatasetState] = []) {
    self.datasets = Dictionary(datasets.map { ($0.name, $0) }) { _, last in last }
  }

  public subscript(name: DatasetName) -> DatasetState? {
    get { datasets[name] }
    set { datasets[name] = newValue }
  }

  /// Parents before children.
  public var names: [DatasetName] { datasets.keys.sorted() }

  /// `root` and what is below it, parents first.
  public func tree(_ root: DatasetName) -> [DatasetState] {
    names.filter { $0.isWithin(root) }.compactMap { datasets[$0] }
  }
}
