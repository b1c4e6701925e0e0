public import ReplicationModel

/// The rights that a task needs on one side, each with its place and reason: no more than its run uses.
///
/// Found out with OpenZFS 2.3 by taking one away at a time (Rights.md has the table). Two of them are
/// narrower than they look: `destroy` without `mount` destroys bookmarks and nothing else, and
/// without `mountpoint` a receive still leaves the source's mountpoint out.
public struct TaskRights: Hashable, Sendable {
  /// Whose data is read, or written.
  public enum Side: String, CaseIterable, Sendable {
    case source
    case target
  }

  /// What is known of a side. Without it a destination is taken to exist and to hold snapshots.
  public struct Facts: Hashable, Sendable {
    /// Which of the destination and the datasets above it are there; nil where nobody has looked.
    public var existing: Set<DatasetName>?
    /// Whether the destination is there and holds no snapshot.
    public var isTargetEmpty: Bool
    /// Properties that are set on the source's datasets, and so are part of a stream.
    public var properties: Set<String>

    public init(
      existing: Set<DatasetName>? = nil, isTargetEmpty: Bool = false, properties: Set<String> = []
    ) {
      self.existing = existing
      self.isTargetEmpty = isTargetEmpty
      self.properties = properties
    }
  }

  /// One right on one dataset.
  public struct Need: Hashable, Sendable {
    /// Where `zfs allow` makes it count.
    public enum Scope: String, Sendable {
      /// On the dataset alone.
      case here
      /// On the dataset and all below it.
      case tree
      /// On each dataset that the user makes below it, and on no other.
      case created
    }
    /// What it is for.
    public enum Use: String, CaseIterable, Sendable {
      /// Reads a stream.
      case send
      /// A stream of several snapshots holds them while it is sent.
      case holdsWhileSending = "hold"
      /// Remembers what arrived.
      case keepBase = "keep_base"
      /// Drops the bookmark that a newer one takes the place of.
      case dropBase = "drop_base"
      /// Lets snapshots go that have outlived their time.
      case prune
      /// The snapshots of a snapshot task.
      case takeSnapshots = "snapshot_task"
      case receive
      /// Keeps the copy read-only.
      case readonly
      /// Tells an empty destination from one that holds files.
      case seeEmpty = "see_empty"
      /// Gives a copy another name: one that makes way, or whose source was renamed.
      case move
      /// Makes an encrypted copy, or loads its key.
      case encryption
      /// A property that comes with the stream, or that the task sets.
      case property
      /// Goes back, destroys or puts a copy aside where a person decides a conflict.
      case resolve
    }
    public var right: String
    public var dataset: DatasetName
    public var scope: Scope
    public var use: Use

    public init(_ right: String, on dataset: DatasetName, _ scope: Scope, for use: Use) {
      self.right = right
      self.dataset = dataset
      self.scope = scope
      self.use = use
    }
  }

  public var side: Side
  public var needs: [Need]

  /// What a side of a task needs. `snapshotTasks` are those that zferry runs on the source; `resolves`
  /// says whether conflicts are decided with these rights as well.
  public init(
    _ request: ReplicationRequest, _ side: Side, facts: Facts = Facts(),
    snapshotTasks: [SnapshotTask] = [], resolves: Bool = false
  ) {
    self.side = side
    switch side {
    case .source: needs = Self.source(request, snapshotTasks)
    case .target:
      needs =
        Self.target(request, facts) + (resolves ? Self.resolving(request, facts) : [])
    }
  }

  private static func source(_ request: ReplicationRequest, _ tasks: [SnapshotTask]) -> [Need] {
    let scope: Need.Scope = request.recursive ? .tree : .here
    // On the way back no base is kept.
    let keeping: [(String, Need.Use)] =
      request.restoration == nil ? [("bookmark", .keepBase), ("destroy", .dropBase)] : []
    let uses: [(String, Need.Use)] = [("send", .send), ("hold", .holdsWhileSending)] + keeping
    let reading = request.sources.flatMap { root in
      // `destroy` is there for the bookmarks; with this one it destroys snapshots as well.
      let pruning: [(String, Need.Use)] =
        request.retention.prunes(root, below: request.recursive) ? [("mount", .prune)] : []
      return (uses + pruning).map { Need($0.0, on: root, scope, for: $0.1) }
    }
    let taking = tasks.compactMap { task -> Need? in
      guard let dataset = try? DatasetName(task.dataset) else { return nil }
      return Need(
        "snapshot", on: dataset, task.recursive ? .tree : .here, for: .takeSnapshots)
    }
    return reading + taking
  }

  private static let making: [(String, Need.Use)] = [
    ("create", .receive), ("mount", .receive), ("receive", .receive),
  ]

  private static func target(_ request: ReplicationRequest, _ facts: Facts) -> [Need] {
    var uses = receiving(request, facts)
    let place = place(request.target, facts)
    guard place == request.target else {
      // Nothing that is there already becomes the user's: only what he makes himself.
      return making.map { Need($0.0, on: place, .here, for: $0.1) }
        + uses.map { Need($0.0, on: place, .created, for: $0.1) }
    }
    if facts.isTargetEmpty {
      // `zfs userspace` wants all four, whichever of them is asked for.
      uses += ["userused", "userquota", "userobjused", "userobjquota"].map { ($0, .seeEmpty) }
    }
    return uses.map { Need($0.0, on: place, scope(request), for: $0.1) } + moving(request)
  }

  private static func scope(_ request: ReplicationRequest) -> Need.Scope {
    !request.recursive && request.sources.count == 1 ? .here : .tree
  }

  /// Deciding conflicts, and the copy that is made anew beside one that was put aside.
  private static func resolving(_ request: ReplicationRequest, _ facts: Facts) -> [Need] {
    let place = place(request.target, facts)
    let deciding = ["rollback", "destroy", "rename", "mount"]
    guard place == request.target else {
      return deciding.map { Need($0, on: place, .created, for: .resolve) }
    }
    let own = deciding.map { Need($0, on: place, scope(request), for: .resolve) }
    guard let parent = place.parent else { return own }
    let again = Set(receiving(request, facts).map(\.0) + deciding).sorted()
    return own + making.map { Need($0.0, on: parent, .here, for: .resolve) }
      + again.map { Need($0, on: parent, .created, for: .resolve) }
  }

  /// What each run does on a destination.
  private static func receiving(_ request: ReplicationRequest, _ facts: Facts)
    -> [(String, Need.Use)]
  {
    var uses = making
    // An empty destination is closed before a copy takes its place, whatever the task says of readonly.
    let isClosed =
      request.readonly != .ignore || facts.isTargetEmpty
      || request.propertiesOverride["readonly"] != nil
    if isClosed { uses.append(("readonly", .readonly)) }
    if request.retention.policy != .none { uses.append(("destroy", .prune)) }
    return uses + properties(request, facts).map { ($0, .property) } + encryption(request)
  }

  /// What makes way stands beside the destination then, and a rename is a right of the parents.
  private static func moving(_ request: ReplicationRequest) -> [Need] {
    var needs: [Need] = []
    if request.replicate {
      needs += ["rename", "mount", "create"].map { Need($0, on: request.target, .tree, for: .move) }
    }
    if request.fromScratch != .refuse, let parent = request.target.parent {
      let rights = ["rename", "mount", "create", "receive"]
      let all = request.fromScratch == .replace ? rights + ["destroy"] : rights
      needs += all.map { Need($0, on: parent, .tree, for: .move) }
    }
    return needs
  }

  private static func encryption(_ request: ReplicationRequest) -> [(String, Need.Use)] {
    guard case .own = request.encryption else { return [] }
    return ["encryption", "keyformat", "keylocation", "load-key"].map { ($0, .encryption) }
  }

  /// The destination, or what is there above it.
  private static func place(_ target: DatasetName, _ facts: Facts) -> DatasetName {
    guard let existing = facts.existing else { return target }
    var place: DatasetName? = target
    while let current = place, !existing.contains(current) { place = current.parent }
    return place ?? DatasetName(trusted: target.pool)
  }

  /// The rights for what a stream brings along and for what the task sets. `-x` needs none.
  private static func properties(_ request: ReplicationRequest, _ facts: Facts) -> [String] {
    let never: Set<String> = ["mountpoint", "sharenfs", "sharesmb", "readonly"]
    let sent =
      request.properties
      ? facts.properties.subtracting(never).subtracting(request.propertiesExclude) : []
    let rights = sent.union(request.propertiesOverride.keys.filter { $0 != "readonly" }).compactMap
    { name -> String? in
      if name.contains(":") { return "userprop" }
      return delegable.contains(name) ? name : nil
    }
    return Set(rights).sorted()
  }

  /// The properties that `zfs allow` knows as rights; the others are fixed when a dataset is made.
  private static let delegable: Set<String> = [
    "aclinherit", "aclmode", "acltype", "atime", "canmount", "checksum", "compression", "context",
    "copies", "dedup", "defcontext", "devices", "dnodesize", "exec", "filesystem_limit",
    "fscontext", "keylocation", "logbias", "mountpoint", "nbmand", "overlay", "primarycache",
    "quota", "readonly", "recordsize", "redundant_metadata", "refquota", "refreservation",
    "relatime", "reservation", "rootcontext", "secondarycache", "setuid", "sharenfs", "sharesmb",
    "snapdev", "snapdir", "snapshot_limit", "special_small_blocks", "sync", "volmode", "volsize",
    "vscan", "xattr", "zoned",
  ]

  /// The `zfs allow` commands that give them to a user: one for each place and scope.
  public func allowing(user: String) -> [Command] { Self.allowing(needs, user: user) }

  /// The `zfs allow` commands that give some of them to a user.
  public static func allowing(_ needs: [Need], user: String) -> [Command] {
    var order: [Place] = []
    var rights: [Place: [String]] = [:]
    for need in needs {
      let place = Place(dataset: need.dataset, scope: need.scope)
      if rights[place] == nil { order.append(place) }
      if rights[place]?.contains(need.right) != true {
        rights[place, default: []].append(need.right)
      }
    }
    return order.map { place in
      let list = (rights[place] ?? []).joined(separator: ",")
      let who: [String] =
        switch place.scope {
        case .here: ["-l", "-u", user]
        case .tree: ["-u", user]
        case .created: ["-c"]
        }
      return .zfs(["allow"] + who + [list, place.dataset.text])
    }
  }

  private struct Place: Hashable {
    var dataset: DatasetName
    var scope: Need.Scope
  }
}
