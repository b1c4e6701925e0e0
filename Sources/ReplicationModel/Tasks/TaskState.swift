/// What a task is at; the raw values are those of `status --json`.
public enum TaskState: String, CaseIterable, Sendable {
  /// It has not run yet.
  case pending = "PENDING"
  case running = "RUNNING"
  case finished = "FINISHED"
  /// Its last run failed, was refused, or left something out.
  case error = "ERROR"
  /// Its file cannot be read, so that it cannot run.
  case hold = "HOLD"
  /// A person stopped its last run.
  case cancelled = "CANCELLED"
}
