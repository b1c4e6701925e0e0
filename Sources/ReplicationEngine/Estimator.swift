internal import ReplicationModel
internal import ReplicationPlanner
internal import ZFSText

/// Asks `zfs send -n` how large each stream will be. What cannot be told stays unknown.
struct Estimator {
  let source: any HostPort

  /// So many streams are estimated before the first one begins: a question costs a process, and a
  /// moment each. Of more it is asked while they run, if they run long enough for anyone to ask.
  static let few = 32
  static let moments = 20.0

  func fill(_ plan: Plan) async -> Plan {
    var plan = plan
    for index in plan.steps.indices where plan.steps[index].bytes == nil {
      if Task.isCancelled { break }
      plan.steps[index].bytes = await bytes(of: plan.steps[index])
    }
    return plan
  }

  /// The size of one stream.
  func bytes(of step: Step) async -> UInt64? {
    var arguments = step.send.arguments
    arguments.insert("-nP", at: 1)
    guard let result = try? await source.run(.zfs(arguments)), result.succeeded else { return nil }
    return EstimateText.bytes(String(decoding: result.output, as: UTF8.self) + result.errors)
  }
}

extension Run {
  /// Asks for the sizes of many streams beside them, once the run has gone on for a while.
  func estimateAll(_ plan: Plan) -> Task<Void, Never>? {
    guard job.policy.estimates, plan.steps.count > Estimator.few, plan.bytes == nil else {
      return nil
    }
    let before = meter.sent
    return Task {
      await job.clock.sleep(seconds: Estimator.moments)
      if Task.isCancelled { return }
      let bytes = await Estimator(source: job.source).fill(plan).bytes
      if !Task.isCancelled { expected = bytes.map { $0 &+ before } }
    }
  }
}
