internal import ReplicationEngine
internal import ReplicationModel
internal import ReplicationPlanner
internal import ZferryApp

/// What snapshot tasks took, or would take, for people.
enum TakingText {
  static func line(_ taking: SnapshotTaking) -> String {
    let snapshot = Words.escaped(taking.snapshot)
    switch taking.outcome {
    case .taken:
      let count = taking.datasets.map { " (\(Amount.count($0, "dataset")))" } ?? ""
      return "Took \(snapshot)\(count)."
    case .exists: return "\(snapshot) is there already: nothing was taken."
    case .unchanged:
      return "Nothing was written since the last snapshot, so \(snapshot) was not taken."
    case .failed: return "\(snapshot) was not taken. \(reason(taking))"
    case .pruned:
      let gone = taking.datasets ?? 0
      let count = gone > 0 ? "\(Amount.count(gone, "old snapshot"))" : "No old snapshot"
      return
        "\(count) of \(snapshot) let go."
        + (taking.error == nil ? "" : " \(reason(taking))")
    }
  }

  private static func reason(_ taking: SnapshotTaking) -> String {
    guard let error = taking.error else { return "" }
    return Words.explain(code: error.code, subject: error.subject, detail: error.detail).text
  }

  /// A decision that is not carried out.
  static func lines(_ decision: SnapshotDecision, of task: SnapshotTask) -> [String] {
    switch decision {
    case .take(let command, let datasets):
      return [
        "Would take \(Amount.count(datasets.count, "snapshot")), all at the same moment:"
      ] + datasets.map { "  \(Words.escaped($0.text))" } + [Words.escaped(command.shellText)]
    case .unchanged:
      return ["Nothing was written since the last snapshot: none would be taken."]
    case .nothingLeft:
      return ["What is excluded leaves nothing below \(Words.escaped(task.dataset))."]
    }
  }
}
