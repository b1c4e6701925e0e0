public import ReplicationPlanner
import ReplicationModel

extension Words {
  /// A conflict in words, with the newest snapshot of both sides where they have any.
  ///
  /// On the way back the copy is the source, and nothing is decided: another place is found.
  public static func conflict(_ conflict: Conflict, restoring: Bool = false) -> Explanation {
    var explanation = explain(
      code: conflict.code.rawValue, subject: conflict.target.text, detail: conflict.detail)
    explanation.message = conflictMessage(conflict) + newest(conflict)
    guard restoring else { return explanation }
    guard conflict.code == .noMatchingSnapshots else {
      explanation.hint =
        conflict.code == .targetPoolMissing
        ? "Nothing was changed. Restore to a dataset of a pool that is there."
        : "Nothing was changed. Restore to a dataset that does not exist yet."
      return explanation
    }
    return Explanation(
      "\(escaped(conflict.source.text)) has no snapshot to bring back, or none of that name.",
      "Choose one that the copy has.")
  }

  private static func newest(_ conflict: Conflict) -> String {
    guard !conflict.sourceTimeline.isEmpty || !conflict.targetTimeline.isEmpty else { return "" }
    let source = conflict.sourceTimeline.last.map { "@" + escaped($0.name) } ?? "none"
    let target = conflict.targetTimeline.last.map { "@" + escaped($0.name) } ?? "none"
    return " Newest snapshot on the source: \(source); on the destination: \(target)."
  }

  /// What stands in the way, without what to do.
  static func conflictMessage(_ conflict: Conflict) -> String {
    let source = escaped(conflict.source.text)
    let target = escaped(conflict.target.text)
    let said = said(escaped(conflict.detail))
    return switch conflict.code {
    case .sourceMissing: "\(source) does not exist on the source."
    case .noMatchingSnapshots:
      Int(conflict.detail).map { $0 > 0 } == true
        ? "\(source) has \(Amount.count(Int(conflict.detail) ?? 0, "snapshot")), but none with a"
          + " name this task selects." : "\(source) has no snapshot with a name this task selects."
    case .noCommonBase:
      "\(source) and \(target) both have snapshots, but none in common, so nothing can be added"
        + " to the copy."
    case .copyElsewhere:
      "The copy of \(source) is in \(escaped(conflict.detail)). With the sources that this task has now"
        + " it would go to \(target), and all of it would be sent again."
    case .targetHasNewerSnapshots:
      "\(target) has snapshots that are newer than the last one both sides hold\(said)."
    case .targetModified:
      "\(target) was changed since the last snapshot both sides hold\(size(conflict))."
    case .targetHasForeignData:
      "\(target) exists already and holds data that did not come from \(source)\(size(conflict))."
    case .typeMismatch:
      "\(source) and \(target) are of different kinds: one is a filesystem, one a volume."
    case .deadResumeToken:
      "\(target) holds part of an earlier transfer that \(source) cannot go on with\(said)."
    case .targetNotReadonly: "\(target) is not read-only, and this task requires it to be."
    case .encryption: "\(source) and \(target) differ in how they are encrypted\(said)."
    case .sourceEncrypted:
      "\(source) is encrypted already. It is sent as it is, with its own key, and cannot get another"
        + " one on the way."
    case .parentEncrypted:
      "\(target) would come below a dataset that is encrypted\(said), and \(source) is not."
    case .parentNotEncrypted:
      "\(target) is to inherit its encryption, and the dataset above it is not encrypted\(said)."
    case .targetNotEncrypted:
      "\(target) is to be encrypted, and what is there already is not\(said)."
    case .keyNotLoaded: "The key that \(target) needs is not loaded\(said)."
    case .overlap:
      "\(source) and \(target) are the same dataset, or one lies inside the other\(said)."
    case .targetPoolMissing: "The pool of \(target) does not exist on the destination."
    }
  }

  /// The size in a conflict's detail, in brackets; what is no number is shown as it is.
  private static func size(_ conflict: Conflict) -> String {
    said(UInt64(conflict.detail).map(Amount.bytes) ?? escaped(conflict.detail))
  }

  /// Hints per conflict, in the shape of the other catalogues.
  static let conflictHints: [String: String] = [
    "source_missing": "Choose the source again: it may have been renamed or destroyed.",
    "no_matching_snapshots": "Take one that matches, or change the naming schema.",
    "no_common_base":
      "Choose an empty destination, or decide: zferry conflicts TASK shows the ways out, and"
      + " keep-aside loses nothing.",
    "copy_elsewhere":
      "Give the source that was added a task of its own, or rename the copy with zfs rename.",
    "target_has_newer_snapshots":
      "Decide whether they may go: zferry conflicts TASK shows each way out and what it loses.",
    "target_modified":
      "Decide whether the changes may go: zferry conflicts TASK shows each way out and what it loses.",
    "target_has_foreign_data":
      "Choose another destination, type a new name below this one, or put it aside: zferry conflicts"
      + " TASK shows how.",
    "type_mismatch":
      "Choose another destination, or put this one aside: zferry conflicts TASK shows how.",
    "dead_resume_token":
      "Let go of it: zferry conflicts TASK shows how. Its bytes are sent again.",
    "target_not_readonly": "Set readonly=on there, or choose SET for this task.",
    "encryption": "Choose a destination whose encryption matches.",
    "source_encrypted":
      "Turn off the encryption of this task, or give datasets that are encrypted a task of their own.",
    "parent_encrypted": "Turn on the encryption of this task: Inherit, or a key of its own.",
    "parent_not_encrypted":
      "Choose a place below an encrypted dataset, or give this task a key of its own.",
    "target_not_encrypted":
      "Choose a name that does not exist yet, or turn off the encryption of this task.",
    "key_not_loaded": "Load it there, with: zfs load-key DATASET. Then run it again.",
    "overlap": "Choose a destination outside the source.",
    "target_pool_missing": "Import the pool there, or choose another destination.",
  ]
}
