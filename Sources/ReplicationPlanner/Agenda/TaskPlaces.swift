public import ReplicationModel

/// The trees a task reads and the one it writes, with the machines they are on: what two runs must not
/// share (must_not_B8).
public struct TaskPlaces: Hashable, Sendable {
  struct Place: Hashable, Sendable {
    /// Empty for this host.
    var host: String
    var root: DatasetName

    func overlaps(_ other: Place) -> Bool {
      host == other.host && (root.isWithin(other.root) || other.root.isWithin(root))
    }
  }
  let reads: [Place]
  let writes: [Place]

  /// `connection` is the stored one that the task names. Two connections to one address are one host.
  public init(_ task: TaskDraft, connection: Connection?) {
    let address = connection.map { "\($0.host.lowercased()):\($0.port)" }
    let remote =
      task.transport == .local ? "" : address ?? "connection \(task.connection ?? "")"
    let sources = task.sourceDatasets.map { DatasetName(trusted: $0) }
    let mapping = SourceMapping(
      sources: sources, target: DatasetName(trusted: task.targetDataset))
    let (from, to) = task.direction == .push ? ("", remote) : (remote, "")
    reads = sources.map { Place(host: from, root: $0) }
    writes = sources.map { Place(host: to, root: mapping.target(of: $0)) }
  }

  /// Whether one of the two writes where the other reads or writes.
  public func conflict(with other: TaskPlaces) -> Bool {
    Self.meet(writes, other.writes) || Self.meet(writes, other.reads)
      || Self.meet(reads, other.writes)
  }

  private static func meet(_ ours: [Place], _ theirs: [Place]) -> Bool {
    ours.contains { place in theirs.contains { place.overlaps($0) } }
  }
}
