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
    return own.map { linked($0, request.netcat) }
      + [zfs([.word("version")]), CommandPattern("id", [])] + measuring(request)
  }

  /// What sends or receives may do so through a connection of its own.
  private static func linked(_ pattern: CommandPattern, _ netcat: Netcat?) -> CommandPattern {
    guard let netcat, pattern.tool == "zfs", let first = pattern.parts.first else { return pattern }
    var pattern = pattern
    if first == .word("send") { pattern.link = Command.Link(netcat, .after) }
    if first == .word("receive") { pattern.link = Command.Link(netcat, .before) }
    return pattern
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
      zfs([.word("rename"), .dataset(trees), .beside(trees, BesideName.mark)]),
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
      if request.replicate {
        patterns.append(
          zfs(
            [.word("send"), flags, .word("-i"), .snapshot(trees), .snapshot(tree)],
            filters: packers(request).map(\.packing)))
      }
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
    let above = request.target.ancestors
    let receive: [Part] =
      [.word("receive"), .word("-s"), .word("-u")] + (replaces ? [.word("-F")] : [])
    let properties = properties(request)
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
    patterns += moving(request, trees) + encrypting(request, trees)
    if trees.below {
      patterns.append(
        zfs([.word("create"), .word("-u"), .dataset(trees)]))
    }
    return patterns
  }

  /// What makes way or takes a place, and renames that are followed.
  private static func moving(_ request: ReplicationRequest, _ trees: CommandPattern.Trees)
    -> [CommandPattern]
  {
    var patterns: [CommandPattern] = []
    if request.replicate {
      patterns.append(zfs([.word("rename"), .dataset(trees), .dataset(trees)]))
    }
    guard request.fromScratch != .refuse, let parent = request.target.parent else {
      return patterns
    }
    let beside = Part.beside(trees, BesideName.mark)
    patterns += [
      zfs([.word("rename"), .dataset(trees), beside]),
      zfs([
        .word("list"), .word("-Hp"), .word("-d"), .word("1"), .word("-t"), .columns, .word("-o"),
        .columns, .dataset(.init([parent], below: false)),
      ]),
    ]
    guard request.fromScratch == .replace else { return patterns }
    let depth: [[Part]] = [[.word("-r")], [.word("-d"), .oneOf(["0", "1"])]]
    return patterns + [
      zfs([.word("rename"), beside, .dataset(trees)]),
      zfs(
        [.word("list"), .word("-Hp"), .any(depth), .word("-t"), .columns, .word("-o"), .columns]
          + [.any([[beside]])]),
      zfs(
        [.word("receive"), .word("-s"), .word("-u"), properties(request), beside],
        filters: packers(request).map(\.unpacking)),
      zfs([.word("receive"), .word("-A"), beside]),
      zfs([.word("destroy"), beside]), zfs([.word("destroy"), .besides(trees, BesideName.mark)]),
    ]
  }

  private static func encrypting(_ request: ReplicationRequest, _ trees: CommandPattern.Trees)
    -> [CommandPattern]
  {
    guard case .own(let key) = request.encryption else { return [] }
    return [
      zfs([.word("load-key"), .word("-L"), .word("prompt"), .dataset(trees)]),
      zfs([.word("set"), .word("keylocation=prompt"), .dataset(trees)]),
    ]
      + KeyDelivery.scripts.map { script in
        CommandPattern(
          "sh",
          [.word("-c"), .word(script), .word("sh"), file("", key, of: request)])
      }
  }

  /// A word that ends with the path of a key's file.
  private static func file(_ start: String, _ key: DatasetKey, of request: ReplicationRequest)
    -> Part
  {
    guard let path = key.location else {
      return .keyFile(
        start + KeyDelivery.drop(task: request.task, target: request.target))
    }
    return .word(start + path)
  }

  /// What a receive may leave out and set.
  private static func properties(_ request: ReplicationRequest) -> Part {
    var excluded =
      request.propertiesExclude + ["mountpoint", "sharenfs", "sharesmb", "readonly"]
    var set = request.propertiesOverride.map { "\($0.key)=\($0.value)" }.sorted() + ["readonly=on"]
    if request.encryption != .asSource { excluded.append("encryption") }
    var location: [[Part]] = []
    if case .own(let key) = request.encryption {
      set += ["encryption=on", "keyformat=\(key.format.property)"]
      location = [[.word("-o"), file("keylocation=file://", key, of: request)]]
    }
    return .any([[.word("-x"), .oneOf(excluded)], [.word("-o"), .oneOf(set)]] + location)
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
