public import ReplicationModel

/// The sudoers lines that let a user run a task's commands as root, and no others.
public enum Sudoers {
  /// sudo takes no longer expression.
  private static let longest = 1_000

  /// One line for each kind of command. They use regular expressions, which sudo knows since 1.9.10:
  /// with the older `*`, a rule for one dataset lets through options and other datasets.
  ///
  /// `paths` says where `zfs` and `zpool` are on that system, by name.
  public static func lines(
    _ patterns: [CommandPattern], user: String, paths: [String: String] = [:]
  ) -> [String] {
    var lines: [String] = []
    for pattern in patterns where pattern.tool == "zfs" || pattern.tool == "zpool" {
      let path = paths[pattern.tool] ?? "/usr/sbin/\(pattern.tool)"
      let line =
        "\(escaped(user)) ALL=(root) NOPASSWD: \(path) ^\(expression(pattern))$"
      if !lines.contains(line) { lines.append(line) }
    }
    return lines
  }

  /// Only listings name many datasets at once; they change nothing, so that a long list of names may
  /// give way to any name.
  private static func expression(_ pattern: CommandPattern) -> String {
    let whole = pattern.expression(.sudoers)
    guard whole.utf8.count > longest, case .word(let verb)? = pattern.parts.first else {
      return whole
    }
    return verb + "( [^ ]+)*"
  }

  private static func escaped(_ user: String) -> String {
    user.map { character in
      let isPlain =
        character.isASCII && (character.isLetter || character.isNumber) || "_-.".contains(character)
      return isPlain ? String(character) : "\\\(character)"
    }.joined()
  }
}
