extension TaskRules {
  /// The options that this version's engine does not carry out: the screens show them as off.
  public static var notYetCarriedOut: Set<TaskField> { Set(later.map(\.field)) }

  /// What a task asks for that this version's engine does not do (code `later`). Errors keep it
  /// from being saved or run as if it were done.
  public static func runnable(_ draft: TaskDraft) -> [Finding] {
    later.filter { $0.isAskedFor(draft) }.map { field, _, words in
      Finding(field, code: "later", words)
    }
  }

  private static let later:
    [(field: TaskField, isAskedFor: @Sendable (TaskDraft) -> Bool, words: String)] = [
      (
        .transport, { $0.transport == .sshNetcat },
        "`SSH+NETCAT` is not carried out by this version yet. Use SSH."
      )
    ]
}
