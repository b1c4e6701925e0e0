internal import ReplicationModel
public import ReplicationPlanner

/// What a decision does and loses, in words: the conflict screen and the commands say the same.
extension Words {
  /// What is done, and what the next run does then.
  public static func effect(_ resolution: Resolution) -> String {
    let target = escaped(resolution.target.text)
    switch resolution.choice {
    case .skip:
      return "Leaves \(escaped(resolution.source.text)) and all below it out of the task from now"
        + " on. Its copy stays as it is."
    case .rollback:
      let base = resolution.base.map { "@" + escaped($0.name) } ?? "the base"
      return "Sets \(target) back to \(base); the next run goes on from there."
    case .keepAside, .full:
      guard let aside = resolution.aside.map({ escaped($0.text) }) else {
        return resolution.code == .deadResumeToken
          ? "Gives up what was received of it; the next run begins that transfer anew."
          : "Puts \(target) aside; the next run sends it in full."
      }
      let below =
        resolution.moves.isEmpty
        ? "" : " \(Amount.count(resolution.moves.count, "dataset")) below it moves along, too."
      let later =
        resolution.choice == .full
        ? " Once the new copy is complete, destroy the old one by hand if you like." : ""
      return "Renames \(target) to \(aside); the next run sends it in full.\(below)\(later)"
    }
  }

  /// What is gone afterwards.
  public static func losses(_ resolution: Resolution) -> String {
    let loses = resolution.loses
    if loses.partial { return "Loses what had arrived of the cut transfer." }
    if loses.isNothing { return "Loses nothing." }
    var parts: [String] = []
    if !loses.snapshots.isEmpty {
      let shown = loses.snapshots.prefix(5).map { "@" + escaped($0.name) }.joined(separator: ", ")
      let more = loses.snapshots.count - 5
      parts.append(
        "\(Amount.count(loses.snapshots.count, "snapshot")) (\(shown)"
          + (more > 0 ? " and \(more) more)" : ")"))
    }
    if !loses.bookmarks.isEmpty { parts.append(Amount.count(loses.bookmarks.count, "bookmark")) }
    if let bytes = loses.bytes, bytes > 0 {
      parts.append("\(Amount.bytes(bytes)) written since the base")
    }
    return "Loses \(parts.joined(separator: ", "))."
  }

  /// The next step once a dataset came back.
  public static func afterRestore(_ restore: RestoreOrder) -> String {
    let place = DatasetName(trusted: restore.target)
    let isCopiedToo =
      restore.order.task.recursive && restore.target != restore.dataset
      && restore.order.task.sourceDatasets.contains { place.isWithin(DatasetName(trusted: $0)) }
    return "\(escaped(restore.target)) is back and checked, and not mounted yet: zfs mount does"
      + " that."
      + (isCopiedToo ? " It lies in a source of the task, so the next run copies it, too." : "")
  }

  /// Why it cannot be done as things are, and what to do about that; nil where it can.
  public static func obstacle(_ resolution: Resolution) -> String? {
    switch resolution.obstacle {
    case nil: nil
    case .held(let names):
      "Holds keep \(names.map { "@" + escaped($0) }.joined(separator: ", ")): see zfs holds, and"
        + " release them first."
    case .cloned(let names):
      "\(names.map(escaped).joined(separator: ", ")) is a clone of what would be destroyed: promote"
        + " or destroy it first."
    case .noSpace(let needs, let available):
      "A new copy needs about \(Amount.bytes(needs)) beside the old one, and"
        + " \(Amount.bytes(available)) are free."
    case .nameTooLong:
      "A name beside \(escaped(resolution.target.text)) would be too long: rename it by hand."
    }
  }
}

extension Conflict.Choice {
  /// What it is called.
  public var title: String {
    switch self {
    case .rollback: "Roll back"
    case .keepAside: "Keep aside"
    case .skip: "Skip"
    case .full: "Send in full"
    }
  }

  /// What it is, as long as nobody looked closer.
  var summary: String {
    switch self {
    case .rollback: "Destroys what only the copy has since the base."
    case .keepAside: "Renames the copy, and sends it in full. Loses nothing."
    case .skip: "Leaves this dataset out of the task. Loses nothing."
    case .full: "Puts what is there aside or gives it up, and sends in full."
    }
  }
}
