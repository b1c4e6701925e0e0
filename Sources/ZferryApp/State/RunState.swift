import ReplicationModel
import ReplicationPlanner

/// A run as the run screen shows it.
struct RunState: Hashable, Sendable {
  enum StepState: Hashable, Sendable {
    case waiting
    case sending
    case done(bytes: UInt64)
  }
  struct Current: Hashable, Sendable {
    var index: Int
    var bytes: UInt64
    var total: UInt64?
    var rate: Double
    var etaSeconds: Double?
  }
  var request: RequestID?
  var task = ""
  var started = Instant(0)
  var snapshots: [FirstSnapshot] = []
  var plan: Plan?
  var steps: [StepState] = []
  var current: Current?
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

  /// Bytes of all steps that have arrived so far.
  var bytes: UInt64 {
    let done = steps.reduce(UInt64(0)) { sum, step in
      if case .done(let bytes) = step { return sum &+ bytes }
      return sum
    }
    return done &+ (current?.bytes ?? 0)
  }
}
