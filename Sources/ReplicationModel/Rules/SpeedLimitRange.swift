extension TaskRule {
  /// A limit is at least a byte a second; upstream's engine takes a negative one (B12) (M48).
  static let speedLimitRange = TaskRule { draft, _ in
    guard let limit = draft.speedLimit, limit < 1 else { return [] }
    return [
      Finding(
        .speedLimit, code: "M48",
        "is \(limit) bytes a second, and has to be 1 or more. Correct it, or leave it out.")
    ]
  }
}
