public import ReplicationPlanner
import ReplicationModel

extension Words {
  /// How a run's data are encrypted, a line for each way.
  public static func encryption(_ plan: Plan) -> [String] {
    var lines: [String] = []
    let raw = Set(plan.steps.filter(\.raw).map(\.source)).count
    if raw > 0 {
      lines.append(
        "\(Amount.count(raw, "dataset")) sent raw: encrypted as on the source, no key needed")
    }
    if let keys = plan.keys, keys.isNeeded {
      let roots = keys.roots.map { escaped($0.text) }.joined(separator: ", ")
      let place =
        keys.isTemporary
        ? "kept by zferry: see zferry key export" : "kept there in \(escaped(keys.path))"
      lines.append("\(roots) made with a key of its own, \(place)")
    }
    for unlocking in plan.unlocks {
      lines.append("the key of \(escaped(unlocking.root.text)) is loaded first")
    }
    return lines
  }

  static let keyWords: [String: Sentence] = [
    "key_file.other": { subject, _ in
      Explanation(
        "[EEXIST] \(subject) on the destination holds something else than this task's key.",
        "Nothing was sent. Choose another location for the key, or look what that file is.")
    },
    "key_file.failed": { subject, detail in
      Explanation(
        "[EACCES] The key could not be written to \(subject) on the destination\(said(detail)).",
        "Nothing was sent. Choose a path that the user there may write to, or leave it empty.")
    },
    "key.none": { subject, _ in
      Explanation(
        "[ENOENT] The task \(subject) has no key of its own.",
        "Only copies with an encryption of their own have one: see encryption in its file.")
    },
    "key.missing": { subject, _ in
      Explanation(
        "[ENOKEY] The key of the copies of \(subject) is not there.",
        "Nothing was sent. Bring its file back to dataset-keys, or edit the task and type the key.")
    },
    "key_file.left": { subject, detail in
      Explanation(
        "The key's file \(subject) on the destination could not be tidied up\(said(detail)).",
        "What was sent is safe. Delete the file there, then: zfs set keylocation=prompt DATASET.")
    },
  ]
}
