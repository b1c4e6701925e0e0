extension TaskRules {
  /// The options that this version's engine does not carry out at all: the screens show them as off.
  public static var notYetCarriedOut: Set<TaskField> {
    Set(later.filter(\.isWhole).map(\.field))
  }

  /// What a task asks for that this version's engine does not do (code `later`). Errors keep it
  /// from being saved or run as if it were done.
  public static func runnable(_ draft: TaskDraft) -> [Finding] {
    later.filter { $0.isAskedFor(draft) }.map { field, _, _ in
      Finding(field, code: "later", words(field))
    }
  }

  private typealias Later = (
    field: TaskField, isWhole: Bool, isAskedFor: @Sendable (TaskDraft) -> Bool
  )

  private static let later: [Later] = [
    (.transport, false, { $0.transport == .sshNetcat }),
    (.encryption, true, { $0.encryption }),
    (.replicate, true, { $0.replicate }),
    (.allowFromScratch, true, { $0.allowFromScratch }),
  ]

  private static func words(_ field: TaskField) -> String {
    switch field {
    case .transport: "`SSH+NETCAT` is not carried out by this version yet. Use SSH."
    default: "is not carried out by this version yet. Leave it out, or turn it off."
    }
  }
}
