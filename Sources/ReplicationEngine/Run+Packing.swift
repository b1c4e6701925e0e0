internal import ReplicationModel
internal import ReplicationPlanner

extension Run {
  /// Less is sent before it is measured.
  private static let worthMeasuring: UInt64 = 64 << 20

  /// Decides once in a run what packs its streams, by the largest of them.
  func decidePacking(_ plan: Plan) async throws(Trouble) {
    guard job.request.compression == .adaptive, adaptive == nil else { return }
    let largest = plan.steps.filter { !$0.raw }.max { $0.bytes ?? 0 < $1.bytes ?? 0 }
    guard let largest, largest.bytes ?? .max >= Self.worthMeasuring else { return }
    try checkCancelled(job.request.task)
    let isPush = job.request.direction == .push
    let trials = PackerTrials(
      here: isPush ? job.source : job.target, there: isPush ? job.target : job.source,
      pump: job.pump, clock: job.clock, speed: job.speed, isPush: isPush)
    let verdict = await trials.verdict(on: largest.send)
    adaptive = .some(verdict?.packer)
    log(
      "compression: \(verdict?.packer?.text ?? "none"), "
        + (verdict?.text ?? "for nothing could be measured"))
    try checkCancelled(job.request.task)
  }

  /// A step as it is sent: with what was measured, where the task leaves it open.
  func packed(_ step: Step) -> Step {
    guard job.request.compression == .adaptive, !step.raw, let packer = adaptive else {
      return step
    }
    var step = step
    step.pack(with: packer)
    return step
  }
}
