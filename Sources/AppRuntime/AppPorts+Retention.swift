public import ZferryApp

extension AppPorts {
  /// What a task's datasets and their copies will hold on a day. Looks at both sides unless that was
  /// done, and changes nothing.
  ///
  /// Throws what the look throws, and `CancellationError` where the Swift task was cancelled.
  public func outlook(_ question: RetentionQuestion) async throws -> RetentionOutlook {
    var pairs = question.pairs ?? []
    if question.pairs == nil {
      pairs = try await self.pairs(question.order, question.snapshotTasks)
    }
    var rows: [RetentionOutlook.Row] = []
    for pair in pairs {
      try Task.checkCancellation()
      rows.append(question.row(of: pair, in: zone))
    }
    return RetentionOutlook(pairs: pairs, rows: rows)
  }
}
