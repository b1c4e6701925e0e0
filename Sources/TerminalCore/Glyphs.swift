/// The signs that are drawn: lines and arrows where the terminal has them, else ASCII.
public struct Glyphs: Hashable, Sendable {
  /// Whether only ASCII may be drawn.
  public let isASCII: Bool
  public let ellipsis: String
  public let horizontal, vertical: String
  public let topLeft, topRight, bottomLeft, bottomRight: String
  /// Of a row that has others below it.
  public let closed, open: String
  /// There is more, that way.
  public let up, down: String
  public let barFull, barEmpty: String
  /// In the round brackets of the option that is chosen.
  public let chosen: String
  /// In front of what has the focus.
  public let focus: String

  /// Signs that every font of a terminal window has. The Linux console's does not: it gets ASCII.
  public static let unicode = Glyphs(
    isASCII: false, ellipsis: "…", horizontal: "─", vertical: "│", topLeft: "┌", topRight: "┐",
    bottomLeft: "└", bottomRight: "┘", closed: "▸", open: "▾", up: "↑", down: "↓", barFull: "█",
    barEmpty: "░", chosen: "•", focus: ">")

  /// Bytes from 0x20 to 0x7E alone.
  public static let ascii = Glyphs(
    isASCII: true, ellipsis: "...", horizontal: "-", vertical: "|", topLeft: "+", topRight: "+",
    bottomLeft: "+", bottomRight: "+", closed: "+", open: "-", up: "^", down: "v", barFull: "#",
    barEmpty: ".", chosen: "o", focus: ">")

  /// The signs for a terminal.
  public static func of(_ capabilities: Capabilities) -> Glyphs {
    capabilities.unicode ? .unicode : .ascii
  }

  /// A text as it can be shown here: what could steer the terminal is spelled out, and where there
  /// is only ASCII, what is beyond it is replaced.
  public func spelled(_ text: String) -> String {
    let text = ScreenText.printable(text)
    guard isASCII, !text.utf8.allSatisfy({ $0 < 0x80 }) else { return text }
    var result = ""
    for character in text {
      if character.isASCII {
        result.append(character)
      } else {
        result +=
          Self.replacements[character]
          ?? String(repeating: "?", count: max(1, ScreenText.columns(of: character)))
      }
    }
    return result
  }

  private static let replacements: [Character: String] = [
    "…": "...", "–": "-", "—": "-", "→": "->", "←": "<-", "‘": "'", "’": "'", "“": "\"", "”": "\"",
    "•": "*", "·": "-", "×": "x", "─": "-", "│": "|",
  ]
}
