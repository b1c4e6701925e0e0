internal import ReplicationModel
internal import ReplicationPlanner
internal import ZFSText

extension Run {
  /// Makes what is missing, then sends dataset by dataset. What ails one dataset for good leaves the
  /// others alone; what passes by itself ends the attempt, and the next one plans anew.
  func execute(_ plan: Plan) async throws(Trouble) {
    try checkCancelled(job.request.task)
    for name in plan.creates {
      try await must(.zfs("create", "-u", name.text), on: job.target, unless: .datasetExists)
    }
    try await decidePacking(plan)
    let estimating = estimateAll(plan)
    defer { estimating?.cancel() }
    do throws(Trouble) {
      try await sendAll(plan)
    } catch {
      // What arrived before that is sent for good all the same.
      try? await settle()
      throw error
    }
    try await settle()
  }

  private func sendAll(_ plan: Plan) async throws(Trouble) {
    let keepsakes = Keepsakes(plan)
    var index = 0
    while index < plan.steps.count {
      let source = plan.steps[index].source
      var end = index
      while end < plan.steps.count, plan.steps[end].source == source { end += 1 }
      let steps = plan.steps[index..<end]
      if let failed = failedParent(of: steps[index], plan) {
        givenUp[source] = RunFailure(
          code: FailureCode.parentFailed, subject: source.text, detail: failed.text)
        tell(.warning(code: FailureCode.parentFailed, subject: source.text, detail: failed.text))
      } else {
        try await send(steps, of: plan, keepsakes)
      }
      try settleWhatIsDue()
      index = end
    }
  }

  /// Gives up what earlier receives have left and nobody can go on with, as the plan says.
  func discard(_ plan: Plan) async throws(Trouble) {
    try checkCancelled(job.request.task)
    for name in plan.discards {
      do throws(Trouble) {
        try await must(.zfs("receive", "-A", name.text), on: job.target)
      } catch {
        // Somebody else may have ended it meanwhile; another look tells.
        throw Trouble(error.failure, isTransient: true)
      }
    }
  }

  func checkCancelled(_ subject: String) throws(Trouble) {
    guard Task.isCancelled else { return }
    throw Trouble(RunFailure(code: FailureCode.cancelled, subject: subject), isTransient: false)
  }

  /// The dataset above a new one that could not be made; one that is there already holds nobody up.
  private func failedParent(of step: Step, _ plan: Plan) -> DatasetName? {
    guard step.kind == .full || step.origin != nil, !givenUp.isEmpty else { return nil }
    if let origin = step.origin, givenUp[origin] != nil { return origin }
    let there = Set(plan.mapping.filter(\.targetExists).map(\.source))
    return givenUp.keys.sorted().first {
      $0 != step.source && step.source.isWithin($0) && !there.contains($0)
    }
  }

  /// One dataset: planned, sending, verifying, done; or failed, which the next run goes on from.
  private func send(_ steps: ArraySlice<Step>, of plan: Plan, _ keepsakes: Keepsakes)
    async throws(Trouble)
  {
    guard let first = steps.first, let last = steps.last else { return }
    do throws(Trouble) {
      try record(first.source, "planned")
      for index in steps.indices {
        let step = packed(plan.steps[index])
        try await send(step, index, of: plan.steps.count)
        if index < steps.endIndex - 1, let keepsake = keepsakes[step] {
          await keep(keepsake, replacing: false)
        }
      }
      try record(first.source, "verifying")
      arrivals.append(
        Arrival(steps: Array(steps), keepsake: keepsakes[last], at: job.clock.uptime()))
    } catch {
      try failed(first.source, error)
    }
  }

  /// What ails one dataset for good leaves the others alone; all else ends the attempt.
  func failed(_ source: DatasetName, _ trouble: Trouble) throws(Trouble) {
    try? record(source, "failed")
    if trouble.isTransient || Task.isCancelled || trouble.failure.code == FailureCode.cancelled {
      throw trouble
    }
    let failure = trouble.failure
    givenUp[source] = failure
    tell(.warning(code: failure.code, subject: failure.subject, detail: failure.detail))
  }

  private func send(_ step: Step, _ index: Int, of count: Int) async throws(Trouble) {
    try checkCancelled(step.source.text)
    try record(step.source, "sending")
    log("\(step.send.shellText) | \(step.receive.shellText)")
    tell(.stepStarted(index: index, of: count, step))
    let stream = StreamRun(
      source: job.source, target: job.target, pump: job.pump, limit: job.speed)
    sending = index
    let began = job.clock.uptime()
    meter.begin(at: began)
    let outcome = await stream.run(step) { [weak self] count in
      guard let self else { return }
      Task { await self.progress(index, count) }
    }
    let (bytes, trouble) = (outcome.bytes, outcome.trouble)
    if bytes > 0, trouble?.failure.code != HostError.Code.stalled.rawValue {
      budget.streamed(for: job.clock.uptime() - began)
    }
    sending = nil
    meter.end(with: bytes)
    if let packed = outcome.packed { self.packed = (self.packed ?? 0) + packed }
    if !outcome.turnedAway.isEmpty {
      tell(
        .warning(
          code: FailureCode.strangers, subject: step.source.text,
          detail: outcome.turnedAway.joined(separator: ", ")))
    }
    if let trouble {
      // The next attempt looks again. A token that has changed meanwhile was that of a receiver
      // which was still writing; one that has not is given up, as that attempt's plan says.
      guard case .resume(let token) = step.kind, trouble.refusesToResume else { throw trouble }
      refusedTokens.insert(token)
      throw Trouble(trouble.failure, isTransient: true)
    }
    tell(.stepFinished(index: index, bytes: bytes, packed: outcome.packed))
  }

  private func progress(_ index: Int, _ count: UInt64) {
    try? settleWhatIsDue()
    guard sending == index, meter.advance(to: count, at: job.clock.uptime()) else { return }
    let total = expected.map { max($0, meter.bytes) }
    tell(
      .progress(
        index: index, bytes: meter.bytes, total: total, rate: meter.rate,
        etaSeconds: meter.timeLeft(of: total)))
  }

  /// Sent means that the target lists the snapshot with the source's GUID (must_not_B1).
  func verify(_ steps: [Step]) async throws(Trouble) {
    guard let last = steps.last else { return }
    let result = try await run(Listing.snapshots([last.target], recursive: false), on: job.target)
    // A dataset that is not there is an answer: nothing arrived.
    guard result.succeeded || !ZFSFailure.missingDatasets(result.errors).isEmpty else {
      throw Trouble(result, subject: last.target.text)
    }
    guard let listed = try? ListingText.snapshots(result.output) else {
      throw Trouble(
        RunFailure(code: FailureCode.listing, subject: last.target.text), isTransient: false)
    }
    let arrived = Set(listed.map(\.guid))
    for step in steps where !arrived.contains(step.to.guid) {
      throw Trouble(
        RunFailure(
          code: FailureCode.notVerified, subject: step.target.text, detail: step.to.name),
        isTransient: true)
    }
  }

  /// A bookmark that cannot be made costs nothing today; it is a warning. The old ones stay until
  /// what replaces them is verified.
  func keep(_ keepsake: Keepsake, replacing: Bool) async {
    guard mayBookmark, givenUp[keepsake.source] == nil else { return }
    let removes = replacing ? keepsake.removes : []
    var commands = removes.map { ($0, ZFSFailure.datasetMissing) }
    if let create = keepsake.create { commands.insert((create, .datasetExists), at: 0) }
    for (command, asWanted) in commands {
      log(command.shellText)
      var words: String
      do {
        let result = try await run(command, on: job.source)
        let failure = ZFSFailure(result.errors)
        if result.succeeded || failure == asWanted {
          hasBookmarked = true
          continue
        }
        if failure == .permissionDenied { mayBookmark = false }
        words = result.errors
      } catch { words = error.failure.detail }
      tell(
        .warning(code: FailureCode.bookmark, subject: keepsake.source.text, detail: words))
      // The old bookmarks stay while there is no new one.
      return
    }
  }

  /// What exists already is set read-only at the end; new datasets arrive so.
  func setReadonly(_ commands: [Command]) async {
    for command in commands {
      let name = command.arguments.last ?? ""
      do {
        let result = try await run(command, on: job.target)
        if !result.succeeded {
          tell(.warning(code: FailureCode.readonly, subject: name, detail: result.errors))
        }
      } catch {
        tell(.warning(code: FailureCode.readonly, subject: name, detail: error.failure.detail))
      }
    }
  }

  func run(_ command: Command, on host: any HostPort) async throws(Trouble) -> CommandResult {
    do { return try await host.run(command) } catch { throw Trouble(error) }
  }

  func must(
    _ command: Command, on host: any HostPort, unless accepted: ZFSFailure? = nil
  ) async throws(Trouble) {
    log(command.shellText)
    let result = try await run(command, on: host)
    if result.succeeded || ZFSFailure(result.errors) == accepted { return }
    throw Trouble(result, subject: command.arguments.last ?? host.label)
  }

  /// Written before each side effect, so that a kill at any point leaves what happened.
  func record(_ source: DatasetName, _ state: String) throws(Trouble) {
    do {
      try job.records.stepChanged(id, source: source.text, state: state, bytes: meter.bytes)
    } catch { throw Trouble(error) }
  }
}
