import ReplicationPlanner

/// A look at what a stored task would do now.
struct PlanLook: Hashable, Sendable {
  var order: TaskOrder
  var request: RequestID?
  var result: Result<Preview, Failure>?

  var preview: Preview? { try? result?.get() }
}
