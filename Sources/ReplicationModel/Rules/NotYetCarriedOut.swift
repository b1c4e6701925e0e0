extension TaskRules {
  /// What a task asks for that this version's engine does not do (code `later`). Errors keep it
  /// from being saved or run as if it were done; what only leaves more behind is a warning.
  public static func runnable(_ draft: TaskDraft) -> [Finding] {
    let options: [(field: TaskField, isAskedFor: Bool)] = [
      (.transport, draft.transport == .sshNetcat),
      (.compression, draft.compression != nil),
      (.speedLimit, draft.speedLimit != nil),
      (.encryption, draft.encryption),
      (.replicate, draft.replicate),
      (.holdPendingSnapshots, draft.holdPendingSnapshots),
      (.restrictSchedule, draft.restrictSchedule != nil),
      (.onlyMatchingSchedule, draft.onlyMatchingSchedule),
      (.lifetimes, !draft.lifetimes.isEmpty),
      (.allowFromScratch, draft.allowFromScratch),
    ]
    return options.filter(\.isAskedFor).map { field, _ in
      Finding(field, code: "later", words(field))
    } + pruning(draft)
  }

  private static func words(_ field: TaskField) -> String {
    field == .transport
      ? "`SSH+NETCAT` is not carried out by this version yet. Use SSH."
      : "is not carried out by this version yet. Leave it out, or turn it off."
  }

  private static func pruning(_ draft: TaskDraft) -> [Finding] {
    guard draft.retentionPolicy != .none else { return [] }
    return [
      Finding(
        .retentionPolicy, nil, .warning, code: "later",
        "is `\(draft.retentionPolicy.rawValue)`, but this version prunes nothing yet: old "
          + "snapshots stay on the destination. Watch its free space.")
    ]
  }
}
