import ReplicationPlanner
import ReplicationEngine
import ReplicationModel
import Synchronization
import ZferryApp

/// The run, told to the screen.
extension EffectRunner {
  /// Takes the first snapshots, runs the task, and passes on what it tells: progress at most four
  /// times a second (ux.md 48), everything else at once.
  func run(
    _ task: String, first: [FirstSnapshot], news: @escaping @Sendable (RunNews) -> Void
  ) async throws -> Reply? {
    if !first.isEmpty {
      news(.takingSnapshots(first))
      try await take(first)
    }
    return try await told(task, news) { tell in try await ports.run(task, .person, tell) }
  }

  /// Passes on what a run or a restore tells.
  func told(
    _ task: String, _ news: @escaping @Sendable (RunNews) -> Void,
    by run: (@escaping @Sendable (RunEvent) -> Void) async throws -> Void
  ) async throws -> Reply? {
    let clock = ports.clock
    let throttle = Throttle(seconds: 0.25)
    let finished = Latest<Bool>()
    try await run { event in
      if case .progress = event, !throttle.passes(at: clock.uptime()) { return }
      if case .finished = event { finished.set(true) }
      if let item = RunNews(event) { news(item) }
    }
    guard finished.value == true else { throw Failure("run.ended", subject: task) }
    return nil
  }
}

/// Lets one through per interval.
final class Throttle: Sendable {
  private let last = Mutex<Double?>(nil)
  private let seconds: Double
  init(seconds: Double) { self.seconds = seconds }

  func passes(at now: Double) -> Bool {
    last.withLock { last in
      if let before = last, now - before < seconds { return false }
      last = now
      return true
    }
  }
}

/// The last value that was set, from any thread.
final class Latest<Value: Sendable>: Sendable {
  private let stored = Mutex<Value?>(nil)
  var value: Value? { stored.withLock { $0 } }
  func set(_ value: Value) { stored.withLock { $0 = value } }
}

extension RunNews {
  /// A run's event as the screen takes it; nil for what the screen knows already.
  init?(_ event: RunEvent) {
    switch event {
    case .started: return nil
    case .planned(let plan): self = .planned(plan)
    case .stepStarted(let index, let count, let step):
      self = .stepStarted(index: index, of: count, step)
    case .progress(let index, let bytes, let total, let rate, let eta):
      self = .progress(index: index, bytes: bytes, total: total, rate: rate, etaSeconds: eta)
    case .stepFinished(let index, let bytes, _): self = .stepFinished(index: index, bytes: bytes)
    case .stepFailed(let index, _): self = .stepFailed(index: index)
    // The result has the number.
    case .pruned: return nil
    case .retry(let attempt, let reason, let seconds):
      self = .retry(attempt: attempt, Failure(describing: reason), inSeconds: seconds)
    case .warning(let code, let subject, let detail):
      self = .warning(.init(code: code, subject: subject, detail: detail))
    case .finished(let summary):
      self = .finished(RunResult(summary))
    }
  }
}
