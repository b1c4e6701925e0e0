internal import ReplicationModel
public import ReplicationPlanner

extension Replication {
  /// What `prune` would destroy now, and what it was decided from, in a look that sends nothing.
  public func pruning(allowsMany: Bool) async throws(RunFailure) -> Look {
    do {
      let query = RetentionQuery(
        now: clock.now(), afterSending: false, allowsMany: allowsMany)
      return try await survey(refused: [], query).look()
    } catch {
      throw error.failure
    }
  }

  /// Destroys what `plan` lists and still holds, with a record as of a run. Throws only where none
  /// began: another run holds the lock, or no record can be kept.
  public func prune(
    _ plan: Plan, allowsMany: Bool, onEvent: @escaping @Sendable (RunEvent) -> Void
  ) async throws(StoreError) -> RunSummary {
    let id = try records.runStarted(task: request.task, at: clock.now())
    let started = clock.uptime()
    let telling = RunTelling(records: records, clock: clock, id: id, onEvent: onEvent)
    telling.tell(.started(task: request.task))
    var prune = Prune(self, telling, plan, allowsMany: allowsMany)
    await prune.run()
    let cancelled = RunFailure(code: FailureCode.cancelled, subject: request.task)
    let summary = RunSummary(
      outcome: .pruned, sentBytes: 0, snapshots: 0, finished: clock.now(),
      seconds: clock.uptime() - started, error: prune.isCancelled ? cancelled : prune.failure,
      destroyed: prune.destroyed)
    telling.note(.finished(summary))
    try records.runFinished(id, summary)
    onEvent(.finished(summary))
    return summary
  }
}
