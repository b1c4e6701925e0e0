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

  /// What ails one dataset for good leaves the others alone; all else ends the attempt.
  func failed(_ source: DatasetName, _ trouble: Trouble) throws(Trouble) {
    let isChanged = trouble.failure.code == ZFSFailure.destinationModified.rawValue
    try? record(source, isChanged ? StepRecord.refused : "failed")
    if trouble.isTransient || Task.isCancelled || trouble.failure.code == FailureCode.cancelled {
      throw trouble
    }
    let failure = trouble.failure
    givenUp[source] = failure
    tell(.warning(code: failure.code, subject: failure.subject, detail: failure.detail))
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
