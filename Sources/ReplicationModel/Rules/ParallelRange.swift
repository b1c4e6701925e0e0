extension TaskRule {
  /// A run sends at least one dataset at a time.
  static let parallelRange = TaskRule { draft, _ in
    guard !(1...TaskDraft.mostParallel).contains(draft.parallel) else { return [] }
    return [
      Finding(
        .parallel, code: "parallel.range",
        "is \(draft.parallel), and has to be from 1 to \(TaskDraft.mostParallel). Correct it.")
    ]
  }
}
