import ReplicationModel
import ReplicationPlanner

/// A run as the run screen shows it.
struct RunState: Hashable, Sendable {
  enum StepState: Hashable, Sendable {
    case waiting
    case sending
    /// It ended in the middle, and may be gone on with.
    case stopped
    case done(bytes: UInt64)
  }
  typealias Told = ToldProgress
  var request: RequestID?
  var task = ""
  /// Set where the copy is brought back.
  var restore: RestoreOrder?
  var started = Instant(0)
  var snapshots: [FirstSnapshot] = []
  var plan: Plan?
  var steps: [StepState] = []
  var told: Told?
  var warnings: [PlanWarning] = []
  /// What it waits for before it tries again.
  var retry: Retry?
  var isCancelling = false
  var result: RunResult?

  struct Retry: Hashable, Sendable {
    var attempt: Int
    var failure: Failure
    var seconds: Double
  }

  var isRunning: Bool { request != nil && result == nil }

  /// The steps that are being sent, the first of the plan first.
  var sending: [Int] { steps.indices.filter { steps[$0] == .sending } }

  /// Bytes of the whole run so far: what was told last, or what the steps came to since.
  var bytes: UInt64 {
    let done = steps.reduce(UInt64(0)) { sum, step in
      if case .done(let bytes) = step { return sum &+ bytes }
      return sum
    }
    return max(done, told?.bytes ?? 0)
  }

  /// What they will come to, as far as that can be told.
  var total: UInt64? { (told?.total ?? plan?.bytes).map { max($0, bytes) } }
}
