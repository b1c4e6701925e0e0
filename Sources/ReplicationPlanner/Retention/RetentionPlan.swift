public import ReplicationModel

/// What retention does with every snapshot of a task's datasets, side by side, and why what stays stays.
///
/// Only what is listed here may be destroyed. It is made from one look at both sides; a destroy looks
/// again and takes what both looks agree on.
public struct RetentionPlan: Hashable, Sendable {
  /// Where a snapshot is.
  public enum Side: String, CaseIterable, Sendable {
    case source, target
  }

  /// What becomes of a snapshot. The raw value is the `reason` of `prune --json`.
  public enum Fate: String, CaseIterable, Sendable {
    case goes
    /// The next increment starts from it.
    case base
    /// A cut transfer goes on with it.
    case inFlight = "in_flight"
    /// The newest that its schema names; one always stays.
    case last = "last_of_schema"
    /// No schema of the task, or of a snapshot task that prunes, names it.
    case notOurs = "not_ours"
    /// Two schemas read different times out of its name.
    case ambiguous
    case notExpired = "not_expired"
    /// The source still has it.
    case onSource = "on_source"
    /// It has not arrived yet, and is held until it has.
    case pending
    /// It is newer than all that came from the source, and so was made here.
    case newerThanBase = "newer_than_base"
    /// The other side shows nothing that belongs to it.
    case noEvidence = "no_evidence"
    case held
    case cloned
    /// Under its name something else stands now, or nothing.
    case changed
    /// With it more than half would be lost at once.
    case tooMany = "too_many"
  }

  /// One side of one dataset.
  public struct Share: Hashable, Sendable {
    public var side: Side
    /// The source of the pair, whichever side this is.
    public var source: DatasetName
    /// The dataset that holds the snapshots.
    public var dataset: DatasetName
    /// By createtxg, oldest first.
    public var snapshots: [Snapshot]
    /// One for each snapshot.
    public var fates: [Fate]

    public init(
      side: Side, source: DatasetName, dataset: DatasetName, snapshots: [Snapshot], fates: [Fate]
    ) {
      self.side = side
      self.source = source
      self.dataset = dataset
      self.snapshots = snapshots
      self.fates = fates
    }

    /// Those that go, oldest first.
    public var destroys: [Snapshot] { all(.goes) }

    /// Those of one fate, oldest first.
    public func all(_ fate: Fate) -> [Snapshot] {
      fates.indices.filter { fates[$0] == fate }.map { snapshots[$0] }
    }
  }

  /// Those that have a say; sides where nothing can ever go are left out.
  public var shares: [Share]

  public init(shares: [Share] = []) { self.shares = shares }

  /// The shares of which something goes.
  public var pruned: [Share] { shares.filter { $0.fates.contains(.goes) } }

  /// `dataset@snapshot` of all that goes.
  public var destroys: [String] {
    pruned.flatMap { share in share.destroys.map { "\(share.dataset)@\($0.name)" } }
  }

  /// Sides of datasets of which too many would go at once.
  public var refused: [Share] { shares.filter { $0.fates.contains(.tooMany) } }

  /// What goes according to both; the fates of all else are this one's.
  public func limited(to listed: RetentionPlan) -> RetentionPlan {
    struct Place: Hashable {
      var side: Side
      var dataset: DatasetName
    }
    struct Identity: Hashable {
      var name: String
      var guid: GUID

      init(_ snapshot: Snapshot) {
        name = snapshot.name
        guid = snapshot.guid
      }
    }
    let known = Dictionary(
      listed.pruned.map { share in
        (Place(side: share.side, dataset: share.dataset), Set(share.destroys.map(Identity.init)))
      }, uniquingKeysWith: { $0.union($1) })
    return RetentionPlan(
      shares: shares.compactMap { share in
        guard let own = known[Place(side: share.side, dataset: share.dataset)] else {
          return nil
        }
        let kept = share.destroys.filter { own.contains(Identity($0)) }
        return Share(
          side: share.side, source: share.source, dataset: share.dataset, snapshots: kept,
          fates: Array(repeating: .goes, count: kept.count))
      })
  }

  /// What a closer look at the snapshots that go has found, by side and dataset: what is held, cloned, or
  /// not there with its GUID any more stays.
  public mutating func keep(_ marks: [Side: [DatasetName: [String: SnapshotMark]]]) {
    for index in shares.indices {
      let found = marks[shares[index].side]?[shares[index].dataset] ?? [:]
      for place in shares[index].fates.indices where shares[index].fates[place] == .goes {
        shares[index].fates[place] = SnapshotMark.fate(
          of: shares[index].snapshots[place], found)
      }
    }
  }
}

extension SnapshotMark {
  /// Whether a snapshot may still go, by what stands under its name now.
  public static func fate(of snapshot: Snapshot, _ marks: [String: SnapshotMark])
    -> RetentionPlan.Fate
  {
    guard let mark = marks[snapshot.name], mark.guid == snapshot.guid else { return .changed }
    return mark.isHeld ? .held : mark.isCloned ? .cloned : .goes
  }
}
