internal import ReplicationModel

// Full filesystem replication: each dataset by its own streams, as at any other time, but clones stay
// clones, and a dataset that was renamed on the source is renamed on the target. Never one stream for a
// whole tree, which is neither resumed nor refused in parts; and what was destroyed on the source stays.
extension Planning {
  /// Parents before children, and in a full replication origins before their clones.
  func inOrder(_ members: [DatasetState]) -> [DatasetState] {
    guard request.replicate, members.contains(where: { $0.origin != nil }) else { return members }
    var ordered: [DatasetState] = []
    var placed: Set<DatasetName> = []
    var rest = members
    func isReady(_ name: DatasetName?) -> Bool {
      guard let name, self.members[name] != nil else { return true }
      return placed.contains(name)
    }
    while !rest.isEmpty {
      var waiting: [DatasetState] = []
      for member in rest {
        if isReady(member.name.parent), isReady(originName(of: member)) {
          ordered.append(member)
          placed.insert(member.name)
        } else {
          waiting.append(member)
        }
      }
      // A parent may be a clone of its own child, after a promotion: it is then no clone on the target.
      if waiting.count == rest.count,
        let index = waiting.firstIndex(where: { isReady($0.name.parent) })
      {
        let member = waiting.remove(at: index)
        ordered.append(member)
        placed.insert(member.name)
      }
      rest = waiting
    }
    return ordered
  }

  func originName(of member: DatasetState) -> DatasetName? {
    member.origin.map { DatasetName(trusted: String($0.prefix { $0 != "@" })) }
  }

  /// The snapshot that a clone came from, where the task copies its dataset too.
  func origin(of member: DatasetState) -> (dataset: DatasetState, snapshot: Snapshot)? {
    guard request.replicate, let name = originName(of: member), let dataset = members[name],
      let part = member.origin?.dropFirst(name.text.count + 1),
      let snapshot = dataset.snapshots.first(where: { $0.name == part })
    else { return nil }
    return (dataset, snapshot)
  }

  /// The origin of a clone that the target has, or will have when the clone's turn comes; else the
  /// clone is sent in full, and that is told.
  mutating func originThere(of member: DatasetState) -> (dataset: DatasetState, snapshot: Snapshot)?
  {
    guard request.replicate, member.origin != nil else { return nil }
    if let origin = origin(of: member) {
      let name = origin.dataset.name
      let there = target[place(of: name)]?.snapshots.contains { $0.guid == origin.snapshot.guid }
      let steps = plan.steps.filter { $0.source == name }
      if there == true
        || arrivals(steps, origin.dataset).contains(where: { $0.guid == origin.snapshot.guid })
      {
        return origin
      }
    }
    warn("clone_in_full", member.name.text, detail: member.origin ?? "")
    return nil
  }

  /// Follows a rename: a copy whose source is gone, and which holds this dataset's snapshots, is the
  /// copy of this dataset.
  mutating func followRename(_ member: DatasetState) {
    let name = mapping.target(of: member.name)
    guard request.replicate, request.restoration == nil, target[name] == nil,
      let parent = name.parent, target[parent] != nil
    else { return }
    let copies = target.tree(request.target).filter { state in
      guard let gone = mapping.source(of: state.name), source[gone] == nil,
        !BesideName.isBeside(state.name)
      else { return false }
      return state.kind == member.kind && base(member, state, nil) != nil
    }
    // Two that fit are two histories: nobody can say which of them is meant.
    guard copies.count == 1, let copy = copies.first, !name.isWithin(copy.name) else { return }
    let tree = target.tree(copy.name)
    plan.renames.append(
      Move(
        from: copy.name, guid: copy.guid, to: name,
        below: tree.map(\.name).filter { $0 != copy.name }))
    for state in tree {
      var moved = state
      moved.name = DatasetName(trusted: name.text + state.name.text.dropFirst(copy.name.text.count))
      target[state.name] = nil
      target[moved.name] = moved
    }
  }
}
