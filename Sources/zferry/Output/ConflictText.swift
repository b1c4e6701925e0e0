internal import ReplicationModel
internal import ReplicationPlanner
internal import ZferryApp

/// Conflicts and decisions, for people.
enum ConflictText {
  /// A conflict with both timelines and all ways out of it.
  static func lines(_ one: ConflictCase, task: String, zone: Zone) -> [String] {
    let conflict = one.conflict
    var lines = [
      "[!!] \(Words.escaped(conflict.source.text)) -> \(Words.escaped(conflict.target.text))"
        + "  (\(conflict.code.rawValue))",
      "  \(Words.conflict(conflict).message)",
    ]
    lines += timeline(conflict, zone: zone)
    for resolution in one.resolutions {
      lines.append("  --by \(resolution.choice.rawValue)")
      lines += self.lines(resolution, zone: zone).map { "    " + $0 }
    }
    if one.resolutions.isEmpty {
      lines.append("  \(Words.conflict(conflict).hint)")
    } else {
      lines.append(
        "  Decide: zferry resolve \(Command.quoted(task)) \(Command.quoted(conflict.target.text))"
          + " --by \(one.resolutions.count > 1 ? "..." : one.resolutions[0].choice.rawValue)")
    }
    return lines
  }

  /// What a decision does, every snapshot that it loses, and its commands.
  static func lines(_ resolution: Resolution, zone: Zone) -> [String] {
    var lines = [Words.effect(resolution), Words.losses(resolution)]
    lines += resolution.loses.snapshots.map {
      "  lost     @\(moment($0, zone: zone))"
    }
    lines += resolution.loses.bookmarks.map { "  lost     #\(Words.escaped($0.name))" }
    lines += resolution.moves.map { "  moves    \(Words.escaped($0.text))" }
    lines += resolution.commands.map { "  command  \(Words.escaped($0.shellText))" }
    if let obstacle = Words.obstacle(resolution) { lines.append("  [!!] \(obstacle)") }
    return lines
  }

  /// From the base on, newest first: what is older bears on nothing.
  private static func timeline(_ conflict: Conflict, zone: Zone) -> [String] {
    let entries = Timeline(conflict).entries
    let base = entries.firstIndex { $0.snapshot.guid == conflict.base?.guid }
    let shown = base.map { entries[...$0] } ?? entries.prefix(20)
    var lines = shown.map { entry in
      let isBase = entry.snapshot.guid == conflict.base?.guid
      let side = entry.side == .target ? "destination" : entry.side.rawValue
      return "    \(side.padding(to: 12)) @\(moment(entry.snapshot, zone: zone))"
        + (isBase ? "  <- base" : "")
    }
    if entries.count > shown.count {
      lines.append("    ... and \(entries.count - shown.count) older")
    }
    return lines
  }

  private static func moment(_ snapshot: Snapshot, zone: Zone) -> String {
    "\(Words.escaped(snapshot.name))  \(RunText.time(snapshot.creation, zone: zone))"
      + "  guid \(snapshot.guid.value)"
  }
}
