/// One command line, as an argument list: what is run, what the plan shows, what a test compares.
///
/// Names are data here; they become text only in `shellText`, which quotes each argument once.
public struct Command: Hashable, Sendable, CustomStringConvertible {
  /// `zfs` or `zpool`, without a path: the host that runs it knows where its own is.
  public var tool: String
  public var arguments: [String]
  /// What its stream goes through on its host, where it is packed.
  public var filter: Filter?
  /// The connection without encryption that its stream takes, where another host runs it.
  public var link: Link?
  /// What it reads from standard input, such as a key: never part of the line, and so of no log.
  public var input: Secret?

  public init(_ tool: String, _ arguments: [String]) {
    self.tool = tool
    self.arguments = arguments
  }

  public static func zfs(_ arguments: String...) -> Command { Command("zfs", arguments) }
  public static func zfs(_ arguments: [String]) -> Command { Command("zfs", arguments) }

  /// Whether it may need root, and so goes through sudo where that is wanted; `id` and `sudo -l` do not.
  public var mayNeedRoot: Bool { tool == "zfs" || tool == "zpool" }

  /// The line for a POSIX sh, safe for any argument without a NUL.
  public var shellText: String {
    let own = ([tool] + arguments).map(Self.quoted).joined(separator: " ")
    guard let filter else { return own }
    let other = filter.command.shellText
    return filter.place == .after ? "\(own) | \(other)" : "\(other) | \(own)"
  }

  public var description: String { shellText }

  /// `text` as one word of POSIX sh: as it is where nothing in it is special, else in single quotes.
  public static func quoted(_ text: String) -> String {
    let plain = text.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"):
        true
      case UInt8(ascii: "/"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."),
        UInt8(ascii: ":"), UInt8(ascii: "@"), UInt8(ascii: "="), UInt8(ascii: ","),
        UInt8(ascii: "+"), UInt8(ascii: "%"):
        true
      default: false
      }
    }
    if plain && !text.isEmpty { return text }
    return "'"
      + text.split(separator: "'", omittingEmptySubsequences: false)
      .joined(separator: "'\\''") + "'"
  }
}
