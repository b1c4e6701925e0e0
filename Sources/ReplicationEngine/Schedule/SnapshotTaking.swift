public import ReplicationModel

/// What became of a snapshot task's turn, as the history keeps it.
public struct SnapshotTaking: Hashable, Sendable {
  /// How a turn ended; the raw values are kept in the history and printed as JSON.
  public enum Outcome: String, Sendable {
    case taken
    /// Snapshots of this name were there on all of the datasets.
    case exists
    /// Nothing was written since the last one.
    case unchanged
    case failed
    /// Nothing was to be taken: what had outlived its time was let go, as many as `datasets` says.
    case pruned
  }
  public var task: String
  public var at: Instant
  /// `tank/data@auto-2026-01-01_00-00`: the dataset on top, whatever is below.
  public var snapshot: String
  /// How many were taken, or let go; nil where all of a tree were, and nobody counted.
  public var datasets: Int?
  public var outcome: Outcome
  public var error: RunFailure?

  public init(
    task: String, at: Instant, snapshot: String, datasets: Int? = nil, outcome: Outcome,
    error: RunFailure? = nil
  ) {
    self.task = task
    self.at = at
    self.snapshot = snapshot
    self.datasets = datasets
    self.outcome = outcome
    self.error = error
  }
}
