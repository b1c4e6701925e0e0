internal import ReplicationModel
internal import ReplicationPlanner
internal import ZFSText

extension Run {
  /// Executes a plan with the keys it needs at hand, and takes away what was there only for it,
  /// whatever became of the plan.
  func executeWithKeys(_ plan: Plan) async throws(Trouble) {
    for unlocking in plan.unlocks {
      try checkCancelled(job.request.task)
      guard unlocking.key.secret != nil else { throw missing }
      try await must(unlocking.command, on: job.target, unless: .keyAlreadyLoaded)
    }
    guard let keys = plan.keys else { return try await execute(plan) }
    if keys.isNeeded { try await deliver(keys) }
    do throws(Trouble) { try await execute(plan) } catch {
      await withdraw(keys)
      throw error
    }
    await withdraw(keys)
  }

  private func deliver(_ keys: KeyDelivery) async throws(Trouble) {
    try checkCancelled(job.request.task)
    guard keys.key.secret != nil else { throw missing }
    log("key to \(keys.path) on the target")
    let result = try await run(keys.write, on: job.target)
    guard !result.succeeded else { return }
    let code = result.exit == .status(3) ? FailureCode.keyFileOther : FailureCode.keyFile
    throw Trouble(
      RunFailure(code: code, subject: keys.path, detail: result.errors), isTransient: false)
  }

  /// A copy whose key nobody has would be lost the moment it is made.
  private var missing: Trouble {
    Trouble(
      RunFailure(code: FailureCode.keyMissing, subject: job.request.task), isTransient: false)
  }

  /// Not part of the task that may have been cancelled: a key does not stay where it was put.
  private func withdraw(_ keys: KeyDelivery) async {
    await Task {
      // In this order: a dataset that names a file which is gone is settled by the next run.
      if let remove = keys.remove { await tidy(remove, of: keys) }
      for command in keys.settle {
        await tidy(command, of: keys, unless: .datasetMissing)
      }
    }.value
  }

  private func tidy(_ command: Command, of keys: KeyDelivery, unless accepted: ZFSFailure? = nil)
    async
  {
    var words: String
    do throws(Trouble) {
      let result = try await run(command, on: job.target)
      if result.succeeded || ZFSFailure(result.errors) == accepted { return }
      words = result.errors
    } catch { words = error.failure.detail }
    tell(.warning(code: FailureCode.keyFileLeft, subject: keys.path, detail: words))
  }
}
