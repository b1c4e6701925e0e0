public import ReplicationModel

extension ConflictCase {
  /// How many snapshots one command destroys: a command line has its limits.
  static let batch = 100

  /// A conflict with all that may be decided, from what both sides held in the plan's look and from a
  /// close look at its target. What is put aside is named by the day and the task.
  public init(
    _ conflict: Conflict, of task: String, source: Inventory, target: Inventory, ties: TargetTies,
    day: CivilTime
  ) {
    let maker = ResolutionMaker(
      conflict: conflict, task: task, source: source[conflict.source],
      target: target[conflict.target], ties: ties, day: day)
    self.init(conflict: conflict, resolutions: conflict.choices.map(maker.resolution))
  }
}

/// What each choice comes to for one conflict.
private struct ResolutionMaker {
  let conflict: Conflict
  let task: String
  let source: DatasetState?
  let target: DatasetState?
  let ties: TargetTies
  let day: CivilTime

  func resolution(_ choice: Conflict.Choice) -> Resolution {
    var resolution = Resolution(
      choice: choice, code: conflict.code, source: conflict.source, target: conflict.target,
      targetGUID: target?.guid, resumeToken: target?.resumeToken)
    switch choice {
    case .skip: resolution.acts = [.exclude(conflict.source)]
    case .rollback: rollBack(&resolution)
    case .keepAside: putAside(&resolution)
    case .full:
      if conflict.code == .deadResumeToken {
        resolution.acts = [.abortReceive]
        resolution.loses.partial = true
      } else {
        putAside(&resolution)
        // The old copy stays until the new one is there, so both have to fit.
        if let source, let target, source.used > target.available {
          resolution.obstacle = .noSpace(needs: source.used, available: target.available)
        }
      }
    }
    return resolution
  }

  private func rollBack(_ resolution: inout Resolution) {
    guard let base = conflict.base,
      let index = ties.snapshots.firstIndex(where: { $0.snapshot.guid == base.guid })
    else { return }
    let newer = Array(ties.snapshots[(index + 1)...])
    let marks = (target?.bookmarks ?? []).filter { $0.createtxg > base.createtxg }
    resolution.loses.snapshots = newer.map(\.snapshot)
    resolution.loses.bookmarks = marks
    resolution.loses.bytes = newer.reduce(target?.written ?? 0) { $0 &+ $1.written }
    let held = newer.filter { $0.holds > 0 }.map(\.snapshot.name)
    let clones = newer.flatMap(\.clones)
    if !held.isEmpty {
      resolution.obstacle = .held(held)
    } else if !clones.isEmpty {
      resolution.obstacle = .cloned(clones)
    }
    // The newest go first: whatever is cut in the middle leaves a shorter line, and no gap in it.
    var rest = newer.map(\.snapshot)[...]
    while !rest.isEmpty {
      resolution.acts.append(.destroySnapshots(Array(rest.suffix(ConflictCase.batch))))
      rest = rest.dropLast(ConflictCase.batch)
    }
    resolution.acts += marks.map { .destroyBookmark($0) }
    resolution.acts.append(.rollback(to: base))
  }

  private func putAside(_ resolution: inout Resolution) {
    resolution.moves = ties.tree.filter { $0 != conflict.target }
    guard
      let aside = BesideName.aside(
        for: conflict.target, task: task, on: day, beside: ties.neighbours)
    else {
      resolution.obstacle = .nameTooLong
      return
    }
    resolution.acts = [.rename(to: aside)]
  }
}
