public import ReplicationModel

/// What makes a request the way back: the copy is its source.
public struct Restoration: Hashable, Sendable {
  /// The task's source that the copy was made of; what the task excludes is named below it.
  public var original: DatasetName
  /// The newest snapshot that comes back; all of them where it is nil.
  public var upTo: String?

  public init(original: DatasetName, upTo: String? = nil) {
    self.original = original
    self.upTo = upTo
  }
}

extension ReplicationRequest {
  /// The request that brings one of the task's datasets back, with all below it where the task is
  /// recursive; nil where the task does not copy it.
  ///
  /// The task's selection does not count: whatever the copy holds comes back.
  public func restoring(
    _ dataset: DatasetName, to place: DatasetName, upTo snapshot: String? = nil
  ) -> ReplicationRequest? {
    let isMember = sources.contains { recursive ? dataset.isWithin($0) : dataset == $0 }
    guard restoration == nil, isMember,
      !(recursive && exclude.contains { DatasetPattern($0).matches(dataset) })
    else { return nil }
    let copy = SourceMapping(sources: sources, target: target).target(of: dataset)
    return ReplicationRequest(
      task: task, direction: direction == .push ? .pull : .push, sources: [copy], target: place,
      recursive: recursive, exclude: exclude + [BesideName.pattern], properties: properties,
      propertiesExclude: propertiesExclude, readonly: .ignore, largeBlock: largeBlock,
      compressed: compressed, embed: embed,
      restoration: Restoration(original: dataset, upTo: snapshot))
  }

  /// The name of a dataset as the patterns of `exclude` mean it.
  func patternName(of name: DatasetName) -> DatasetName {
    guard let restoration, let copy = sources.first, name.isWithin(copy) else { return name }
    return DatasetName(trusted: restoration.original.text + name.text.dropFirst(copy.text.count))
  }
}
