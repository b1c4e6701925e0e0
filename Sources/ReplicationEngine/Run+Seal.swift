internal import ReplicationModel
internal import ReplicationPlanner

extension Run {
  /// Makes the empty targets of a plan read-only. What was closed is remembered even where it was
  /// not certain that it worked: opening it again does no harm.
  func seal(_ plan: Plan) async throws(Trouble) {
    try checkCancelled(job.request.task)
    for seal in plan.seals {
      if !sealed.contains(where: { $0.target == seal.target }) { sealed.append(seal) }
      try await must(seal.close, on: job.target)
    }
  }

  /// Gives back what was closed: all of it where the run was refused, and otherwise what the task
  /// does not want read-only. A run that was cancelled does so as well.
  func unseal(after outcome: RunSummary.Outcome) async {
    let commands = sealed.filter { outcome == .refused || !$0.stays }.map(\.open)
    sealed = []
    guard !commands.isEmpty else { return }
    // Not part of the task that may have been cancelled.
    await Task { await setReadonly(commands) }.value
  }
}
