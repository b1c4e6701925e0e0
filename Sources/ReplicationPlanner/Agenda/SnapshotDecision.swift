public import ReplicationModel

/// What a snapshot task does at a moment, decided from what the datasets hold.
public enum SnapshotDecision: Hashable, Sendable {
  /// One command, which takes all of them at the same moment or none.
  case take(Command, of: [DatasetName])
  /// Nothing was written since the last one, and empty snapshots are not wanted.
  case unchanged
  /// What is excluded leaves nothing.
  case nothingLeft
}

extension SnapshotTask {
  /// The name of its snapshots at a moment, the part after `@`; nil where the schema cannot be read.
  public func snapshotName(at instant: Instant, in zone: Zone) -> String? {
    (try? NamingSchema(namingSchema))?.name(at: instant, in: zone)
  }

  /// Whether the datasets have to be listed before anything can be decided.
  public var needsListing: Bool { !allowEmpty || (recursive && !exclude.isEmpty) }

  /// The command that needs no look: the dataset, or all of its tree.
  public func plainCommand(_ name: String) -> Command {
    .zfs(["snapshot"] + (recursive ? ["-r"] : []) + ["\(dataset)@\(name)"])
  }

  /// Decides after a look at the dataset and, where it is recursive, all below it.
  public func decide(_ name: String, _ inventory: Inventory, zone: Zone) -> SnapshotDecision {
    let wanted = wanted(in: inventory)
    guard !wanted.isEmpty else { return .nothingLeft }
    if !allowEmpty, wanted.allSatisfy({ isUnchanged($0, zone: zone) }) { return .unchanged }
    let names = wanted.map(\.name)
    // Where nothing is left out, one name stands for the tree, however many datasets it has.
    if !recursive || wanted.count == inventory.datasets.count {
      return .take(plainCommand(name), of: names)
    }
    return .take(Self.command(name, of: names), of: names)
  }

  /// The datasets it is about, parents first. One that is still being received has no moment of its own.
  public func wanted(in inventory: Inventory) -> [DatasetState] {
    let patterns = recursive ? exclude.map { DatasetPattern($0) } : []
    return inventory.tree(DatasetName(trusted: dataset)).filter { state in
      state.resumeToken == nil && !patterns.contains { $0.matches(state.name) }
    }
  }

  /// Snapshots of these datasets and no others, at the same moment.
  public static func command(_ name: String, of datasets: [DatasetName]) -> Command {
    .zfs(["snapshot"] + datasets.map { "\($0)@\(name)" })
  }

  /// Only its own newest snapshot tells that nothing was written since it; where another one is
  /// newer, nobody knows, and a snapshot is taken.
  private func isUnchanged(_ state: DatasetState, zone: Zone) -> Bool {
    guard state.written == 0, let newest = state.snapshots.last,
      let schema = try? NamingSchema(namingSchema)
    else { return false }
    return schema.instant(of: newest.name, in: zone) != nil
  }
}
