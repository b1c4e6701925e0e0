internal import ReplicationModel
internal import ReplicationPlanner
internal import ZFSText

/// One run: survey and plan, execute, and again after what passes by itself.
actor Run {
  let job: Replication
  let id: RunID
  let telling: RunTelling
  let started: Double
  var meter = ProgressMeter()
  var budget: RetryBudget
  /// Bytes that packed streams took on their way; nil where none was packed.
  var packed: UInt64?
  /// What packs the streams, once this run has measured it: nil inside for none.
  var adaptive: Packer??
  /// Snapshots that arrived and were verified.
  var snapshots = 0
  /// Snapshots that retention let go, on both sides.
  var destroyed = 0
  /// Copies that a new one has taken the place of.
  var replaced = 0
  /// Sources that failed for good, with the reason; their turn does not come again in this run.
  var givenUp: [DatasetName: RunFailure] = [:]
  /// What the streams of this attempt will come to, with those that ended before.
  var expected: UInt64?
  /// Resume tokens that ZFS refused to go on with.
  var refusedTokens: Set<String> = []
  /// What the target held when it was last looked at.
  private var held: Holdings?
  /// What this run has closed, until it is opened again.
  var sealed: [Seal] = []
  /// A missing right is told once; the other datasets' bookmarks would fail as this one did.
  var mayBookmark = true
  /// Whether bookmarks are known to work here; until then they are made one by one.
  var hasBookmarked = false
  /// Datasets whose streams have ended, and that were not looked for on the target yet.
  var arrivals: [Arrival] = []
  /// Looks for those that came before.
  var settling: Task<Void, Never>?
  /// What it came upon.
  var unsettled: Trouble?

  init(_ job: Replication, id: RunID, onEvent: @escaping @Sendable (RunEvent) -> Void) {
    self.job = job
    self.id = id
    telling = RunTelling(records: job.records, clock: job.clock, id: id, onEvent: onEvent)
    started = job.clock.uptime()
    budget = RetryBudget(job.policy, now: started)
  }

  func toTheEnd() async -> RunSummary {
    tell(.started(task: job.request.task))
    let summary = await attempts()
    await unseal(after: summary.outcome)
    return summary
  }

  private func attempts() async -> RunSummary {
    while true {
      do {
        return try await attempt()
      } catch {
        if let summary = await afterTrouble(error) { return summary }
      }
    }
  }

  /// Waits and returns nil where another attempt is worth it.
  private func afterTrouble(_ trouble: Trouble) async -> RunSummary? {
    if Task.isCancelled || trouble.failure.code == FailureCode.cancelled {
      return summary(.cancelled, RunFailure(code: FailureCode.cancelled, subject: job.request.task))
    }
    let heals = Self.healsByItself(trouble.failure.code)
    guard trouble.isTransient,
      let delay = budget.delay(after: job.clock.uptime(), heals: heals)
    else { return summary(snapshots > 0 ? .partial : .failed, trouble.failure) }
    tell(.retry(attempt: budget.attempt, reason: trouble.failure, inSeconds: delay))
    await job.clock.sleep(seconds: delay)
    if Task.isCancelled {
      return summary(.cancelled, RunFailure(code: FailureCode.cancelled, subject: job.request.task))
    }
    return nil
  }

  /// What only time mends: the link, and a receiver that is still writing what it got.
  private static func healsByItself(_ code: String) -> Bool {
    code.hasPrefix("connect") || code == "resolve" || code == "banner" || code == "channel"
      || code == "stalled" || code == "zfs.partially_received" || code == "zfs.busy"
      || code == "zfs.stream_unreadable" || code == "zfs.incomplete_stream"
      || code == "zfs.interrupted"
  }

  private func attempt() async throws(Trouble) -> RunSummary {
    var plan = try await freshPlan()
    if plan.conflicts.isEmpty, !plan.discards.isEmpty {
      try await discard(plan)
      // A dataset may have gone with what it had received, or not: only another look tells.
      plan = try await freshPlan()
      if let name = plan.discards.first {
        throw Trouble(
          RunFailure(code: ZFSFailure.tokenInvalid.rawValue, subject: name.text), isTransient: true)
      }
    }
    if plan.conflicts.isEmpty, !plan.seals.isEmpty {
      try await seal(plan)
      // What was empty may hold something now, which was on its way to the disk.
      plan = try await freshPlan()
      if let seal = plan.seals.first, plan.conflicts.isEmpty {
        throw Trouble(
          RunFailure(code: FailureCode.notSealed, subject: seal.target.text), isTransient: true)
      }
    }
    if plan.conflicts.isEmpty, !plan.moves.isEmpty {
      try await move(plan.moves)
      plan = try await freshPlan()
      if let move = plan.moves.first, plan.conflicts.isEmpty {
        throw Trouble(
          RunFailure(code: FailureCode.inTheWay, subject: move.from.text), isTransient: true)
      }
    }
    if let conflict = plan.conflicts.first { return refused(conflict) }
    let sources = Set(plan.steps.map(\.source))
    let left = plan.keepsakes.filter { !sources.contains($0.source) }
    plan.steps.removeAll { givenUp[$0.source] != nil }
    if !plan.steps.isEmpty || plan.keys != nil {
      expected = plan.bytes.map { $0 &+ meter.sent }
      try await executeWithKeys(plan)
    }
    for keepsake in left { await keep(keepsake, replacing: true) }
    if !plan.replacements.isEmpty {
      plan = try await replace(plan)
      if let conflict = plan.conflicts.first { return refused(conflict) }
    }
    return await finished(plan)
  }

  func freshPlan() async throws(Trouble) -> Plan {
    let query = RetentionQuery(
      now: job.clock.now(), afterSending: true, prunesSource: job.policy.prunesSource)
    var look = try await job.survey(refused: refusedTokens, query, remembers: true).look()
    if job.listings != nil, !look.plan.undecided.isEmpty {
      // What stands in the way is told by what is there now, and not by what was.
      look = try await job.survey(refused: refusedTokens, query).look()
    }
    let now = Holdings(look)
    if let held, held != now { budget.progressed(at: job.clock.uptime()) }
    held = now
    var plan = look.plan
    if job.policy.estimates, plan.steps.count <= Estimator.few {
      plan = await Estimator(source: job.source).fill(plan)
    }
    tell(.planned(plan))
    for warning in plan.warnings {
      tell(.warning(code: warning.code, subject: warning.subject, detail: warning.detail))
    }
    return plan
  }

  /// Nothing is sent where anything is in the way. A conflict that came up after something was sent
  /// leaves the run unfinished or failed, not refused.
  private func refused(_ conflict: Conflict) -> RunSummary {
    let failure = failure(of: conflict)
    if snapshots > 0 { return summary(.partial, failure) }
    return summary(meter.bytes == 0 ? .refused : .failed, failure)
  }

  private func failure(of conflict: Conflict) -> RunFailure {
    let ofSource: Set<Conflict.Code> = [.sourceMissing, .noMatchingSnapshots]
    let subject = ofSource.contains(conflict.code) ? conflict.source : conflict.target
    return RunFailure(
      code: conflict.code.rawValue, subject: subject.text, detail: conflict.detail)
  }

  private func finished(_ plan: Plan) async -> RunSummary {
    await setReadonly(plan.readonlyCommands)
    // Of a dataset that was not brought up to date nothing goes.
    var settled = plan
    settled.retention.shares.removeAll { givenUp[$0.source] != nil }
    var prune = Prune(job, telling, settled)
    await prune.run()
    destroyed += prune.destroyed
    if let failure = givenUp.min(by: { $0.key < $1.key })?.value {
      return summary(snapshots > 0 ? .partial : .failed, failure)
    }
    if prune.isCancelled {
      return summary(.cancelled, RunFailure(code: FailureCode.cancelled, subject: job.request.task))
    }
    if let failure = prune.failure { return summary(.partial, failure) }
    // A copy that waits for a decision is not up to date, however well the others are.
    if let conflict = plan.leftOut.first { return summary(.partial, failure(of: conflict)) }
    return summary(snapshots > 0 || replaced > 0 ? .done : .nothing, nil)
  }

  func summary(_ outcome: RunSummary.Outcome, _ failure: RunFailure?) -> RunSummary {
    RunSummary(
      outcome: outcome, sentBytes: meter.bytes, snapshots: snapshots, finished: job.clock.now(),
      seconds: job.clock.uptime() - started, error: failure, destroyed: destroyed,
      packedBytes: packed)
  }

  func tell(_ event: RunEvent) { telling.tell(event) }

  func log(_ line: String) { telling.log(line) }
}

/// What the target holds of what is being sent; more of it is progress.
private struct Holdings: Equatable {
  /// How many snapshots have arrived, and the sum of their GUIDs: ten thousand datasets have a million.
  private var arrived = 0
  private var sum: UInt64 = 0
  private var tokens: [DatasetName: String] = [:]

  init(_ look: Look) {
    for mapping in look.plan.mapping {
      guard let copy = look.target[mapping.target] else { continue }
      if let token = copy.resumeToken { tokens[copy.name] = token }
      let source = look.source[mapping.source]?.snapshots ?? []
      let areEqual =
        source.count == copy.snapshots.count
        && zip(source, copy.snapshots).allSatisfy { $0.guid == $1.guid }
      let ours = areEqual ? [] : Set(source.map(\.guid))
      for snapshot in copy.snapshots where areEqual || ours.contains(snapshot.guid) {
        arrived += 1
        sum &+= snapshot.guid.value
      }
    }
  }
}
