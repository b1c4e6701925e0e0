/// How the screens are shown.
public enum InterfaceMode: Hashable, Sendable {
  /// Drawn, with a cursor that is placed.
  case drawn
  /// Asked and told in lines.
  case plain

  /// Plain where it is asked for, and where a terminal cannot place its cursor. Without a terminal
  /// nothing but being asked for makes it plain: a job of cron has no TERM either, and must not be
  /// asked anything. `variable` is the environment.
  public init(isAskedFor: Bool, isTerminal: Bool, variable: (String) -> String?) {
    let accessible = (variable("ACCESSIBLE") ?? "").lowercased()
    let isWanted = !["", "0", "no", "false"].contains(accessible)
    let cannot = Self.cannotPlaceCursor(variable("TERM") ?? "")
    self = isAskedFor || isTerminal && (cannot || isWanted) ? .plain : .drawn
  }

  /// Whether nothing can be drawn on a terminal of this name: no guess would be right.
  public static func cannotPlaceCursor(_ name: String) -> Bool {
    ["", "dumb", "unknown", "network", "dialup"].contains(name)
  }

  /// Whether text beyond ASCII can be read there, by what the locale says.
  public static func isUnicode(_ variable: (String) -> String?) -> Bool {
    for name in ["LC_ALL", "LC_CTYPE", "LANG"] {
      guard let locale = variable(name)?.lowercased(), !locale.isEmpty else { continue }
      return locale.hasSuffix("utf-8") || locale.hasSuffix("utf8")
    }
    return false
  }
}
