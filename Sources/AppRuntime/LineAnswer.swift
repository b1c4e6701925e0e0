/// What was typed behind a prompt.
enum LineAnswer: Hashable {
  /// Enter alone.
  case keep
  case back, help, quit
  /// `-`: no value.
  case empty
  /// An answer; what it means is for who asked.
  case text(String)

  /// Reads a line. `=` before a word of ours makes it a value: `=b` is b.
  init(_ line: String) {
    let word = line.trimmed
    switch word {
    case "": self = line.isEmpty ? .keep : .text(line)
    case "b", "B": self = .back
    case "?": self = .help
    case "q", "Q": self = .quit
    case "-": self = .empty
    default:
      let isQuoted = word.hasPrefix("=") && Self.words.contains(String(word.drop { $0 == "=" }))
      self = .text(isQuoted ? String(word.dropFirst()) : line)
    }
  }

  private static let words: Set<String> = ["b", "B", "?", "q", "Q", "-"]
}
