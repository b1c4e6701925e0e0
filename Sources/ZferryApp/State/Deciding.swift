import ReplicationPlanner

/// A stored task's conflicts, while they are decided one by one.
struct Deciding: Hashable, Sendable {
  var order: TaskOrder
  /// A closer look that goes on.
  var looking: RequestID?
  var cases: Result<[ConflictCase], Failure>?
  /// A decision that is being carried out.
  var resolving: RequestID?
  var chosen: Resolution?

  /// What may be decided about a conflict; nil as long as nobody looked closer.
  func resolutions(of conflict: Conflict) -> [Resolution]? {
    (try? cases?.get())?.first { $0.conflict.target == conflict.target }?.resolutions
  }
}
