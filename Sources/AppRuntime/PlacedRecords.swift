import ReplicationEngine
import ReplicationModel
import ZferryApp

/// The record of runs, where none begins while another is at work in its place.
///
/// Looking and beginning are one act: two that are started in the same instant, in whichever
/// processes, come one after the other here, and the second sees the first.
struct PlacedRecords: RunRecordPort {
  let records: any RunRecordPort
  /// Throws where somebody is in the way.
  let requireRoom: @Sendable () throws -> Void
  /// Why the run did not begin, in words that a `StoreError` has not.
  let refusal = Latest<Failure>()

  func runStarted(task: String, kind: RunKind, at: Instant) throws(StoreError) -> RunID {
    try records.alone { () throws(StoreError) in
      do { try requireRoom() } catch {
        refusal.set(Failure(describing: error))
        throw StoreError(.locked, subject: task)
      }
      return try records.runStarted(task: task, kind: kind, at: at)
    }
  }

  func alone<Value>(_ body: () throws(StoreError) -> Value) throws(StoreError) -> Value {
    try records.alone(body)
  }
  func stepChanged(_ run: RunID, source: String, state: String, bytes: UInt64) throws(StoreError) {
    try records.stepChanged(run, source: source, state: state, bytes: bytes)
  }
  func log(_ run: RunID, at: Instant, line: String) throws(StoreError) {
    try records.log(run, at: at, line: line)
  }
  func runFinished(_ run: RunID, _ summary: RunSummary) throws(StoreError) {
    try records.runFinished(run, summary)
  }
  func runs(of task: String, limit: Int) throws(StoreError) -> [RunRecord] {
    try records.runs(of: task, limit: limit)
  }
  func recentRuns(limit: Int) throws(StoreError) -> [RunRecord] {
    try records.recentRuns(limit: limit)
  }
  func logLines(of run: RunID) throws(StoreError) -> [LogLine] { try records.logLines(of: run) }
  func steps(of run: RunID) throws(StoreError) -> [StepRecord] { try records.steps(of: run) }
}

extension EngineWork {
  /// Does work whose record begins only where no other task's run is at work in the place of this one
  /// (must_not_B8).
  func inPlace<Result>(
    of task: TaskDraft, _ work: (any RunRecordPort) async throws -> Result
  ) async throws -> Result {
    let placed = PlacedRecords(records: records) { try requireRoom(for: task) }
    do { return try await work(placed) } catch {
      if let refusal = placed.refusal.value { throw refusal }
      throw error
    }
  }
}
