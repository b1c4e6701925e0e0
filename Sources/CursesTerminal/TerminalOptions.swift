import Glibc

/// What the command line and the environment say about the terminal.
public struct TerminalOptions: Sendable {
  /// `--mono`, or NO_COLOR.
  public var isMono = false
  /// `--ascii`.
  public var isASCII = false
  /// `--slow`.
  public var isSlow = false
  /// The terminal's name; nil takes TERM.
  public var name: String?
  public var input: Int32 = 0
  public var output: Int32 = 1
  /// The environment; a test has one of its own, because nothing else may change under threads.
  var variable: @Sendable (String) -> String? = { getenv($0).map { String(cString: $0) } }
  /// As setlocale wants it: empty takes what the environment says.
  var locale = ""

  public init() {}
}

/// Why there can be no screen.
public enum TerminalProblem: Error, Hashable, Sendable {
  /// Input or output is not a terminal.
  case noTerminal
  /// The terminal cannot place its cursor, as TERM=dumb, or nothing is known of it.
  case cannotDraw(name: String)
  /// The system refused something; its errno.
  case system(Int32)
}
