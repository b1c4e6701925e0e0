public import ReplicationModel
public import ReplicationPlanner

/// What a run tells while it runs: the lines of `run --progress json`, and what the run screen draws.
public enum RunEvent: Hashable, Sendable {
  case started(task: String)
  /// The listing is read and the plan made.
  case planned(Plan)
  case stepStarted(index: Int, of: Int, Step)
  /// `total` is an estimate, and nil where there is none; `rate` is bytes a second over the last seconds.
  case progress(index: Int, bytes: UInt64, total: UInt64?, rate: Double, etaSeconds: Double?)
  /// `packed` is what the stream took on its way, where it was packed.
  case stepFinished(index: Int, bytes: UInt64, packed: UInt64? = nil)
  /// Retention destroyed these snapshots of a dataset.
  case pruned(side: RetentionPlan.Side, dataset: DatasetName, snapshots: [String])
  case retry(attempt: Int, reason: RunFailure, inSeconds: Double)
  case warning(code: String, subject: String, detail: String)
  case finished(RunSummary)
}
