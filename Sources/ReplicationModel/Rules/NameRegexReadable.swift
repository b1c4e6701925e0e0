extension TaskRule {
  /// The regular expression can be read, is not empty, and comes to an end (R19, M35).
  static let nameRegexReadable = TaskRule { draft, _ in
    guard let pattern = draft.nameRegex, let sentence = problem(of: pattern) else { return [] }
    return [Finding(.nameRegex, code: "M35", sentence)]
  }

  private static func problem(of pattern: String) -> String? {
    if pattern.isEmpty {
      return "is empty and would match no snapshot. Enter one, or remove it."
    }
    // The reader goes as deep as brackets do, and some thousand of them end the process.
    guard pattern.utf8.count <= 500 else {
      return "has \(pattern.utf8.count) characters, and 500 are the most. Write it shorter."
    }
    do throws(NameRegexProblem) {
      _ = try NameRegex(pattern)
      return nil
    } catch {
      switch error {
      case .unreadable:
        return
          "`\(pattern)` cannot be read. Check that every bracket is closed, then try again."
      case .unsupported(let words):
        return
          "uses `\(words)`, which may take for ever to match. Write it without, with | for what may"
          + " stand there."
      case .tooLarge:
        return "repeats too much: written out it is too long. Use smaller numbers in braces."
      }
    }
  }
}
