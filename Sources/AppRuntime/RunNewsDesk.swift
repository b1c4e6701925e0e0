import ReplicationEngine
import ReplicationModel
import ReplicationPlanner
import Synchronization

/// Keeps what a run tells where `status` finds it: how far it is, and how far the copy is behind.
///
/// It helps people; a run does not fail because a line of it could not be written.
final class RunNewsDesk: Sendable {
  private let task: String
  private let control: any RunControlPort
  private let clock: any ClockPort
  private let throttle = Throttle(seconds: 2)
  private let plan = Latest<Plan>()

  init(task: String, control: any RunControlPort, clock: any ClockPort) {
    self.task = task
    self.control = control
    self.clock = clock
  }

  func take(_ event: RunEvent) {
    switch event {
    case .planned(let made):
      plan.set(made)
      look(behind: made.undecided.isEmpty ? made.bytes : nil, made.newestCommon(arrived: false))
    case .progress(_, let bytes, let total, let rate, let eta):
      guard throttle.passes(at: clock.uptime()) else { return }
      let progress = RunProgress(
        at: clock.now(), bytes: bytes, total: total, rate: rate, etaSeconds: eta)
      try? control.tell(progress, of: task)
    case .finished(let summary):
      // A run that ended otherwise leaves what its last look found.
      guard summary.isUpToDate else { return }
      look(behind: 0, plan.value?.newestCommon(arrived: true))
    default: break
    }
  }

  private func look(behind bytes: UInt64?, _ newest: Instant?) {
    let state = CopyState(at: clock.now(), bytesBehind: bytes, newestCommon: newest)
    try? control.looked(state, of: task)
  }
}
