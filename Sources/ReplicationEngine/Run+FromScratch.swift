internal import ReplicationModel
internal import ReplicationPlanner
internal import ZFSText

extension Run {
  /// Gives copies another name: those without a base, and those whose source was renamed. Nothing of
  /// them is destroyed.
  func move(_ moves: [Move]) async throws(Trouble) {
    for move in moves {
      try checkCancelled(job.request.task)
      try await rename(move.from, move.guid, to: move.to)
    }
  }

  /// Sees to it that the new copies are complete, and puts each where the old one was. What the old ones
  /// lose is what the first plan said; only then are they destroyed.
  ///
  /// Returns the plan that is left.
  func replace(_ first: Plan) async throws(Trouble) -> Plan {
    var plan = try await remainder()
    // What was taken on the source meanwhile is little; where it never ends, the next run goes on.
    for _ in 0..<10 where !plan.steps.isEmpty {
      try await executeWithKeys(plan)
      plan = try await remainder()
    }
    guard plan.conflicts.isEmpty, plan.steps.isEmpty else { return plan }
    var isChanged = false
    for replacement in plan.replacements {
      guard replacement.isReady,
        !givenUp.keys.contains(where: { $0.isWithin(replacement.source) }),
        let shown = first.replacements.first(where: { $0.target == replacement.target })
      else { continue }
      try checkCancelled(job.request.task)
      try await swap(replacement)
      isChanged = true
      if let old = replacement.old { try await destroy(old, shown: shown.old?.loses) }
    }
    return isChanged ? try await remainder() : plan
  }

  private func remainder() async throws(Trouble) -> Plan {
    var plan = try await freshPlan()
    plan.steps.removeAll { givenUp[$0.source] != nil }
    return plan
  }

  /// Two renames: the old copy makes way, and the new one takes its place. Each of them leaves what the
  /// next run finds again by its name.
  private func swap(_ replacement: Replacement) async throws(Trouble) {
    guard !replacement.isInPlace else { return }
    let new = try await state(of: replacement.standIn)
    if let old = replacement.old, !old.hasMoved {
      try await rename(replacement.target, old.guid, to: old.name)
    }
    guard let new else { throw changed(replacement.standIn) }
    try await rename(replacement.standIn, new.guid, to: replacement.target)
    replaced += 1
  }

  /// Destroys an old copy by the names that were listed; one that holds anything else stays.
  private func destroy(_ old: Replacement.Old, shown: [Replacement.Loss]?) async throws(Trouble) {
    guard shown == old.loses, try await losses(of: old.name) == old.loses else {
      tell(.warning(code: FailureCode.oldLeft, subject: old.name.text, detail: ""))
      return
    }
    for command in old.commands {
      log(command.shellText)
      let result = try await run(command, on: job.target)
      guard result.succeeded else {
        tell(.warning(code: FailureCode.oldLeft, subject: old.name.text, detail: result.errors))
        return
      }
    }
    destroyed += old.loses.reduce(0) { $0 + $1.snapshots.count }
  }

  /// Renames the very dataset that was looked at, and looks again.
  private func rename(_ name: DatasetName, _ guid: GUID, to other: DatasetName)
    async throws(Trouble)
  {
    guard try await state(of: name)?.guid == guid else { throw changed(name) }
    try await must(.rename(name, to: other), on: job.target)
    guard try await state(of: other)?.guid == guid else { throw changed(name) }
  }

  private func changed(_ name: DatasetName) -> Trouble {
    Trouble(RunFailure(code: FailureCode.inTheWay, subject: name.text), isTransient: true)
  }

  /// A dataset of the target as it is now, without its snapshots.
  private func state(of name: DatasetName) async throws(Trouble) -> DatasetState? {
    try await states(of: name, recursive: false).first
  }

  private func states(of name: DatasetName, recursive: Bool) async throws(Trouble)
    -> [DatasetState]
  {
    let result = try await run(Listing.datasets([name], recursive: recursive), on: job.target)
    guard result.succeeded else {
      guard ZFSFailure.missingDatasets(result.errors).isEmpty else { return [] }
      throw Trouble(result, subject: name.text)
    }
    do { return try ListingText.datasets(result.output) } catch { throw unreadable(error) }
  }

  private func losses(of root: DatasetName) async throws(Trouble) -> [Replacement.Loss] {
    let states = try await states(of: root, recursive: true)
    let result = try await run(Listing.snapshots([root], recursive: true), on: job.target)
    guard result.succeeded else { throw Trouble(result, subject: root.text) }
    do {
      return Replacement.losses(
        try ListingText.add(snapshots: result.output, to: states).tree(root), root)
    } catch { throw unreadable(error) }
  }

  private func unreadable(_ problem: ListingProblem) -> Trouble {
    Trouble(
      RunFailure(code: FailureCode.listing, subject: job.target.label, detail: problem.line),
      isTransient: false)
  }
}
