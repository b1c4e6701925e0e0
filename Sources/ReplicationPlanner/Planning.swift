internal import ReplicationModel

/// One act of planning: the parts of the answer as they come together, parents first.
struct Planning {
  let request: ReplicationRequest
  let source: Inventory
  /// Without what is put aside.
  var target: Inventory
  let tokens: [DatasetName: TokenFacts]
  /// Sources whose copies ZFS refused to add to when it was last tried.
  let refusals: Set<DatasetName>
  let mapping: SourceMapping
  let isSelected: (String) -> Bool
  private var selection = NameMemo<Bool>()
  let rules: RetentionRules
  let way: MakingWay?
  /// Old copies that have made way, of any place.
  let olds: [DatasetState]
  /// The datasets of the task.
  var members: [DatasetName: DatasetState] = [:]
  var plan: Plan
  /// Datasets that stay as they are, because they need a decision.
  var leftOut: Set<DatasetName> = []
  /// Targets that will exist when their turn comes.
  var coming: Set<DatasetName> = []

  init(
    request: ReplicationRequest, source: Inventory, target: Inventory,
    tokens: [DatasetName: TokenFacts], refusals: Set<DatasetName>, way: MakingWay?, zone: Zone
  ) {
    self.request = request
    self.source = source
    self.target = target
    self.tokens = tokens
    self.refusals = refusals
    self.way = way
    let isReplacing = request.fromScratch == .replace
    olds = isReplacing ? target.names.filter(BesideName.isBeside).compactMap { target[$0] } : []
    mapping = SourceMapping(sources: request.sources, target: request.target)
    isSelected = request.selection.matcher(zone: zone)
    rules = RetentionRules(request.retention, request.selection, zone: zone)
    plan = Plan(task: request.task, direction: request.direction)
  }

  mutating func run() {
    let members = remaining(allMembers())
    self.members = Dictionary(members.map { ($0.name, $0) }) { _, last in last }
    if reportOverlap(members) { return }
    for root in request.sources where source[root] == nil {
      conflict(.sourceMissing, root)
    }
    if reportMissingSnapshot() { return }
    for member in inOrder(members) { decide(member) }
    decideReplacements()
    packStreams()
    linkStreams()
  }

  /// A raw stream is encrypted, and no packer makes that smaller: it goes as it is, and the plan says so.
  private mutating func packStreams() {
    guard let compression = request.compression else { return }
    let packer = Packer(compression)
    for index in plan.steps.indices where !plan.steps[index].raw {
      plan.steps[index].pack(with: packer)
    }
    for step in plan.steps where step.raw { warn("raw_not_packed", step.source.text) }
  }

  /// Streams that travel in the clear are told of before each run that sends any.
  private mutating func linkStreams() {
    guard let netcat = request.netcat, !plan.steps.isEmpty else { return }
    for index in plan.steps.indices {
      plan.steps[index].send.link = Command.Link(netcat, .after)
      plan.steps[index].receive.link = Command.Link(netcat, .before)
    }
    warn("unencrypted", request.task)
  }

  /// Whether a restore names a snapshot that the copy has not, which is then no restore at all.
  private mutating func reportMissingSnapshot() -> Bool {
    guard let name = request.restoration?.upTo,
      let root = request.sources.first.flatMap({ source[$0] }),
      !root.snapshots.contains(where: { $0.name == name })
    else { return false }
    conflict(.noMatchingSnapshots, root.name, detail: "\(root.snapshots.count)")
    return true
  }

  /// The datasets of the task, each once, parents first.
  private func allMembers() -> [DatasetState] {
    let excluded = request.exclude.map(DatasetPattern.init)
    var members: [DatasetState] = []
    var names: Set<DatasetName> = []
    for root in request.sources {
      let tree = request.recursive ? source.tree(root) : [source[root]].compactMap { $0 }
      for state in tree {
        let name = request.patternName(of: state.name)
        if request.recursive, excluded.contains(where: { $0.matches(name) }) { continue }
        if names.insert(state.name).inserted { members.append(state) }
      }
    }
    return request.sources.count == 1 ? members : members.sorted { $0.name < $1.name }
  }

  /// Without what is left out, what stands below it, and clones that would be made from it.
  private mutating func remaining(_ members: [DatasetState]) -> [DatasetState] {
    guard !leftOut.isEmpty else { return members }
    var (out, rest) = (leftOut, members)
    while true {
      let gone = out
      rest.removeAll { gone.contains($0.name) || !gone.isDisjoint(with: $0.name.ancestors) }
      let left = Set(members.map(\.name)).subtracting(rest.map(\.name))
      let clones = rest.filter { member in
        request.replicate && target[mapping.target(of: member.name)] == nil
          && originName(of: member).map(left.contains) == true
      }
      for clone in clones { warn("origin_left_out", clone.name.text) }
      if clones.isEmpty { return rest }
      out.formUnion(clones.map(\.name))
    }
  }

  /// The same GUID on both sides is the same dataset: this machine, even when it was reached over SSH.
  private mutating func reportOverlap(_ members: [DatasetState]) -> Bool {
    let ours = Dictionary(
      members.map { ($0.guid, $0.name) }, uniquingKeysWith: { first, _ in first })
    // Ancestors of a target that is missing count: it would be made inside the source.
    let places = target.names.filter {
      $0.isWithin(request.target) || request.target.isWithin($0)
    }
    for place in places {
      guard let state = target[place], let same = ours[state.guid] else { continue }
      // A target above the source is listed with the source in it, which is just as bad.
      plan.conflicts.append(
        Conflict(code: .overlap, source: same, target: place, detail: same.text))
      return true
    }
    return false
  }

  /// A snapshot that is only remembered by a bookmark on the source counts too.
  private func newestCommon(_ member: DatasetState, _ state: DatasetState?) -> Instant? {
    guard let state else { return nil }
    let snapshot = member.snapshots.newest(heldBy: state).map { member.snapshots[$0].creation }
    let bookmark = member.bookmarks.newest(heldBy: state).map { member.bookmarks[$0].creation }
    return [snapshot, bookmark].compactMap { $0 }.max()
  }

  private mutating func decide(_ member: DatasetState) {
    let selected = selected(of: member)
    followRename(member)
    if way != nil { makeWay(member, rules.worthSending(member.snapshots, selected)) }
    let name = place(of: member.name)
    plan.mapping.append(
      Mapping(
        source: member.name, target: name, kind: member.kind, targetExists: target[name] != nil,
        matching: selected.count, total: member.snapshots.count,
        newestCommon: newestCommon(member, target[name])))
    if let place = otherPlace(of: member, not: name) {
      conflict(.copyElsewhere, member.name, detail: place.text)
      return
    }
    if let state = target[name] {
      coming.insert(name)
      decideExisting(member, state, selected)
    } else {
      decideMissing(member, name, rules.worthSending(member.snapshots, selected))
    }
  }

  /// Where a source's copy is, if the task had other sources when it made it: a source that is added or
  /// taken away maps the others elsewhere, and everything would be sent again (engine.md, B13).
  private func otherPlace(of member: DatasetState, not name: DatasetName) -> DatasetName? {
    guard request.sources.contains(member.name),
      target[name].flatMap({ base(member, $0, nil) }) == nil
    else { return nil }
    let path = member.name.components
    let places = (0...path.count).map { count in
      DatasetName(
        trusted: (request.target.components + path.suffix(count)).joined(separator: "/"))
    }
    return places.first { place in target[place].flatMap { base(member, $0, nil) } != nil }
  }

  /// The snapshots that are wanted, by their indices; of a restore those up to the one it names.
  mutating func selected(of member: DatasetState) -> [Int] {
    let selected = member.snapshots.indices.filter {
      selection.value(of: member.snapshots[$0].name, isSelected)
    }
    guard let name = request.restoration?.upTo else { return selected }
    if let last = member.snapshots.firstIndex(where: { $0.name == name }) {
      return selected.filter { $0 <= last }
    }
    // What lies below may have been without it: then what it had at that time.
    let root = request.sources.first.flatMap { source[$0] }
    guard let moment = root?.snapshots.first(where: { $0.name == name })?.creation
    else { return [] }
    return selected.filter { member.snapshots[$0].creation <= moment }
  }

  private mutating func decideMissing(
    _ member: DatasetState, _ name: DatasetName, _ selected: [Int]
  ) {
    guard !selected.isEmpty else {
      if request.sources.contains(member.name) {
        conflict(.noMatchingSnapshots, member.name, detail: "\(member.snapshots.count)")
      } else {
        warn("no_matching_snapshots", member.name.text)
      }
      return
    }
    guard prepareParent(of: name, for: member) else { return }
    coming.insert(name)
    appendSteps(member, name, selected, from: nil, replaces: false)
  }

  /// Whether the parent is there or will be; plans to make what is missing above a source's own target.
  private mutating func prepareParent(of name: DatasetName, for member: DatasetState) -> Bool {
    guard let parent = name.parent else {
      conflict(.targetPoolMissing, member.name)
      return false
    }
    if let state = target[parent] { return mayStand(member, below: state) }
    if coming.contains(parent) { return mayStand(member, belowComing: parent) }
    guard request.sources.contains(member.name) else {
      warn("parent_left_out", member.name.text)
      return false
    }
    var missing: [DatasetName] = []
    var place: DatasetName? = parent
    while let current = place, target[current] == nil, !coming.contains(current) {
      missing.append(current)
      place = current.parent
    }
    guard let existing = place else {
      conflict(.targetPoolMissing, member.name)
      return false
    }
    if let state = target[existing], !mayStand(member, below: state) { return false }
    plan.creates += missing.reversed()
    coming.formUnion(missing)
    return true
  }

  mutating func conflict(_ code: Conflict.Code, _ member: DatasetName, detail: String = "") {
    let name = place(of: member)
    var shared: Snapshot?
    if let member = source[member], let state = target[name] {
      let base = base(member, state, nil)
      shared = state.snapshots.first { $0.guid == base?.guid }
    }
    plan.conflicts.append(
      Conflict(
        code: code, source: member, target: name, detail: detail,
        choices: choices(of: code, member), base: shared,
        sourceTimeline: source[member]?.snapshots ?? [],
        targetTimeline: target[name]?.snapshots ?? []))
  }

  /// What may be decided: only what can be done to this dataset.
  private func choices(of code: Conflict.Code, _ member: DatasetName) -> [Conflict.Choice] {
    let name = place(of: member)
    let wanted: [Conflict.Choice] =
      switch code {
      case .targetHasNewerSnapshots, .targetModified: [.rollback, .keepAside, .skip]
      case .noCommonBase, .targetHasForeignData: [.keepAside, .full, .skip]
      case .typeMismatch: [.keepAside, .skip]
      // A new copy would stand below the same parent, which may be what does not fit.
      case .targetNotReadonly, .targetPoolMissing, .sourceEncrypted, .parentEncrypted,
        .parentNotEncrypted, .keyNotLoaded:
        [.skip]
      case .encryption, .targetNotEncrypted:
        target[name] == nil ? [.skip] : [.keepAside, .skip]
      case .deadResumeToken: [.full, .skip]
      case .sourceMissing, .noMatchingSnapshots, .overlap, .copyElsewhere: []
      }
    return wanted.filter { choice in
      switch choice {
      // Without a source of its own a task would map the others elsewhere (engine.md, B13).
      case .skip: request.recursive && !request.sources.contains(member)
      // A pool has no other name.
      case .keepAside: name.parent != nil
      case .full: name.parent != nil || code == .deadResumeToken
      case .rollback: true
      }
    }
  }

  mutating func warn(_ code: String, _ subject: String, detail: String = "") {
    let warning = PlanWarning(code: code, subject: subject, detail: detail)
    if !plan.warnings.contains(warning) { plan.warnings.append(warning) }
  }
}
