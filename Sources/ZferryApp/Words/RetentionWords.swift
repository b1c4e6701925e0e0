import ReplicationModel
public import ReplicationPlanner

extension Words {
  /// What a run of a plan destroys, a line for each side of a dataset that loses something.
  public static func destroys(_ plan: Plan) -> [String] {
    guard plan.conflicts.isEmpty else { return [] }
    return plan.replacements.flatMap(losses) + plan.retention.pruned.map(destroys)
  }

  /// `12 of bk/a on the destination: @a, @b, @c and 9 more`
  public static func destroys(_ share: RetentionPlan.Share) -> String {
    let names = share.destroys.map(\.name)
    return "\(Amount.count(names.count, "snapshot")) of \(escaped(share.dataset.text)) on the "
      + "\(share.side.words): \(some(names))"
  }

  /// The first three names, and how many more there are.
  public static func some(_ names: [String]) -> String {
    let shown = names.prefix(3).map { "@" + escaped($0) }.joined(separator: ", ")
    return names.count > 3 ? "\(shown) and \(names.count - 3) more" : shown
  }

  static let pruneWords: [String: Sentence] = [
    "prune.failed": { subject, detail in
      Explanation(
        "\(subject) could not be destroyed\(said(detail)).",
        "What was sent is safe. Mend what zfs says; the next run tries again.")
    },
    "prune.too_many": { subject, detail in
      Explanation(
        "\(subject): \(detail.isEmpty ? "many" : detail) snapshots have outlived their time, so more"
          + " than half would be lost at once. None of them was let go.",
        "See them with: zferry prune TASK --dry-run, or zferry snapshot-task prune NAME --dry-run. "
          + "If they may go, do the same with --yes-many.")
    },
    "prune.unlisted": { subject, detail in
      Explanation(
        "\(subject) did not say what holds its snapshots, so none was let go\(said(detail)).",
        "What was sent is safe. The next run tries again.")
    },
    "prune.base": { subject, _ in
      Explanation(
        "[EFAULT] \(subject): the snapshot that the next copy starts from was to be let go. It stays.",
        "Nothing was lost. Report it: this is a fault of zferry.")
    },
    "prune.source_gone": { subject, detail in
      Explanation(
        "\(subject) keeps all its snapshots, because \(detail) is not there any more.",
        "If it may go too, destroy it there yourself.")
    },
  ]
}

extension RetentionPlan.Side {
  /// `source` or `destination`.
  public var words: String { self == .source ? "source" : "destination" }
}

extension RetentionPlan.Fate {
  /// Why a snapshot stays.
  public var words: String {
    switch self {
    case .goes: "goes"
    case .base: "the next copy starts from it"
    case .inFlight: "a cut transfer needs it"
    case .last: "the newest of its schema"
    case .notOurs: "no schema of this task names it"
    case .ambiguous: "two schemas read different times from its name"
    case .notExpired: "not at the end of its time"
    case .onSource: "still on the source"
    case .pending: "not copied yet"
    case .newerThanBase: "newer than what was copied"
    case .noEvidence: "nothing in common with the other side"
    case .held: "held"
    case .cloned: "has a clone"
    case .changed: "not the snapshot it was"
    case .tooMany: "too many would be lost at once"
    }
  }
}
