import ReplicationPlanner
import FormKit
import ReplicationModel

extension AppState {
  mutating func startRun(of task: String, first: [FirstSnapshot]) -> [Effect] {
    let id = newRequest()
    run = RunState()
    run.request = id
    run.task = task
    run.started = now
    run.snapshots = first
    push(.run)
    return [.startRun(id, task: task, first: first)]
  }

  /// Brings a copy back, and watches it as a run is watched.
  mutating func start(_ restore: RestoreOrder) -> [Effect] {
    let id = newRequest()
    run = RunState()
    run.request = id
    run.task = restore.order.task.name
    run.restore = restore
    run.started = now
    push(.run)
    return [.startRestore(id, restore)]
  }

  mutating func pressInRun(_ id: FocusID) -> [Effect] {
    switch id {
    case "run.cancel":
      ask(.cancelRun)
      return []
    case "run.again": return startAgain()
    default: return goBack()
    }
  }

  private mutating func startAgain() -> [Effect] {
    let task = run.task
    pop()
    if let restore = run.restore { return start(restore) }
    return startRun(of: task, first: [])
  }

  /// News of the run; false where it is not the one on the screen.
  mutating func receiveRun(_ id: RequestID, _ news: RunNews) -> Bool {
    guard run.request == id, run.result == nil else { return false }
    switch news {
    case .takingSnapshots(let snapshots): run.snapshots = snapshots
    case .planned(let plan):
      run.plan = plan
      run.steps = Array(repeating: .waiting, count: plan.steps.count)
    case .stepStarted(let index, let count, _):
      run.retry = nil
      if run.steps.count < count {
        run.steps += Array(repeating: .waiting, count: count - run.steps.count)
      }
      guard run.steps.indices.contains(index) else { return true }
      run.steps[index] = .sending
    case .progress(_, let bytes, let total, let rate, let eta):
      run.told = RunState.Told(bytes: bytes, total: total, rate: rate, etaSeconds: eta)
    case .stepFinished(let index, let bytes):
      if run.steps.indices.contains(index) { run.steps[index] = .done(bytes: bytes) }
    case .stepFailed(let index):
      if run.steps.indices.contains(index) { run.steps[index] = .stopped }
    case .retry(let attempt, let failure, let seconds):
      run.retry = RunState.Retry(attempt: attempt, failure: failure, seconds: seconds)
    case .warning(let warning): run.warnings.append(warning)
    case .finished(let result): finishRun(result)
    }
    return true
  }

  mutating func finishRun(_ result: RunResult) {
    run.result = result
    for index in run.sending { run.steps[index] = .stopped }
    run.retry = nil
    run.isCancelling = false
    if question == .cancelRun || question == .leaveRun { question = nil }
    if route == .run {
      setFocus("run.done")
    } else {
      notice = Note(result.tone, runSentence(result))
    }
  }
}
