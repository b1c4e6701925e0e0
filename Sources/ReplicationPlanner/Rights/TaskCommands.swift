public import ReplicationModel

/// The command lines that a task's runs and looks use on one side, as patterns: what a sudoers rule or
/// a forced command has to let through.
public enum TaskCommands {
  private typealias Part = CommandPattern.Part

  /// All patterns of a side. Where `facts` say that the destination is empty, its first whole copy may
  /// take its place (`-F`); at any other time that is refused.
  public static func patterns(
    _ request: ReplicationRequest, _ side: TaskRights.Side, facts: TaskRights.Facts = .init(),
    snapshotTasks: [SnapshotTask] = [], resolves: Bool = false
  ) -> [CommandPattern] {
    let own =
      side == .source
      ? source(request, snapshotTasks)
      : target(request, replaces: facts.isTargetEmpty) + (resolves ? resolving(request) : [])
    return own + [zfs([.word("version")]), CommandPattern("id", [])] + measuring(request)
  }

  /// What a run asks where it measures which packer is best.
  private static func measuring(_ request: ReplicationRequest) -> [CommandPattern] {
    guard request.compression == .adaptive else { return [] }
    return [CommandPattern("wc", [.word("-c")])]
      + Set(PackerCandidates.all.map(\.program)).sorted { $0.rawValue < $1.rawValue }
      .map { CommandPattern($0.rawValue, [.word("--version")]) }
  }

  /// What carries out a decision about a conflict, never with `-r` or `-R`.
  private static func resolving(_ request: ReplicationRequest) -> [CommandPattern] {
    let trees = CommandPattern.Trees([request.target], below: !isOne(request))
    return [
      zfs([.word("destroy"), .snapshots(trees)]), zfs([.word("destroy"), .anyBookmark(trees)]),
      zfs([.word("rollback"), .snapshot(trees)]),
      zfs([.word("rename"), .dataset(trees), .aside(trees)]),
    ]
  }

  private static func isOne(_ request: ReplicationRequest) -> Bool {
    !request.recursive && request.sources.count == 1
  }

  private static func source(_ request: ReplicationRequest, _ tasks: [SnapshotTask])
    -> [CommandPattern]
  {
    let trees = CommandPattern.Trees(request.sources, below: request.recursive)
    var patterns = listings(trees, above: []) + proof(trees)
    let isBack = request.restoration != nil
    let flags = Part.any([[.flags(isBack ? "LPbcenpvw" : "LPcenpvw")]])
    for root in request.sources {
      let tree = CommandPattern.Trees([root], below: request.recursive)
      patterns += [
        zfs(
          [
            .word("send"), flags, .optional([.oneOf(["-i", "-I"]), .mark]), .snapshot(tree),
          ], filters: packers(request).map(\.packing))
      ]
      if !isBack {
        patterns += [
          zfs([.word("bookmark"), .snapshot(tree), .bookmark(tree)]),
          zfs([.word("destroy"), .bookmark(tree)]),
        ]
      }
      if request.retention.prunes(root, below: request.recursive) {
        patterns.append(zfs([.word("destroy"), .snapshots(tree)]))
      }
    }
    patterns += [
      zfs([.word("send"), flags, .oneOf(["-t", "-nvt"]), .token]),
      zfs([
        .word("get"), .word("-Hp"), .optional([.word("-r")]), .word("-s"),
        .word("local,received"), .word("-o"), .word("property"), .word("all"),
        .dataset(trees), .any([[.dataset(trees)]]),
      ]),
    ]
    for task in tasks {
      guard let dataset = try? DatasetName(task.dataset) else { continue }
      let flags: [Part] = task.recursive ? [.word("-r")] : []
      patterns.append(
        zfs([.word("snapshot")] + flags + [.snapshot(.init([dataset], below: false))]))
    }
    return patterns
  }

  private static func target(_ request: ReplicationRequest, replaces: Bool) -> [CommandPattern] {
    let trees = CommandPattern.Trees([request.target], below: !isOne(request))
    let above = request.target.above
    let excluded =
      request.propertiesExclude + ["mountpoint", "sharenfs", "sharesmb", "readonly"]
    let set =
      request.propertiesOverride.map { "\($0.key)=\($0.value)" }.sorted() + ["readonly=on"]
    let receive: [Part] =
      [.word("receive"), .word("-s"), .word("-u")] + (replaces ? [.word("-F")] : [])
    let properties = Part.any([
      [.word("-x"), .oneOf(excluded)], [.word("-o"), .oneOf(set)],
    ])
    let filters = packers(request).map(\.unpacking)
    var patterns = listings(trees, above: above) + proof(trees, above: above)
    // What has arrived is looked for by its name.
    patterns.append(
      zfs([
        .word("list"), .word("-Hp"), .word("-t"), .word("snapshot"), .word("-o"), .columns,
        .snapshot(trees), .any([[.snapshot(trees)]]),
      ]))
    if replaces {
      patterns.append(zfs(receive + [properties, .dataset(trees)], filters: filters))
    }
    patterns += [
      zfs(
        [.word("receive"), .word("-s"), .word("-u"), properties, .dataset(trees)],
        filters: filters),
      zfs([.word("receive"), .word("-A"), .dataset(trees)]),
      zfs([.word("create"), .word("-u"), .dataset(.init([request.target] + above, below: false))]),
      zfs([.word("set"), .oneOf(["readonly=on", "readonly=off"]), .dataset(trees)]),
      zfs([.word("inherit"), .word("readonly"), .dataset(trees)]),
      zfs([.word("userspace"), .word("-Hp"), .word("-o"), .word("objused"), .dataset(trees)]),
    ]
    if request.retention.policy != .none {
      patterns.append(zfs([.word("destroy"), .snapshots(trees)]))
    }
    if trees.below {
      patterns.append(
        zfs([.word("create"), .word("-u"), .dataset(trees)]))
    }
    return patterns
  }

  /// Listings: of all of a tree, and of the datasets above it one by one.
  private static func listings(_ trees: CommandPattern.Trees, above: [DatasetName])
    -> [CommandPattern]
  {
    let single: [[Part]] = [
      [.flags("Hp")], [.word("-d"), .oneOf(["0", "1"])], [.oneOf(["-t", "-o", "-s"]), .columns],
    ]
    let inside = zfs([
      .word("list"), .any(single + [[.word("-r")]]), .dataset(trees), .any([[.dataset(trees)]]),
    ])
    guard !above.isEmpty else { return [inside] }
    // The destination is asked for first, then what is above it; or that alone.
    let higher = Part.dataset(.init(above, below: false))
    let all: [[Part]] = [[.dataset(trees)], [higher]]
    return [
      inside, zfs([.word("list"), .any(single), .dataset(trees), .any(all)]),
      zfs([.word("list"), .any(single), higher, .any(all)]),
    ]
  }

  /// The questions by which rights are proved.
  private static func proof(_ trees: CommandPattern.Trees, above: [DatasetName] = [])
    -> [CommandPattern]
  {
    let pools = Set(trees.roots.map(\.pool)).sorted()
    return [
      zfs([.word("allow"), .dataset(.init(trees.roots + above, below: false))]),
      CommandPattern(
        "zpool",
        [
          .word("get"), .word("-Hp"), .word("-o"), .word("value"), .word("delegation"),
          .oneOf(pools),
        ]),
    ]
  }

  private static func packers(_ request: ReplicationRequest) -> [Packer] {
    guard let compression = request.compression else { return [] }
    return Packer(compression).map { [$0] } ?? PackerCandidates.all
  }

  private static func zfs(_ parts: [CommandPattern.Part], filters: [Command.Filter] = [])
    -> CommandPattern
  {
    CommandPattern("zfs", parts, filters: filters)
  }
}

extension DatasetName {
  /// Those that hold this one, the nearest first.
  var above: [DatasetName] {
    var names: [DatasetName] = []
    var current = parent
    while let next = current {
      names.append(next)
      current = next.parent
    }
    return names
  }
}
