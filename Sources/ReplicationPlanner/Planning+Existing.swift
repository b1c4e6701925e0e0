internal import ReplicationModel

extension Planning {
  /// A target that is there: resume, go on from a common base, fill an empty one, or say what is in the way.
  mutating func decideExisting(_ member: DatasetState, _ state: DatasetState, _ selected: [Int]) {
    guard state.kind == member.kind else {
      conflict(.typeMismatch, member.name, detail: state.kind.rawValue)
      return
    }
    if request.readonly == .require, !state.isReadonly {
      conflict(.targetNotReadonly, member.name)
      return
    }
    makeReadonly(member, state)
    settleKey(member, state)
    guard let token = state.resumeToken else {
      goOn(member, state, selected, arrived: nil)
      return
    }
    let facts = tokens[state.name]
    let coming = member.snapshots.first { $0.guid == facts?.toGUID }
    if let facts, let coming, canResume(facts, member) {
      // The first raw stream of a dataset is cut before anything could differ.
      let isFirst = member.isEncrypted && state.snapshots.isEmpty
      guard !hasMovedOn(member, state), isFirst || matches(member, state) else { return }
      resume(member, state, token, to: coming)
      goOn(member, state, selected, arrived: coming)
      return
    }
    // What was being received can no longer be sent. Where it was ours, giving it up loses nothing
    // that any snapshot holds (engine.md, B19).
    guard let facts, coming != nil || facts.toName.hasPrefix(member.name.text + "@") else {
      conflict(.deadResumeToken, member.name, detail: facts?.toName ?? "")
      return
    }
    plan.discards.append(state.name)
    if state.snapshots.isEmpty {
      // The dataset itself is only what had arrived; it goes with it.
      let wanted = rules.worthSending(member.snapshots, selected)
      guard !wanted.isEmpty else { return }
      appendSteps(member, state.name, wanted, from: nil, replaces: false)
    } else {
      goOn(member, state, selected, arrived: nil)
    }
  }

  /// A stream that is gone on with needs its base on the source as well: as a snapshot, or its bookmark.
  private func canResume(_ facts: TokenFacts, _ member: DatasetState) -> Bool {
    guard !facts.isRefused else { return false }
    guard let from = facts.fromGUID else { return true }
    return member.snapshots.contains { $0.guid == from }
      || origin(of: member)?.snapshot.guid == from
      || member.bookmarks.contains { $0.guid == from }
  }

  /// Whether the target went its own way since the receive was cut, which would then fail at its end.
  private mutating func hasMovedOn(_ member: DatasetState, _ state: DatasetState) -> Bool {
    guard let base = base(member, state, nil) else { return false }
    let newer = newerSnapshots(member, state, base)
    if !newer.isEmpty {
      conflict(.targetHasNewerSnapshots, member.name, detail: names(newer))
      return true
    }
    return isModified(member, state)
  }

  /// ZFS counts its own bookkeeping as written, so of what is read-only only its refusal tells that somebody
  /// changed it before it was closed. To try costs nothing: without `-F` a receive overwrites nothing.
  private mutating func isModified(_ member: DatasetState, _ state: DatasetState) -> Bool {
    let isSuspect = !state.isReadonly || refusals.contains(member.name)
    guard state.written > 0, isSuspect else { return false }
    conflict(.targetModified, member.name, detail: "\(state.written)")
    return true
  }

  private mutating func goOn(
    _ member: DatasetState, _ state: DatasetState, _ selected: [Int], arrived: Snapshot?
  ) {
    guard let base = base(member, state, arrived) else {
      begin(member, state, rules.worthSending(member.snapshots, selected))
      return
    }
    // Only of what is newer it is asked whether it is worth sending: reading names takes its time.
    let wanted = rules.worthSending(
      member.snapshots, selected.filter { member.snapshots[$0].createtxg > base.createtxg })
    let newer = newerSnapshots(member, state, base)
    if arrived == nil, !wanted.isEmpty, !matches(member, state) { return }
    guard !wanted.isEmpty else {
      if !newer.isEmpty {
        warn("target_has_newer_snapshots", state.name.text, detail: names(newer))
      } else if arrived == nil, state.written > 0, !state.isReadonly {
        warn("target_modified", state.name.text, detail: "\(state.written)")
      }
      // A run that was killed may have come as far as this, and not to its bookmark.
      if arrived == nil, let held = member.snapshots.last(where: { $0.guid == base.guid }) {
        keep([held], member)
      }
      return
    }
    guard newer.isEmpty else {
      conflict(.targetHasNewerSnapshots, member.name, detail: names(newer))
      return
    }
    if arrived == nil, isModified(member, state) { return }
    appendSteps(member, state.name, wanted, from: base, replaces: false)
  }

  /// No common base: fine only where the target holds nothing at all.
  private mutating func begin(
    _ member: DatasetState, _ state: DatasetState, _ selected: [Int]
  ) {
    guard state.snapshots.isEmpty else {
      conflict(.noCommonBase, member.name)
      return
    }
    guard !selected.isEmpty else {
      if request.sources.contains(member.name) {
        conflict(.noMatchingSnapshots, member.name, detail: "\(member.snapshots.count)")
      } else {
        warn("no_matching_snapshots", member.name.text)
      }
      return
    }
    guard state.isEmpty == true else {
      conflict(.targetHasForeignData, member.name, detail: "\(state.referenced)")
      return
    }
    guard mayBeFilled(member, state) else { return }
    plan.replaces.append(state.name)
    if !state.isReadonly { plan.seals.append(seal(member, state)) }
    appendSteps(member, state.name, selected, from: nil, replaces: true)
  }

  private func seal(_ member: DatasetState, _ state: DatasetState) -> Seal {
    let name = state.name.text
    let getsItsOwn = request.propertiesOverride["readonly"] != nil
    let isTop = request.sources.contains(member.name)
    // Below the top a task that sets read-only lets all inherit it.
    let wasSet = state.readonlyIsLocal && (request.readonly != .set || isTop)
    return Seal(
      target: state.name, close: .zfs("set", "readonly=on", name),
      open: wasSet ? .zfs("set", "readonly=off", name) : .zfs("inherit", "readonly", name),
      stays: getsItsOwn || (request.readonly == .set && isTop))
  }

  /// The newest point of the source's history that the target holds; a snapshot rather than its bookmark.
  func base(_ member: DatasetState, _ state: DatasetState, _ arrived: Snapshot?)
    -> Point?
  {
    if let arrived { return Point(arrived) }
    let snapshot = member.snapshots.newest(heldBy: state).map { Point(member.snapshots[$0]) }
    let bookmark = member.bookmarks.newest(heldBy: state).map { Point(member.bookmarks[$0]) }
    guard let snapshot, let bookmark else { return snapshot ?? bookmark }
    return bookmark.createtxg > snapshot.createtxg ? bookmark : snapshot
  }

  /// What an increment from the base would have to roll back.
  private func newerSnapshots(
    _ member: DatasetState, _ state: DatasetState, _ base: Point
  ) -> [Snapshot] {
    guard let index = state.snapshots.lastIndex(where: { $0.guid == base.guid }) else { return [] }
    return Array(state.snapshots[(index + 1)...])
  }

  private mutating func makeReadonly(_ member: DatasetState, _ state: DatasetState) {
    // What the task sets on purpose stays as it sets it. What was written to stays open: closed, it would
    // pass for unchanged, and once there is something to send nobody would be asked.
    guard request.readonly == .set, !state.isReadonly,
      request.propertiesOverride["readonly"] == nil,
      state.written == 0 || state.snapshots.isEmpty
    else { return }
    if request.sources.contains(member.name) {
      plan.readonlyCommands.append(.zfs("set", "readonly=on", state.name.text))
    } else if state.readonlyIsLocal {
      plan.readonlyCommands.append(.zfs("inherit", "readonly", state.name.text))
    }
  }

  private func names(_ snapshots: [Snapshot]) -> String {
    let shown = snapshots.prefix(5).map { "@" + $0.name }.joined(separator: ", ")
    return snapshots.count > 5 ? "\(shown) and \(snapshots.count - 5) more" : shown
  }
}

/// A point in a source's history that an increment can begin from.
struct Point {
  var name: String
  var guid: GUID
  var createtxg: UInt64
  var origin: Base.Origin

  init(_ snapshot: Snapshot) {
    name = snapshot.name
    guid = snapshot.guid
    createtxg = snapshot.createtxg
    origin = .snapshot
  }

  init(_ bookmark: Bookmark) {
    name = bookmark.name
    guid = bookmark.guid
    createtxg = bookmark.createtxg
    origin = .bookmark
  }

  var base: Base { Base(name: name, guid: guid, origin: origin) }
}
