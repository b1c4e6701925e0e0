/// Where each source dataset goes (engine.md 3.2).
///
/// One source maps onto the target itself; several keep their paths below what they have in common.
/// `[tank/a, tank/b] -> bk` gives `bk/a, bk/b`; sources on two pools keep their whole names.
public struct SourceMapping: Hashable, Sendable {
  public let sources: [DatasetName]
  public let target: DatasetName
  /// How many leading components all sources share.
  private let shared: Int

  public init(sources: [DatasetName], target: DatasetName) {
    self.sources = sources
    self.target = target
    var common = sources.first?.components ?? []
    for source in sources.dropFirst() {
      let components = source.components
      common = zip(common, components).prefix { $0 == $1 }.map { $0.0 }
    }
    shared = common.count
  }

  /// The target of a dataset that is one of the sources or below one.
  public func target(of source: DatasetName) -> DatasetName {
    // As a rule all is below one root, and its name is only replaced.
    if let root = sources.first, sources.count == 1, source.isWithin(root) {
      return DatasetName(
        trusted: target.text + source.text[root.text.endIndex...])
    }
    return DatasetName(
      trusted: (target.components + source.components.dropFirst(shared)).joined(separator: "/"))
  }

  /// The source that a target dataset holds the copy of, or nil where none maps there.
  public func source(of name: DatasetName) -> DatasetName? {
    guard name.isWithin(target), let first = sources.first else { return nil }
    let path =
      first.components.prefix(shared) + name.components.dropFirst(target.components.count)
    guard !path.isEmpty else { return nil }
    let source = DatasetName(trusted: path.joined(separator: "/"))
    return sources.contains { source.isWithin($0) } ? source : nil
  }
}
