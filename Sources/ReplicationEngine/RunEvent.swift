public import ReplicationModel
public import ReplicationPlanner

/// What a run tells while it runs: the lines of `run --progress json`, and what the run screen draws.
public enum RunEvent: Hashable, Sendable {
  case started(task: String)
  /// The listing is read and the plan made.
  case planned(Plan)
  /// Several may run at the same time; each of them ends once, as finished or as failed.
  case stepStarted(index: Int, of: Int, Step)
  /// `total` is an estimate, and nil where there is none; `rate` is bytes a second over the last seconds.
  case progress(index: Int, bytes: UInt64, total: UInt64?, rate: Double, etaSeconds: Double?)
  /// `packed` is what the stream took on its way, where it was packed.
  case stepFinished(index: Int, bytes: UInt64, packed: UInt64? = nil)
  /// The stream ended before its time: what follows says why, and what arrived is gone on with.
  case stepFailed(index: Int, bytes: UInt64)
  /// Retention destroyed these snapshots of a dataset.
  case pruned(side: RetentionPlan.Side, dataset: DatasetName, snapshots: [String])
  case retry(attempt: Int, reason: RunFailure, inSeconds: Double)
  case warning(code: String, subject: String, detail: String)
  case finished(RunSummary)
}
