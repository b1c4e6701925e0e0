public import Yams

/// The way from a text that anybody may have written to the nodes of YAML: bounded in time and memory.
public enum YAMLText {
  /// Larger than any file a person writes; a guard against reading something else by mistake.
  public static let largest = 1 << 20
  /// Each alias repeats what it stands for, and those within it repeat that: some lines are enough to
  /// fill any memory. So many can do no harm, and nobody needs them.
  static let mostAliases = 16

  /// The nodes of a text; nil where it is empty.
  public static func compose(_ text: String) throws -> Node? {
    guard aliases(in: text) <= mostAliases else { throw YAMLProblem(words: tooManyAliases) }
    return try Yams.compose(yaml: text)
  }

  static let tooManyAliases =
    "more than \(mostAliases) aliases (*name) stand there; write out what they stand for"

  /// How many words may be aliases. Stars in quotes and comments that look like one count as well, where
  /// there is an anchor for them at all.
  private static func aliases(in text: String) -> Int {
    var (anchors, aliases) = (0, 0)
    var before = UInt8(ascii: " ")
    var mark: UInt8?
    for byte in text.utf8 {
      let isSpace = byte == 32 || (9...13).contains(byte)
      if let mark, !isSpace { if mark == UInt8(ascii: "&") { anchors += 1 } else { aliases += 1 } }
      let isStart = before <= 32 || ",:[{?-".utf8.contains(before)
      mark = isStart && "&*".utf8.contains(byte) ? byte : nil
      before = byte
    }
    return anchors == 0 ? 0 : aliases
  }
}
