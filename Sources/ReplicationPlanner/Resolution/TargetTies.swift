public import ReplicationModel

/// What a conflict's target is tied to: what a decision has to know and a plan has not.
public struct TargetTies: Hashable, Sendable {
  /// One snapshot of it.
  public struct Tie: Hashable, Sendable {
    public var snapshot: Snapshot
    /// How many holds keep it.
    public var holds: Int
    /// Datasets that are clones of it.
    public var clones: [String]
    /// Bytes written between the snapshot before it and this one.
    public var written: UInt64

    public init(snapshot: Snapshot, holds: Int = 0, clones: [String] = [], written: UInt64 = 0) {
      self.snapshot = snapshot
      self.holds = holds
      self.clones = clones
      self.written = written
    }
  }
  /// By createtxg, oldest first.
  public var snapshots: [Tie]
  /// The target and all below it, parents first.
  public var tree: [DatasetName]
  /// What stands beside the target.
  public var neighbours: Set<DatasetName>

  public init(
    snapshots: [Tie] = [], tree: [DatasetName] = [], neighbours: Set<DatasetName> = []
  ) {
    self.snapshots = snapshots
    self.tree = tree
    self.neighbours = neighbours
  }
}
