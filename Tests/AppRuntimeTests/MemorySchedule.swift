import ReplicationEngine
import ReplicationModel
import ReplicationPlanner
import Synchronization
import ZferryApp

@testable import AppRuntime

/// What ticks and runs remember, in memory.
final class MemorySchedule: ScheduleRecordPort, RunControlPort {
  struct State {
    var marks: [AgendaKey: Instant] = [:]
    var takings: [SnapshotTaking] = []
    var look: TickLook?
    var paused: [String: Instant] = [:]
    var asked: Set<String> = []
    var speeds: [String: SpeedWish] = [:]
    var progress: [String: RunProgress] = [:]
    var copies: [String: [CopyState]] = [:]
    var behind: Set<String> = []
    var failing = false
    /// Moments until the process dies, before or after a write.
    var moments: Int?
  }
  let state = Mutex(State())

  /// One write, which a process may die before, and after it is done.
  private func write(_ change: (inout State) -> Void) throws(StoreError) {
    func lives(_ state: inout State) -> Bool {
      guard let moments = state.moments else { return true }
      state.moments = max(0, moments - 1)
      return moments > 1
    }
    let isAlive = state.withLock { state in
      guard lives(&state) else { return false }
      change(&state)
      return lives(&state)
    }
    if !isAlive { throw StoreError(.system, subject: "a dead process") }
  }

  private func check() throws(StoreError) {
    if state.withLock({ $0.failing }) { throw StoreError(.full, subject: "history") }
  }

  func marks() throws(StoreError) -> [AgendaKey: Instant] {
    try check()
    return state.withLock { $0.marks }
  }
  func keep(_ marks: [AgendaKey: Instant?]) throws(StoreError) {
    try check()
    try write { for (key, mark) in marks { $0.marks[key] = mark } }
  }
  func taken(_ taking: SnapshotTaking) throws(StoreError) {
    try write { $0.takings.insert(taking, at: 0) }
  }
  func takings(of task: String?, limit: Int) throws(StoreError) -> [SnapshotTaking] {
    state.withLock { $0.takings.filter { task == nil || $0.task == task } }
  }
  func behind() throws(StoreError) -> Set<String> { state.withLock { $0.behind } }
  func keepBehind(_ task: String, _ isBehind: Bool) throws(StoreError) -> Bool {
    let was = state.withLock { $0.behind.contains(task) }
    try write { if isBehind { $0.behind.insert(task) } else { $0.behind.remove(task) } }
    return was != isBehind
  }
  func ticked(_ look: TickLook) throws(StoreError) { try write { $0.look = look } }
  func lastTick() throws(StoreError) -> TickLook? { state.withLock { $0.look } }

  func tell(_ progress: RunProgress, of task: String) throws(StoreError) {
    state.withLock { $0.progress[task] = progress }
  }
  func progress(of task: String) throws(StoreError) -> RunProgress? {
    state.withLock { $0.progress[task] }
  }
  func looked(_ copy: CopyState, of task: String) throws(StoreError) {
    state.withLock { $0.copies[task, default: []].append(copy) }
  }
  func copyState(of task: String) throws(StoreError) -> CopyState? {
    state.withLock { $0.copies[task]?.last }
  }
  func askToStop(_ task: String) throws(StoreError) -> Bool {
    state.withLock { $0.asked.insert(task).inserted }
  }
  func isAskedToStop(_ task: String) -> Bool { state.withLock { $0.asked.contains(task) } }
  func wish(_ speed: SpeedWish?, of task: String) throws(StoreError) -> Bool {
    state.withLock { $0.speeds[task] = speed }
    return true
  }
  func wishedSpeed(of task: String) -> SpeedWish? { state.withLock { $0.speeds[task] } }
  func pause(_ task: String, at: Instant?) throws(StoreError) {
    state.withLock { $0.paused[task] = at }
  }
  func paused(_ task: String) throws(StoreError) -> Instant? {
    state.withLock { $0.paused[task] }
  }
}

/// A clock that a test sets. Whoever sleeps wakes when the test says so.
final class SetClock: ClockPort {
  private struct State {
    var now: Instant
    var sleepers: [CheckedContinuation<Void, Never>] = []
  }
  private let state: Mutex<State>

  init(_ now: Instant) { state = Mutex(State(now: now)) }

  func now() -> Instant { state.withLock { $0.now } }
  func uptime() -> Double { Double(state.withLock { $0.now.seconds }) }

  func sleep(seconds: Double) async {
    await withTaskCancellationHandler {
      await withCheckedContinuation { waiting in
        // Under the lock: whoever cancels later takes it to wake this one.
        let isCancelled = state.withLock { state in
          let isCancelled = Task.isCancelled
          if !isCancelled { state.sleepers.append(waiting) }
          return isCancelled
        }
        if isCancelled { waiting.resume() }
      }
    } onCancel: {
      wake()
    }
  }

  /// Sets the time, and wakes all who sleep.
  func set(_ now: Instant) {
    state.withLock { $0.now = now }
    wake()
  }

  private func wake() {
    let sleepers = state.withLock { state in
      defer { state.sleepers = [] }
      return state.sleepers
    }
    for sleeper in sleepers { sleeper.resume() }
  }
}

/// Runs that go on until the test ends them.
final class HeldRuns: Sendable {
  private struct State {
    var started: [String] = []
    var open: [String: CheckedContinuation<Void, Never>] = [:]
    var cancelled: Set<String> = []
  }
  private let state = Mutex(State())

  var started: [String] { state.withLock { $0.started } }
  var cancelled: Set<String> { state.withLock { $0.cancelled } }

  func run(_ name: String) async {
    await withTaskCancellationHandler {
      await withCheckedContinuation { waiting in
        state.withLock {
          $0.started.append(name)
          $0.open[name] = waiting
        }
        if Task.isCancelled { end(name) }
      }
    } onCancel: {
      state.withLock { _ = $0.cancelled.insert(name) }
      end(name)
    }
  }

  func end(_ name: String) {
    state.withLock { $0.open.removeValue(forKey: name) }?.resume()
  }
}
