/// Text as a terminal shows it: its width in columns, and what of it may be shown at all.
public enum ScreenText {
  /// The columns a text takes.
  public static func columns(of text: String) -> Int {
    if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return text.utf8.count }
    return text.reduce(0) { $0 + columns(of: $1) }
  }

  /// The columns a character takes: 2 for the wide ones of East Asia, else 1; 0 for a mark without
  /// a letter below it.
  public static func columns(of character: Character) -> Int {
    if character.isASCII {
      return character.asciiValue.map { $0 >= 0x20 && $0 < 0x7F ? 1 : 0 } ?? 0
    }
    return character.unicodeScalars.reduce(0) { $0 + CharacterWidth.columns(of: $1) }
  }

  /// `text` with everything that could steer a terminal, or mislead a reader, spelled out:
  /// controls, direction marks, invisible characters, and marks without a letter below them.
  public static func printable(_ text: String) -> String {
    if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return text }
    var result = ""
    var letters = 0
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x0A: result += "\\n"
      case 0x09: result += "\\t"
      case 0...0x1F, 0x7F...0x9F, 0xAD, 0x061C, 0x180E, 0x200B...0x200F, 0x2028...0x202E,
        0x2060...0x206F, 0xFEFF, 0xFFF9...0xFFFB, 0xE000...0xF8FF, 0xE0000...0x10FFFF:
        result += "\\u{\(String(scalar.value, radix: 16))}"
        letters = 0
      // Which picture a character has is for the terminal to say: its width would be unknown.
      case 0xFE00...0xFE0F: continue
      default:
        if CharacterWidth.columns(of: scalar) > 0 {
          letters = 1
        } else if letters == 0 {
          result += "\\u{\(String(scalar.value, radix: 16))}"
          continue
        } else {
          letters += 1
          // A letter with a tower of marks would be drawn over its neighbours.
          if letters > 4 { continue }
        }
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// The longest beginning that fits into so many columns.
  public static func prefix(_ text: String, columns limit: Int) -> String {
    var used = 0
    var result = ""
    for character in text {
      used += columns(of: character)
      if used > limit { break }
      result.append(character)
    }
    return result
  }

  /// The longest end that fits into so many columns.
  public static func suffix(_ text: String, columns limit: Int) -> String {
    var used = 0
    var result: [Character] = []
    for character in text.reversed() {
      used += columns(of: character)
      if used > limit { break }
      result.append(character)
    }
    return String(result.reversed())
  }

  /// `text`, or its beginning and an ellipsis.
  public static func clipped(_ text: String, to limit: Int, ellipsis: String) -> String {
    guard columns(of: text) > limit else { return text }
    let room = limit - columns(of: ellipsis)
    guard room > 0 else { return prefix(text, columns: max(0, limit)) }
    return prefix(text, columns: room) + ellipsis
  }

  /// `text`, or its beginning and its end around an ellipsis: `tank/…/alpha`. The end of a dataset's
  /// name tells more than its middle.
  public static func shortened(_ text: String, to limit: Int, ellipsis: String) -> String {
    guard columns(of: text) > limit else { return text }
    let room = limit - columns(of: ellipsis)
    guard room > 1 else { return prefix(text, columns: max(0, limit)) }
    let tail = room * 3 / 5
    return prefix(text, columns: room - tail) + ellipsis + suffix(text, columns: tail)
  }

  /// `text` broken at spaces into lines of at most so many columns; a word that is longer than a
  /// line is broken anywhere. Always at least one line.
  public static func wrapped(_ text: String, to width: Int) -> [String] {
    let width = max(1, width)
    var lines: [String] = []
    var line = ""
    var used = 0
    for word in text.split(separator: " ", omittingEmptySubsequences: true) {
      var rest = String(word)
      var length = columns(of: rest)
      if used > 0, used + 1 + length <= width {
        line += " " + rest
        used += 1 + length
        continue
      }
      if used > 0 { lines.append(line) }
      while length > width {
        let part = prefix(rest, columns: width)
        guard !part.isEmpty else { break }
        lines.append(part)
        rest = String(rest.dropFirst(part.count))
        length = columns(of: rest)
      }
      line = rest
      used = length
    }
    if !line.isEmpty || lines.isEmpty { lines.append(line) }
    return lines
  }
}
