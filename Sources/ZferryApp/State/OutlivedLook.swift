import ReplicationModel
import ReplicationPlanner

/// What has outlived a snapshot task's lifetime, while it is shown.
struct OutlivedLook: Hashable, Sendable {
  var task: SnapshotTask
  /// Also where more than half would be lost at once.
  var allowsMany = false
  var request: RequestID?
  var result: Result<RetentionPlan, Failure>?

  var plan: RetentionPlan? { try? result?.get() }
}
