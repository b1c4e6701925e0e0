internal import ReplicationModel
internal import Synchronization

/// What was told so far: each check once, with the time it took.
final class Ledger: Sendable {
  private struct State {
    var told: [CheckID: CheckResult] = [:]
    /// When the last step on the way to a shell was taken.
    var step: Double
    var isClosed = false
  }
  private let question: CheckQuestion
  private let clock: any ClockPort
  private let start: Double
  private let hear: @Sendable (CheckResult) -> Void
  private let state: Mutex<State>

  init(
    _ question: CheckQuestion, _ clock: any ClockPort,
    _ hear: @escaping @Sendable (CheckResult) -> Void
  ) {
    self.question = question
    self.clock = clock
    self.hear = hear
    start = clock.uptime()
    state = Mutex(State(step: start))
  }

  func tell(_ result: CheckResult) {
    guard question.checks.contains(result.id) else { return }
    let now = clock.uptime()
    let timed = state.withLock { state -> CheckResult? in
      guard !state.isClosed, state.told[result.id] == nil else { return nil }
      var timed = result
      timed.seconds = now - start
      if CheckID.reaching.contains(result.id) {
        timed.seconds = now - state.step
        state.step = now
      }
      state.told[result.id] = timed
      return timed
    }
    if let timed { hear(timed) }
  }

  /// The way to a shell ended with this, at the first step that was not told.
  func fail(_ error: HostError) {
    let told = state.withLock { $0.told }
    let isOfKey = error.code == .keyFile
    let step = CheckID.reaching.first { told[$0] == nil && $0 != .keyFile }
    if let id = isOfKey ? .keyFile : step { tell(.bad(id, error)) }
  }

  /// The rest hangs on what failed: the first step that could not be taken, or this system's `zfs`.
  func close() -> [CheckResult] {
    var told = state.withLock { state in
      state.isClosed = true
      return state.told
    }
    let failed = CheckID.reaching.first { told[$0]?.state == .bad } ?? .localZFS
    for id in question.checks where told[id] == nil {
      let skipped = CheckResult(
        id, .skipped, code: "check.not_reached", detail: failed.title)
      told[id] = skipped
      hear(skipped)
    }
    return question.checks.compactMap { told[$0] }
  }
}
