/// What a task is at; the raw values are those of `status --json`.
public enum TaskState: String, CaseIterable, Sendable {
  /// It has not run yet.
  case pending = "PENDING"
  /// It is due, and waits for its turn.
  case waiting = "WAITING"
  case running = "RUNNING"
  case finished = "FINISHED"
  /// Its last run failed, was refused, or left something out.
  case error = "ERROR"
  /// A person has paused it, or its file cannot be read: it does not run.
  case hold = "HOLD"
  /// A person stopped its last run.
  case cancelled = "CANCELLED"
}
