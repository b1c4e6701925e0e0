public import ReplicationModel

/// A dataset of the target that gets another name before anything is sent. Nothing of it is destroyed.
public struct Move: Hashable, Sendable {
  public var from: DatasetName
  /// Which dataset that is: a name may come to stand for another.
  public var guid: GUID
  public var to: DatasetName
  /// What is below it, and goes with it.
  public var below: [DatasetName]

  public init(from: DatasetName, guid: GUID, to: DatasetName, below: [DatasetName]) {
    self.from = from
    self.guid = guid
    self.to = to
    self.below = below
  }

  /// The command that moves it.
  public var command: Command { .rename(from, to: to) }
}
