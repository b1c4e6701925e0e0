import ReplicationModel
public import ReplicationPlanner

/// A task's rights as text: what is shown, printed and written out. Lines that are not to be typed
/// begin with `#`, so that all of it may be pasted into a root shell.
public enum RightsWords {
  /// Which ways to give the rights are told.
  public enum Kind: Sendable {
    case allow, sudo, forcedCommand
  }

  /// Both sides. Without `kinds`, what fits each side: sudoers lines where zfs runs through sudo
  /// there, else `zfs allow`; and the forced command.
  public static func lines(_ sheet: RightsSheet, kinds: [Kind] = []) -> [String] {
    var lines: [String] = []
    for place in sheet.places {
      if !lines.isEmpty { lines.append("") }
      let user = Words.escaped(place.user)
      lines.append("# \(title(place)): \(Words.escaped(place.host)), user \(user)")
      if let failure = place.failure {
        lines += comment(Words.explain(failure).text)
        lines.append("# So these are for datasets that exist and hold snapshots already.")
      }
      lines += findings(place)
      if place.isRoot && kinds.isEmpty {
        lines.append("# root may do all of it: nothing to do here.")
      } else {
        let own: [Kind] = kinds.isEmpty ? [place.usesSudo ? .sudo : .allow] : kinds
        if own.contains(.allow) { lines += allow(place) }
        if own.contains(.sudo) { lines += sudo(place) }
      }
      if kinds.isEmpty || kinds.contains(.forcedCommand) {
        lines += confinement(place, sharing: sheet.sharing)
      }
    }
    return lines
  }

  private static func title(_ place: RightsSheet.Place) -> String {
    place.side == .source ? "Source" : "Destination"
  }

  private static func comment(_ text: String) -> [String] {
    text.split(separator: "\n").map { "# \($0)" }
  }

  private static func allow(_ place: RightsSheet.Place) -> [String] {
    ["# As root there:"] + place.allow.map(\.shellText)
  }

  private static func sudo(_ place: RightsSheet.Place) -> [String] {
    [
      "# For the file /etc/sudoers.d/zferry there (visudo -f; sudo 1.9.10 or later):"
    ] + place.sudoers
  }

  private static func confinement(_ place: RightsSheet.Place, sharing: [String]) -> [String] {
    guard let confinement = place.confinement else { return [] }
    var lines = [
      "# To confine the key to this task, put this line into .ssh/authorized_keys of"
        + " \(Words.escaped(place.user)) there,",
      "# in place of the one of the key:", confinement.line,
    ]
    if !sharing.isEmpty {
      lines.append(
        "# The key is also used by \(Words.names(sharing)), which then stop. Give this task a"
          + " connection of its own.")
    }
    lines.append("# and this script into the file \(confinement.path) there:")
    return lines
      + confinement.script.split(separator: "\n", omittingEmptySubsequences: false)
      .map(String.init)
  }

  /// What was proved: what is missing first.
  private static func findings(_ place: RightsSheet.Place) -> [String] {
    let missing = place.missing
    let have = place.findings.filter { $0.state == .have }
    return missing.map { finding in
      let name = Words.escaped(finding.dataset.text)
      let detail =
        finding.detail.isEmpty ? "" : " (\(Words.escaped(finding.detail).trimmedEnd))"
      let verb = finding.state == .missing ? "missing" : "not known"
      return "# [!!] \(finding.right) on \(name) is \(verb): \(finding.use.words)\(detail)"
    }
      + have.map { "# [ok] \($0.right) on \(Words.escaped($0.dataset.text)): \($0.use.words)" }
  }
}

extension String {
  fileprivate var trimmedEnd: String { String(reversed().drop { $0.isWhitespace }.reversed()) }
}

extension TaskRights.Need.Use {
  /// What the right is for.
  public var words: String {
    switch self {
    case .send: "reads what is sent"
    case .holdsWhileSending: "holds several snapshots while they are sent"
    case .keepBase: "marks what has arrived with a bookmark"
    case .dropBase: "drops old bookmarks; without mount it destroys nothing else"
    case .prune: "lets old snapshots go"
    case .takeSnapshots: "takes the snapshots of a snapshot task"
    case .receive: "receives the copy, and makes datasets for it"
    case .readonly: "keeps the copy read-only"
    case .move: "gives copies another name"
    case .encryption: "makes an encrypted copy, and loads its key"
    case .seeEmpty: "sees that the destination is empty"
    case .property: "sets a property that comes with the copy"
    case .resolve: "decides conflicts: goes back, destroys, or puts a copy aside"
    }
  }
}
