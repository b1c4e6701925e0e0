import ReplicationModel
public import ReplicationPlanner

extension Words {
  /// A plan's warning, and what to do about it where there is something.
  public static func warning(_ warning: PlanWarning) -> Explanation {
    let subject = escaped(warning.subject)
    let detail = escaped(warning.detail)
    if let words = warnings[warning.code] { return words(subject, detail) }
    if knows(warning.code) {
      return explain(code: warning.code, subject: warning.subject, detail: warning.detail)
    }
    return Explanation("\(subject): \(detail.isEmpty ? escaped(warning.code) : detail)")
  }

  static let warnings: [String: Sentence] = [
    "target_has_newer_snapshots": { subject, detail in
      Explanation(
        "\(subject) has snapshots of its own that are newer than the source's\(said(detail)).",
        "There is nothing to send now; once there is, they will be in the way.")
    },
    "target_modified": { subject, detail in
      Explanation(
        "\(subject) was changed since the last snapshot both sides hold"
          + "\(said(UInt64(detail).map(Amount.bytes) ?? detail)).",
        "There is nothing to send now; once there is, the changes will be in the way.")
    },
    "no_matching_snapshots": { subject, _ in
      Explanation(
        "\(subject) has no snapshot this task selects, and is left out.",
        "It comes along once it has one.")
    },
    "parent_left_out": { subject, _ in
      Explanation(
        "\(subject) is left out, because the dataset above it is.",
        "It comes along once that one has a snapshot.")
    },
    "left_out": { subject, detail in
      Explanation(
        "\(subject) needs a decision (\(detail)), and is left as it is with all below it.",
        "The others go on. zferry conflicts shows what may be decided.")
    },
    "origin_left_out": { subject, _ in
      Explanation(
        "\(subject) is left out, because the dataset that it is a clone of is.",
        "It comes along once that one was decided about.")
    },
    "raw_not_packed": { subject, _ in
      Explanation(
        "\(subject): it is encrypted and sent raw, so its stream is not packed.",
        "Nothing has to be done: what is encrypted gets no smaller.")
    },
    "unencrypted": { _, _ in
      Explanation(
        "The data travel unencrypted (SSH+NETCAT): whoever can listen on the network can read and"
          + " change them.",
        "Keep to a network you trust, or set Transport to SSH.")
    },
    "name_too_long_for_bookmark": { subject, _ in
      Explanation(
        "\(subject): its name leaves no room for a bookmark.",
        "Keep the newest snapshot there, or a later run may have to send everything again.")
    },
  ]
}
