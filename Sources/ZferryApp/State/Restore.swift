public import ReplicationModel

/// A snapshot of the copy, as the restore screen lists it.
public struct SnapshotRow: Hashable, Sendable {
  /// The part after `@`.
  public var name: String
  public var creation: Instant

  public init(name: String, creation: Instant) {
    self.name = name
    self.creation = creation
  }
}

/// Bringing data back from the copy of a task, while it is being chosen.
struct Restore: Hashable, Sendable {
  var order: TaskOrder
  /// Which of the task's sources, by its index.
  var source = 0
  /// Where it is brought back to, on the source's side.
  var target = ""
  var request: RequestID?
  /// The snapshots of the copy, newest first.
  var snapshots: Result<[SnapshotRow], Failure>?

  /// Whether another source was chosen since its copy was listed.
  var isStale = false

  var chosenSource: String? {
    let sources = order.task.sourceDatasets
    return sources.indices.contains(source) ? sources[source] : nil
  }

  /// The dataset on the destination that holds the copy of the chosen source.
  var copy: String {
    RestoreOrder(order, dataset: chosenSource ?? order.task.sourceDatasets.first ?? "").copy
  }
}
