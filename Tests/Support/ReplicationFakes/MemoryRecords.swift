public import ReplicationEngine
internal import ReplicationModel
internal import Synchronization

/// The record of runs in memory. A lock goes with the process that holds it, as in the real one.
public final class MemoryRecords: Sendable {
  struct State {
    var runs: [RunRecord] = []
    var holders: [String: ProgramLife] = [:]
    var failing: StoreError?
    var forgetsLocks = false
    var lines: [RunID: [LogLine]] = [:]
    var steps: [RunID: [String: StepRecord]] = [:]
  }
  let state = Mutex(State())
  let journal: Journal

  init(journal: Journal) { self.journal = journal }

  /// From now on nothing can be written, or again it can.
  public func fail(with error: StoreError?) { state.withLock { $0.failing = error } }

  /// From now on every run is let in: a fault to plant.
  public func forgetLocks() { state.withLock { $0.forgetsLocks = true } }

  /// The newest first.
  public var runs: [RunRecord] { state.withLock { $0.runs.reversed() } }

  /// What a run has logged, the oldest first.
  public func logLines(of run: RunID) -> [LogLine] { state.withLock { $0.lines[run] } ?? [] }

  /// One write, which a process may die before, and after it is done.
  func write<Written>(
    _ life: ProgramLife, _ body: () throws(StoreError) -> Written
  ) throws(StoreError) -> Written {
    let death = StoreError(.system, subject: "a dead process")
    if !life.goesOn() { throw death }
    if let error = state.withLock({ $0.failing }) { throw error }
    let written = try body()
    if !life.goesOn() { throw death }
    return written
  }
}

/// The records as one process sees them.
struct RecordBook: RunRecordPort {
  let records: MemoryRecords
  let life: ProgramLife

  func alone<Value>(_ body: () throws(StoreError) -> Value) throws(StoreError) -> Value {
    try body()
  }

  func runStarted(task: String, kind: RunKind, at: Instant) throws(StoreError) -> RunID {
    try records.write(life) { () throws(StoreError) -> RunID in
      let id: RunID? = records.state.withLock { state in
        if let holder = state.holders[task], !holder.isDead, !state.forgetsLocks { return nil }
        state.holders[task] = life
        let id = RunID(Int64(state.runs.count + 1))
        state.runs.append(
          RunRecord(id: id, task: task, kind: kind, started: at, summary: nil, isRunning: true))
        return id
      }
      guard let id else { throw StoreError(.locked, subject: task) }
      return id
    }
  }

  func stepChanged(_ run: RunID, source: String, state: String, bytes: UInt64) throws(StoreError) {
    try records.write(life) {
      records.journal.note("record: \(source) \(state)")
      let step = StepRecord(source: source, state: state, bytes: bytes)
      records.state.withLock { $0.steps[run, default: [:]][source] = step }
    }
  }

  func log(_ run: RunID, at: Instant, line: String) throws(StoreError) {
    try records.write(life) {
      records.journal.note("log: \(line)")
      records.state.withLock { $0.lines[run, default: []].append(LogLine(at: at, line: line)) }
    }
  }

  func runFinished(_ run: RunID, _ summary: RunSummary) throws(StoreError) {
    try records.write(life) {
      records.state.withLock { state in
        guard let index = state.runs.firstIndex(where: { $0.id == run }) else { return }
        state.runs[index].summary = summary
        state.runs[index].isRunning = false
        state.holders[state.runs[index].task] = nil
      }
    }
  }

  func runs(of task: String, limit: Int) throws(StoreError) -> [RunRecord] {
    Array(records.runs.filter { $0.task == task }.prefix(limit))
  }

  func recentRuns(limit: Int) throws(StoreError) -> [RunRecord] {
    Array(records.runs.prefix(limit))
  }

  func logLines(of run: RunID) throws(StoreError) -> [LogLine] { records.logLines(of: run) }

  func steps(of run: RunID) throws(StoreError) -> [StepRecord] {
    (records.state.withLock { $0.steps[run] } ?? [:]).values.sorted { $0.source < $1.source }
  }
}
