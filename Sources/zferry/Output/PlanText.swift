internal import ReplicationModel
internal import ReplicationPlanner
internal import ZferryApp

/// A plan, for people: what would be done, dataset by dataset.
enum PlanText {
  /// `restoring` says that the way is back, from the copy.
  static func lines(_ plan: Plan, restoring: Bool = false) -> [String] {
    var lines: [String] = []
    for conflict in plan.conflicts {
      let words = Words.conflict(conflict, restoring: restoring)
      lines.append("[!!] \(words.message)")
      if !words.hint.isEmpty { lines.append("     \(words.hint)") }
    }
    lines += plan.leftOut.map { "[!] \(Words.conflict($0).message)" }
    for warning in plan.warnings {
      lines.append("[!] \(Words.warning(warning).text)")
    }
    if plan.isUpToDate {
      lines.append("\(plan.task): nothing to send; the destination has all of it.")
      return lines + Words.destroys(plan).map { "[!!] destroy \($0)" }
    }
    lines += plan.renames.map { "rename   \(Words.move($0)), as on the source" }
    lines += plan.asides.map { "[!] put aside \(Words.move($0))" }
    lines += plan.replacements.map { "[!] replace \(Words.replacement($0))" }
    lines += Words.encryption(plan).map { "encrypt  \($0)" }
    for name in plan.creates { lines.append("create   \(Words.escaped(name.text))") }
    for step in plan.steps { lines.append(line(step)) }
    for rollback in plan.rollbacks {
      lines.append(
        "[!!] roll back \(Words.escaped(rollback.target.text)) to @\(Words.escaped(rollback.to.name)); "
          + "lost: \(rollback.loses.map { "@" + Words.escaped($0.name) }.joined(separator: ", "))")
    }
    lines += Words.destroys(plan).map { "[!!] destroy \($0)" }
    if plan.destroys.isEmpty && plan.rollbacks.isEmpty {
      lines.append("Nothing is destroyed or rolled back.")
    }
    if let bytes = plan.bytes, !plan.steps.isEmpty {
      lines.append(
        "In all: \(Amount.count(plan.steps.count, "stream")), about \(Amount.bytes(bytes)).")
    }
    return lines
  }

  private static func line(_ step: Step) -> String {
    let verb: String
    switch step.kind {
    case .full: verb = "full"
    case .incremental: verb = "update"
    case .resume: verb = "resume"
    }
    let mark = step.from.map { ($0.origin == .bookmark ? "#" : "@") + $0.name + " .. " } ?? ""
    let size = step.bytes.map { ", about \(Amount.bytes($0))" } ?? ""
    return verb.padding(to: 8)
      + " \(Words.escaped(step.source.text)) -> \(Words.escaped(step.target.text))"
      + "  \(Words.escaped(mark + "@" + step.to.name))"
      + "  (\(Amount.count(step.snapshots, "snapshot"))\(size))"
  }
}

extension String {
  /// With spaces behind, up to a width.
  func padding(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}
