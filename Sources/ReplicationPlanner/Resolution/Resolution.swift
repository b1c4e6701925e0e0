public import ReplicationModel

/// What a decision does about a conflict, act by act, and what it loses: nothing but what is listed
/// here is done. Two that are equal were made from the same state of the target.
public struct Resolution: Hashable, Sendable {
  /// One thing that is done, on the target's side unless it is said otherwise.
  public enum Act: Hashable, Sendable {
    /// Destroys these snapshots of the target, in one command.
    case destroySnapshots([Snapshot])
    case destroyBookmark(Bookmark)
    /// Sets the target back to its newest snapshot.
    case rollback(to: Snapshot)
    case rename(to: DatasetName)
    /// Gives up what a cut receive has left.
    case abortReceive
    /// Leaves the source out of the task from now on.
    case exclude(DatasetName)
  }
  /// What is gone afterwards.
  public struct Loss: Hashable, Sendable {
    public var snapshots: [Snapshot] = []
    public var bookmarks: [Bookmark] = []
    /// What was written since the base; zero where nothing is lost, nil where it is not known.
    public var bytes: UInt64? = 0
    /// What had arrived of a cut receive.
    public var partial = false

    public init() {}

    /// Whether nothing is lost that cannot be sent again.
    public var isNothing: Bool { snapshots.isEmpty && bookmarks.isEmpty && bytes == 0 }
  }
  /// Why it cannot be done as things are.
  public enum Obstacle: Hashable, Sendable {
    /// Holds keep these snapshots.
    case held([String])
    /// These datasets are clones of what would be destroyed.
    case cloned([String])
    /// The new copy would not fit beside the old one.
    case noSpace(needs: UInt64, available: UInt64)
    /// A name beside the target would be too long.
    case nameTooLong
  }
  public var choice: Conflict.Choice
  public var code: Conflict.Code
  public var source: DatasetName
  public var target: DatasetName
  /// Which dataset the target is, by its GUID: a name may come to stand for another.
  public var targetGUID: GUID?
  /// What was received of a cut transfer when it was looked at.
  public var resumeToken: String?
  /// In their order.
  public var acts: [Act] = []
  public var loses = Loss()
  /// Datasets below the target that go where it goes; what was a copy there is sent in full too.
  public var moves: [DatasetName] = []
  public var obstacle: Obstacle?

  /// Where the target is put.
  public var aside: DatasetName? {
    for case .rename(let name) in acts { return name }
    return nil
  }

  /// What a rollback goes back to.
  public var base: Snapshot? {
    for case .rollback(let base) in acts { return base }
    return nil
  }

  /// The commands that are run on the target's side.
  public var commands: [Command] { acts.compactMap { $0.command(on: target) } }

  /// Whether anything is destroyed by it.
  public var destroys: Bool { !loses.isNothing || loses.partial }
}

extension Resolution.Act {
  /// What is run for it on the target's side; nil for what changes the task alone.
  ///
  /// Never with `-r` or `-R`: what is not named is not touched, and stands in the way.
  public func command(on target: DatasetName) -> Command? {
    switch self {
    case .destroySnapshots(let snapshots):
      let names = snapshots.map(\.name).joined(separator: ",")
      return .zfs("destroy", "\(target.text)@\(names)")
    case .destroyBookmark(let bookmark):
      return .zfs("destroy", "\(target.text)#\(bookmark.name)")
    case .rollback(let base): return .zfs("rollback", "\(target.text)@\(base.name)")
    case .rename(let name): return .rename(target, to: name)
    case .abortReceive: return .zfs("receive", "-A", target.text)
    case .exclude: return nil
    }
  }
}

/// All that may be decided about a task, as both sides are now.
public struct ConflictLook: Hashable, Sendable {
  public var cases: [ConflictCase]
  /// Every dataset of the task, those without a conflict too.
  public var mapping: [Mapping]

  public init(cases: [ConflictCase] = [], mapping: [Mapping] = []) {
    self.cases = cases
    self.mapping = mapping
  }
}

/// A conflict with what may be done about it.
public struct ConflictCase: Hashable, Sendable {
  public var conflict: Conflict
  /// One for each of the conflict's choices.
  public var resolutions: [Resolution]

  public init(conflict: Conflict, resolutions: [Resolution]) {
    self.conflict = conflict
    self.resolutions = resolutions
  }

  /// What a choice does; nil where it is none here.
  public func resolution(by choice: Conflict.Choice) -> Resolution? {
    resolutions.first { $0.choice == choice }
  }
}
