extension TaskRule {
  /// A task has at least one source; upstream's engine takes an empty list (B12) (M48).
  static let sourceRequired = TaskRule(
    .sourceDatasets, code: "M48",
    "is required: without one there is nothing to copy. Choose at least one dataset."
  ) { draft, _ in
    draft.sourceDatasets.isEmpty
  }
}
