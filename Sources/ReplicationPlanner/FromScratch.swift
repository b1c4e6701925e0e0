public import ReplicationModel

/// What has to be known before a copy can make way.
public struct MakingWay: Hashable, Sendable {
  /// Names what is put aside.
  public var day: CivilTime
  /// What stands beside the destination, which the listing of its tree does not show.
  public var neighbours: Set<DatasetName>

  public init(day: CivilTime, neighbours: Set<DatasetName> = []) {
    self.day = day
    self.neighbours = neighbours
  }
}

/// A copy with no base that is destroyed once a new one, sent beside it, is complete.
///
/// What has been done of it shows in the names alone, so a run that was cut is gone on with.
public struct Replacement: Hashable, Sendable {
  /// A dataset of the old copy with all that goes with it.
  public struct Loss: Hashable, Sendable {
    /// Its name below the place; empty for the place itself.
    public var path: String
    public var guid: GUID
    public var snapshots: [Snapshot]

    public init(path: String, guid: GUID, snapshots: [Snapshot]) {
      self.path = path
      self.guid = guid
      self.snapshots = snapshots
    }
  }
  public var source: DatasetName
  /// The place that the new copy takes.
  public var target: DatasetName
  /// Where the new copy comes together.
  public var standIn: DatasetName
  /// The old copy, at its place or moved out of it already; nil where there is none.
  public var old: Old?
  /// Whether the new copy has its place already, and only the old one is left to go.
  public var isInPlace: Bool
  /// Whether nothing is missing in the new copy.
  public var isReady: Bool

  /// The old copy.
  public struct Old: Hashable, Sendable {
    public var guid: GUID
    /// What it is called when it has made way.
    public var name: DatasetName
    /// Whether it is called so already.
    public var hasMoved: Bool
    /// Parents first.
    public var loses: [Loss]

    public init(guid: GUID, name: DatasetName, hasMoved: Bool, loses: [Loss]) {
      self.guid = guid
      self.name = name
      self.hasMoved = hasMoved
      self.loses = loses
    }
  }

  public init(
    source: DatasetName, target: DatasetName, standIn: DatasetName, old: Old?, isInPlace: Bool,
    isReady: Bool = false
  ) {
    self.source = source
    self.target = target
    self.standIn = standIn
    self.old = old
    self.isInPlace = isInPlace
    self.isReady = isReady
  }

  /// What a copy loses with all below it, parents first.
  public static func losses(_ tree: [DatasetState], _ root: DatasetName) -> [Loss] {
    tree.map {
      Loss(
        path: String($0.name.text.dropFirst(root.text.count)), guid: $0.guid,
        snapshots: $0.snapshots)
    }
  }

  /// Names of all that goes, as they are now: snapshots, and the datasets that held them.
  public var destroys: [String] {
    guard let old else { return [] }
    let place = (old.hasMoved ? old.name : target).text
    return old.loses.reversed().flatMap { loss in
      loss.snapshots.map { "\(place)\(loss.path)@\($0.name)" } + ["\(place)\(loss.path)"]
    }
  }
}

extension Replacement.Old {
  /// What destroys it where it has moved to, the lowest datasets first.
  ///
  /// Never with `-r` or `-R`: what was not listed is not touched, and keeps the rest.
  public var commands: [Command] {
    loses.reversed().flatMap { loss -> [Command] in
      let place = DatasetName(trusted: name.text + loss.path)
      var commands: [Command] = []
      var rest = loss.snapshots[...]
      while !rest.isEmpty {
        let batch = Array(rest.prefix(ConflictCase.batch))
        rest = rest.dropFirst(batch.count)
        if let command = Resolution.Act.destroySnapshots(batch).command(on: place) {
          commands.append(command)
        }
      }
      return commands + [.zfs("destroy", place.text)]
    }
  }
}

extension Command {
  /// Gives a dataset another name.
  public static func rename(_ name: DatasetName, to other: DatasetName) -> Command {
    .zfs("rename", name.text, other.text)
  }
}
