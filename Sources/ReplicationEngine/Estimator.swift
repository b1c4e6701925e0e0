internal import ReplicationModel
internal import ReplicationPlanner
internal import ZFSText

/// Asks `zfs send -n` how large each stream will be. What cannot be told stays unknown.
struct Estimator {
  let source: any HostPort

  func fill(_ plan: Plan) async -> Plan {
    var plan = plan
    for index in plan.steps.indices where plan.steps[index].bytes == nil {
      if Task.isCancelled { break }
      plan.steps[index].bytes = await bytes(of: plan.steps[index])
    }
    return plan
  }

  private func bytes(of step: Step) async -> UInt64? {
    var arguments = step.send.arguments
    arguments.insert("-nP", at: 1)
    guard let result = try? await source.run(.zfs(arguments)), result.succeeded else { return nil }
    return EstimateText.bytes(String(decoding: result.output, as: UTF8.self) + result.errors)
  }
}
