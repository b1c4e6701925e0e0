public import ReplicationModel
public import ReplicationPlanner
internal import ZFSText

extension Resolver {
  /// Carries out what was shown, under the task's lock; nothing is done where a new look does not
  /// come to the very same.
  ///
  /// The records keep the lock, and a log of every command; `exclude` leaves a source out of the task
  /// from now on. Throws a `RunFailure` with the reason, or a `StoreError` where another run holds the lock.
  public func resolve(
    _ shown: Resolution, exclude: @Sendable (DatasetName) throws -> Void
  ) async throws {
    let id = try records.runStarted(task: request.task, kind: .resolve, at: clock.now())
    let began = clock.uptime()
    var acted = false
    func finish(_ outcome: RunSummary.Outcome, _ failure: RunFailure?) throws {
      try records.runFinished(
        id,
        RunSummary(
          outcome: outcome, sentBytes: 0, snapshots: 0, finished: clock.now(),
          seconds: clock.uptime() - began, error: failure))
    }
    do {
      try await check(shown)
      var left = shown.loses.snapshots
      for act in shown.acts {
        if Task.isCancelled {
          throw RunFailure(code: FailureCode.cancelled, subject: shown.target.text)
        }
        if case .exclude(let dataset) = act {
          try? records.log(id, at: clock.now(), line: "exclude \(dataset.text)")
          try exclude(dataset)
          continue
        }
        try await insist(shown, act, left)
        guard let command = act.command(on: shown.target) else { continue }
        // Written down first: what was destroyed, and that it was, has to be told in any case.
        try records.log(id, at: clock.now(), line: command.shellText)
        acted = true
        _ = try await output(command)
        if case .destroySnapshots(let gone) = act { left.removeLast(gone.count) }
      }
      try await verify(shown)
    } catch {
      let failure =
        error as? RunFailure
        ?? (error as? StoreError).map { Trouble($0).failure }
        ?? RunFailure(code: FailureCode.notResolved, subject: shown.target.text)
      let wasStopped = failure.code == FailureCode.cancelled
      try? finish(wasStopped ? .cancelled : acted ? .failed : .refused, failure)
      throw error
    }
    try finish(.done, nil)
  }

  /// The same look again has to come to the same decision.
  private func check(_ shown: Resolution) async throws {
    let now = try await look().cases
      .first { $0.conflict.target == shown.target }?.resolution(by: shown.choice)
    guard now == shown, !shown.acts.isEmpty else {
      throw RunFailure(code: FailureCode.changed, subject: shown.target.text)
    }
    guard let obstacle = shown.obstacle else { return }
    throw RunFailure(
      code: FailureCode.blocked, subject: shown.target.text, detail: obstacle.detail)
  }

  /// The last look before an act: the dataset is the one that was shown, and what is newer than its
  /// base is what was listed and has not gone yet, each by its GUID.
  private func insist(_ shown: Resolution, _ act: Resolution.Act, _ left: [Snapshot]) async throws {
    let changed = RunFailure(code: FailureCode.changed, subject: shown.target.text)
    guard let state = try await state(of: shown.target), state.guid == shown.targetGUID,
      state.resumeToken == shown.resumeToken
    else { throw changed }
    if case .destroyBookmark(let bookmark) = act {
      guard state.bookmarks.contains(bookmark) else { throw changed }
    }
    guard let base = shown.base else { return }
    guard let index = state.snapshots.firstIndex(of: base),
      Array(state.snapshots[(index + 1)...]) == left
    else { throw changed }
  }

  /// Done is what the target shows, not what the commands said.
  private func verify(_ shown: Resolution) async throws {
    let isDone: Bool
    switch shown.acts.last {
    case .rollback(let base):
      isDone = try await state(of: shown.target)?.snapshots.last == base
    case .rename(let aside):
      isDone = try await state(of: aside)?.guid == shown.targetGUID
    case .abortReceive:
      isDone = try await state(of: shown.target)?.resumeToken == nil
    case .destroySnapshots, .destroyBookmark, .exclude, nil: isDone = true
    }
    guard isDone else {
      throw RunFailure(code: FailureCode.notResolved, subject: shown.target.text)
    }
  }

  /// One dataset as it is now, with its snapshots; nil where it is not there.
  private func state(of name: DatasetName) async throws -> DatasetState? {
    do throws(RunFailure) {
      let states = try await output(Listing.datasets([name], recursive: false))
      let snapshots = try await output(Listing.snapshots([name], recursive: false))
      do {
        return try ListingText.add(snapshots: snapshots, to: ListingText.datasets(states))[name]
      } catch { throw unreadable(error) }
    } catch {
      if error.code == ZFSFailure.datasetMissing.rawValue { return nil }
      throw error
    }
  }
}

extension Resolution.Obstacle {
  /// The facts for the sentence, as the other failures have them.
  fileprivate var detail: String {
    switch self {
    case .held(let names): names.map { "@" + $0 }.joined(separator: ", ")
    case .cloned(let names): names.joined(separator: ", ")
    case .noSpace(let needs, let available):
      "\(Amount.bytes(needs)) > \(Amount.bytes(available))"
    case .nameTooLong: ""
    }
  }
}
