import ReplicationPlanner

/// A look at what a stored task would do now.
struct PlanLook: Hashable, Sendable {
  var order: TaskOrder
  /// Set where it is the way back that is planned; `order` looks at it from there.
  var restore: RestoreOrder?
  var request: RequestID?
  var result: Result<Preview, Failure>?

  var preview: Preview? { try? result?.get() }
}
