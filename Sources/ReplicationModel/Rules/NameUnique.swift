extension TaskRule {
  /// No two tasks have the same name (M1).
  static let nameUnique = TaskRule { draft, context in
    guard context.otherTaskNames.contains(draft.name) else { return [] }
    return [
      Finding(
        .name, code: "M1", "`\(draft.name)` is taken by another task. Choose another name."
      )
    ]
  }
}
