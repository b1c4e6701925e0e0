public import ReplicationModel

/// What a run will do, decided from the task and what both sides hold; the review screen, `plan`,
/// `run --dry-run` and `run` use the same value.
public struct Plan: Hashable, Sendable {
  public var task: String
  public var direction: TaskDraft.Direction
  /// Source and target of every dataset of the task, parents first: also those with nothing to send.
  public var mapping: [Mapping]
  /// In the order they run.
  public var steps: [Step]
  /// Target datasets that are made empty, because a replica comes to stand below them: parents first.
  public var creates: [DatasetName]
  public var rollbacks: [Rollback]
  public var conflicts: [Conflict]
  /// What needs a decision and stays as it is, with all that hangs on it, while the others are sent.
  public var leftOut: [Conflict] = []
  public var warnings: [PlanWarning]
  /// Existing targets that hold nothing and take a whole copy.
  public var replaces: [DatasetName]
  /// What closes those of them that can be written to; the plan is made again after it.
  public var seals: [Seal]
  /// Targets whose partly received snapshot is given up, because the source no longer has it.
  public var discards: [DatasetName]
  /// What keeps the bases, run on the source after the step that brings each: one a step, in order.
  /// A dataset with nothing to send may have one too, where an earlier run did not come to it.
  public var keepsakes: [Keepsake]
  /// What makes existing targets read-only, run on the target at the end.
  public var readonlyCommands: [Command]
  /// What goes at the end, once all else is done.
  public var retention: RetentionPlan
  /// Copies without a base that are put aside; the plan is made again after it.
  public var asides: [Move]
  /// Copies whose source has another name now, and that get the name that goes with it; the plan is made
  /// again after it.
  public var renames: [Move]
  /// The key that datasets are made with.
  public var keys: KeyDelivery?
  /// Keys that are loaded before anything is sent.
  public var unlocks: [Unlocking] = []
  /// Copies without a base that go once a new one has their place.
  public var replacements: [Replacement]

  public init(
    task: String, direction: TaskDraft.Direction, mapping: [Mapping] = [], steps: [Step] = [],
    creates: [DatasetName] = [], rollbacks: [Rollback] = [],
    conflicts: [Conflict] = [], warnings: [PlanWarning] = [], replaces: [DatasetName] = [],
    seals: [Seal] = [], discards: [DatasetName] = [], keepsakes: [Keepsake] = [],
    readonlyCommands: [Command] = [], retention: RetentionPlan = RetentionPlan(),
    asides: [Move] = [], renames: [Move] = [], replacements: [Replacement] = []
  ) {
    self.task = task
    self.direction = direction
    self.mapping = mapping
    self.steps = steps
    self.creates = creates
    self.rollbacks = rollbacks
    self.conflicts = conflicts
    self.warnings = warnings
    self.replaces = replaces
    self.seals = seals
    self.discards = discards
    self.keepsakes = keepsakes
    self.readonlyCommands = readonlyCommands
    self.retention = retention
    self.asides = asides
    self.renames = renames
    self.replacements = replacements
  }

  /// `dataset@snapshot` of all that a run destroys, on either side, and the datasets of old copies; with
  /// something in its way it destroys nothing.
  public var destroys: [String] {
    conflicts.isEmpty ? retention.destroys + replacements.flatMap(\.destroys) : []
  }

  /// All that waits for a decision, whether the others wait with it or not.
  public var undecided: [Conflict] { conflicts + leftOut }

  /// All that gets another name first, in its order.
  public var moves: [Move] { renames + asides }

  /// Nothing to send, nothing to make way, and nothing in the way.
  public var isUpToDate: Bool {
    steps.isEmpty && undecided.isEmpty && replacements.isEmpty && renames.isEmpty
  }

  /// All datasets that the target will have and has not: those made empty, then the replicas.
  public var arrivals: [DatasetName] {
    var missing = Set(mapping.filter { !$0.targetExists }.map(\.target)).subtracting(creates)
    return creates + steps.map(\.target).filter { missing.remove($0) != nil }
  }

  /// When the newest snapshot was made that both sides hold, of the dataset that is worst off; nil where
  /// one has no copy. `arrived` says whether the steps are counted as done.
  ///
  /// A dataset that has nothing to send and never had is left out: the plan's warnings name it.
  public func newestCommon(arrived: Bool) -> Instant? {
    var newest: [DatasetName: Instant] = [:]
    if arrived { for step in steps { newest[step.source] = step.to.creation } }
    let moments = mapping.filter { $0.matching > 0 || $0.newestCommon != nil }
      .map { newest[$0.source] ?? $0.newestCommon }
    return moments.contains(nil) ? nil : moments.compactMap { $0 }.min()
  }

  /// The sum of the steps' estimates, or nil where one is not known.
  public var bytes: UInt64? {
    steps.reduce(UInt64?.some(0)) { sum, step in
      guard let sum, let bytes = step.bytes else { return nil }
      return sum &+ bytes
    }
  }
}

/// The bookmark that remembers what arrived, should the snapshot be destroyed on the source.
public struct Keepsake: Hashable, Sendable {
  public var source: DatasetName
  /// The snapshot it remembers: one that a step brings, or one that the target holds already.
  public var guid: GUID
  /// Makes the bookmark; nil where it is there.
  public var create: Command?
  /// The bookmarks of this task and target that it takes the place of.
  public var removes: [Command]

  public init(source: DatasetName, guid: GUID, create: Command?, removes: [Command]) {
    self.source = source
    self.guid = guid
    self.create = create
    self.removes = removes
  }
}

/// One source dataset and where it goes.
public struct Mapping: Hashable, Sendable {
  public var source: DatasetName
  public var target: DatasetName
  public var kind: DatasetState.Kind
  public var targetExists: Bool
  /// How many of the source's snapshots the task selects.
  public var matching: Int
  /// How many snapshots the source has.
  public var total: Int
  /// When the newest snapshot was made that both sides know; nil where there is none.
  public var newestCommon: Instant?

  public init(
    source: DatasetName, target: DatasetName, kind: DatasetState.Kind, targetExists: Bool,
    matching: Int, total: Int, newestCommon: Instant? = nil
  ) {
    self.source = source
    self.target = target
    self.kind = kind
    self.targetExists = targetExists
    self.matching = matching
    self.total = total
    self.newestCommon = newestCommon
  }
}

/// The point both sides share, which an increment starts from.
public struct Base: Hashable, Sendable {
  /// What stands for the base on the source.
  public enum Origin: String, Sendable {
    case snapshot
    case bookmark
  }
  /// The part after `@` or `#`, on the source.
  public var name: String
  public var guid: GUID
  public var origin: Origin

  public init(name: String, guid: GUID, origin: Origin) {
    self.name = name
    self.guid = guid
    self.origin = origin
  }
}

/// One `zfs send` into one `zfs receive`.
public struct Step: Hashable, Sendable {
  /// A whole copy, an increment, or going on with a receive that was cut.
  public enum Kind: Hashable, Sendable {
    case full
    case incremental
    /// Goes on with a receive that was cut; the token says from where.
    case resume(token: String)
  }
  public var source: DatasetName
  public var target: DatasetName
  public var datasetKind: DatasetState.Kind
  public var kind: Kind
  public var from: Base?
  public var to: Snapshot
  /// How many snapshots arrive with it.
  public var snapshots: Int
  /// The stream's size as `zfs send -n` estimates it; nil where it was not asked.
  public var bytes: UInt64?
  public var raw: Bool
  /// The dataset that this one is a clone of, where it becomes one on the target too.
  public var origin: DatasetName?
  /// The command on the source.
  public var send: Command
  /// The command on the target.
  public var receive: Command

  public init(
    source: DatasetName, target: DatasetName, datasetKind: DatasetState.Kind, kind: Kind,
    from: Base?, to: Snapshot, snapshots: Int, bytes: UInt64? = nil, raw: Bool,
    origin: DatasetName? = nil, send: Command, receive: Command
  ) {
    self.source = source
    self.target = target
    self.datasetKind = datasetKind
    self.kind = kind
    self.from = from
    self.to = to
    self.snapshots = snapshots
    self.bytes = bytes
    self.raw = raw
    self.origin = origin
    self.send = send
    self.receive = receive
  }

  /// Has the stream packed on its way, or with nil not.
  public mutating func pack(with packer: Packer?) {
    send.filter = packer?.packing
    receive.filter = packer?.unpacking
  }
}

/// A target that is set back to one of its snapshots, with the newer ones it loses.
public struct Rollback: Hashable, Sendable {
  public var target: DatasetName
  public var to: Snapshot
  public var loses: [Snapshot]

  public init(target: DatasetName, to: Snapshot, loses: [Snapshot]) {
    self.target = target
    self.to = to
    self.loses = loses
  }
}

/// Something worth knowing that stops nothing.
public struct PlanWarning: Hashable, Sendable {
  /// A stable name, looked up in the message catalogue.
  public var code: String
  public var subject: String
  public var detail: String

  public init(code: String, subject: String, detail: String) {
    self.code = code
    self.subject = subject
    self.detail = detail
  }
}
