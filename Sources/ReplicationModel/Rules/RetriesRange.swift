extension TaskRule {
  /// A run has at least one attempt; upstream's engine takes none and then never tries (B12)
  /// (M48).
  static let retriesRange = TaskRule { draft, _ in
    guard draft.retries < 1 else { return [] }
    return [
      Finding(
        .retries, code: "M48",
        "is \(draft.retries), and counts attempts: with none the task never runs. Enter 1 or more.")
    ]
  }
}
