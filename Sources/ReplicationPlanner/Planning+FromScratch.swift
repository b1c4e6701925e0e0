internal import ReplicationModel

extension Planning {
  /// Where a dataset's copy is, or comes together.
  func place(of member: DatasetName) -> DatasetName {
    let name = mapping.target(of: member)
    guard let stand = replaced(name) else { return name }
    return DatasetName(trusted: stand.standIn.text + name.text.dropFirst(stand.target.text.count))
  }

  /// The replacement that a place is part of, as long as the new copy is not there.
  func replaced(_ name: DatasetName) -> Replacement? {
    plan.replacements.first { !$0.isInPlace && name.isWithin($0.target) }
  }

  /// Where source and copy have nothing in common, does what the task's `allow_from_scratch` says; else
  /// nothing.
  mutating func makeWay(_ member: DatasetState, _ selected: [Int]) {
    let name = mapping.target(of: member.name)
    guard let way, request.restoration == nil, name.parent != nil, replaced(name) == nil else {
      return
    }
    switch request.fromScratch {
    case .refuse: return
    case .keepAside:
      guard let state = target[name], isUnrelated(member, state, selected) else { return }
      putAside(state, way)
    case .replace: replace(member, name, selected)
    }
  }

  /// Whether the copy is one that nothing can be added to, though there is something to send.
  private func isUnrelated(_ member: DatasetState, _ state: DatasetState, _ selected: [Int])
    -> Bool
  {
    guard !selected.isEmpty, state.kind == member.kind, state.resumeToken == nil,
      base(member, state, nil) == nil
    else { return false }
    // An empty one is filled where it is.
    return !state.snapshots.isEmpty || state.isEmpty != true
  }

  private mutating func putAside(_ state: DatasetState, _ way: MakingWay) {
    let taken = way.neighbours.union(target.names)
    guard
      let aside = BesideName.aside(
        for: state.name, task: request.task, on: way.day, beside: taken)
    else { return }
    let tree = target.tree(state.name).map(\.name)
    plan.asides.append(
      Move(
        from: state.name, guid: state.guid, to: aside, below: tree.filter { $0 != state.name }))
    for name in tree { target[name] = nil }
  }

  private mutating func replace(
    _ member: DatasetState, _ name: DatasetName, _ selected: [Int]
  ) {
    guard let standIn = BesideName.standIn(for: name, task: request.task) else { return }
    let moved = movedAway(from: name)
    guard let state = target[name] else {
      // The old copy has made way, and the run was cut before the new one took its place.
      guard target[standIn] != nil else { return }
      plan.replacements.append(
        Replacement(
          source: member.name, target: name, standIn: standIn, old: moved, isInPlace: false))
      return
    }
    if base(member, state, nil) != nil {
      guard let moved else { return }
      plan.replacements.append(
        Replacement(
          source: member.name, target: name, standIn: standIn, old: moved, isInPlace: true))
      return
    }
    guard isUnrelated(member, state, selected), let old = BesideName.old(name, state.guid) else {
      return
    }
    let tree = target.tree(name)
    // What the new copy would not have again is no old copy: nothing of it may go.
    if let other = tree.first(where: { !comes(again: $0.name) }) {
      warn("from_scratch.keeps", name.text, detail: other.name.text)
      return
    }
    plan.replacements.append(
      Replacement(
        source: member.name, target: name, standIn: standIn,
        old: .init(
          guid: state.guid, name: old, hasMoved: false, loses: Replacement.losses(tree, name)),
        isInPlace: false))
  }

  /// The old copy that a cut run has moved away from a place: known by its own GUID in its name.
  private func movedAway(from name: DatasetName) -> Replacement.Old? {
    guard let state = olds.first(where: { $0.name == BesideName.old(name, $0.guid) }) else {
      return nil
    }
    return .init(
      guid: state.guid, name: state.name, hasMoved: true,
      loses: Replacement.losses(target.tree(state.name), state.name))
  }

  private func comes(again name: DatasetName) -> Bool {
    guard let source = mapping.source(of: name), let member = members[source] else { return false }
    return member.snapshots.contains { isSelected($0.name) }
  }

  /// Says of each new copy whether anything is missing in it, once all datasets are decided.
  mutating func decideReplacements() {
    for index in plan.replacements.indices {
      let replacement = plan.replacements[index]
      let place = replacement.isInPlace ? replacement.target : replacement.standIn
      let isThere = target[place]?.snapshots.isEmpty == false
      let isMissing = plan.steps.contains { $0.target.isWithin(place) }
      let isInTheWay = plan.conflicts.contains { $0.source.isWithin(replacement.source) }
      plan.replacements[index].isReady = isThere && !isMissing && !isInTheWay
    }
  }
}
