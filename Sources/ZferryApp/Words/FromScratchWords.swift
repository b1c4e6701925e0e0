public import ReplicationPlanner
import ReplicationModel

extension Words {
  /// `bk/a, to bk/a.zferry-aside-20261129-offsite-1, with 2 datasets below it`
  public static func move(_ move: Move) -> String {
    let below =
      move.below.isEmpty ? "" : ", with \(Amount.count(move.below.count, "dataset")) below it"
    return "\(escaped(move.from.text)), to \(escaped(move.to.text))\(below)"
  }

  /// What takes the place of a copy.
  public static func replacement(_ replacement: Replacement) -> String {
    let target = escaped(replacement.target.text)
    if replacement.isInPlace { return "\(target) has its new copy; the old one is left to go" }
    return "\(target), once \(escaped(replacement.standIn.text)) is complete"
  }

  /// What an old copy loses, a dataset a line.
  static func losses(_ replacement: Replacement) -> [String] {
    guard let old = replacement.old else { return [] }
    let place = old.hasMoved ? old.name : replacement.target
    return old.loses.map { loss in
      let names = loss.snapshots.map(\.name)
      let held =
        names.isEmpty ? "" : ", with \(Amount.count(names.count, "snapshot")): \(some(names))"
      return "the old \(escaped(place.text + loss.path))\(held)"
    }
  }

  static let fromScratchWords: [String: Sentence] = [
    "from_scratch.changed": { subject, _ in
      Explanation(
        "[ESTALE] \(subject) was to make way for a new copy, and is not what it was.",
        "Nothing of it was destroyed. Look at the plan again, then run it again.")
    },
    "from_scratch.old_left": { subject, detail in
      Explanation(
        "\(subject), the old copy, stays: it holds more than was listed, or is in use"
          + "\(said(detail)).",
        "The new copy is in its place. Look at the old one; the next run tries again.")
    },
    "clone_in_full": { subject, detail in
      Explanation(
        "\(subject) is a clone\(said(detail)), and its origin is not part of the copy: it is sent in full.",
        "It takes the room of a dataset of its own there. Nothing has to be done.")
    },
    "from_scratch.keeps": { subject, detail in
      Explanation(
        "\(subject) is not replaced: \(detail.isEmpty ? "a dataset there" : detail) would be lost,"
          + " and this task does not send it.",
        "Move that dataset away, or set allow_from_scratch to ASIDE.")
    },
  ]
}
