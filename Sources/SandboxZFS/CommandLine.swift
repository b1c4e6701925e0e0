/// A command line taken apart as getopt(3) does.
struct CommandLine {
  private(set) var flags: Set<Character> = []
  private(set) var values: [(flag: Character, value: String)] = []
  private(set) var operands: [String] = []

  /// - Parameters:
  ///   - words: what follows the command.
  ///   - plain: letters that stand alone.
  ///   - valued: letters that take the next word, or what follows them in their own.
  /// - Throws: `SandboxProblem` for a letter that is in neither, or one without its value.
  init(_ words: [String], _ plain: String, valued: String = "") throws {
    var rest = words[...]
    while let word = rest.first, word.hasPrefix("-"), word.count > 1 {
      rest.removeFirst()
      if word == "--" { break }
      var letters = word.dropFirst()
      while let letter = letters.popFirst() {
        if plain.contains(letter) {
          flags.insert(letter)
        } else if valued.contains(letter) {
          if !letters.isEmpty {
            values.append((letter, String(letters)))
            letters = ""
          } else if let value = rest.popFirst() {
            values.append((letter, value))
          } else {
            throw SandboxProblem.usage("missing argument for '\(letter)' option")
          }
        } else {
          throw SandboxProblem.usage("invalid option '\(letter)'")
        }
      }
    }
    operands = Array(rest)
  }

  func has(_ flag: Character) -> Bool { flags.contains(flag) }

  func value(_ flag: Character) -> String? { values.last { $0.flag == flag }?.value }

  func all(_ flag: Character) -> [String] { values.filter { $0.flag == flag }.map(\.value) }

  /// The single operand, or a usage error that names what is missing.
  func only(_ what: String) throws -> String {
    guard let first = operands.first else { throw SandboxProblem.usage("missing \(what) argument") }
    guard operands.count == 1 else { throw SandboxProblem.usage("too many arguments") }
    return first
  }

  /// `name=value` pairs of an option.
  func pairs(_ flag: Character) throws -> [(String, String)] {
    try all(flag).map { text in
      guard let equals = text.firstIndex(of: "=") else {
        throw SandboxProblem.usage("missing '=' for property=value argument")
      }
      return (String(text[..<equals]), String(text[text.index(after: equals)...]))
    }
  }
}
