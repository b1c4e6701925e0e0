extension TaskRule {
  /// A task's name is given and can be the name of a file, which it becomes.
  static let nameUsable = TaskRule { draft, _ in
    guard let problem = FileName.problem(with: draft.name) else { return [] }
    return [Finding(.name, code: problem.code, problem.words)]
  }
}
