extension TaskRule {
  /// The time to go on trying is not negative; with 0 a run gives up at the first failure.
  static let retryMinutesRange = TaskRule { draft, _ in
    guard draft.retryMinutes < 0 else { return [] }
    return [
      Finding(
        .retryMinutes, code: "retry_minutes.range",
        "is \(draft.retryMinutes), and has to be 0 or more. Correct it.")
    ]
  }
}
