extension TaskRule {
  /// A task that fetches prunes nothing on the source, so it can hold nothing there (R18, M10).
  static let pullHoldsNothing = TaskRule(
    .holdPendingSnapshots, code: "M10",
    "has no use here: a task that fetches does not decide what its source keeps. Turn "
      + "it off."
  ) { draft, _ in
    draft.direction == .pull && draft.holdPendingSnapshots
  }
}
