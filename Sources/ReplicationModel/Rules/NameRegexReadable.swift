extension TaskRule {
  /// The regular expression can be read, and is not empty (R19, M35).
  static let nameRegexReadable = TaskRule { draft, _ in
    guard let pattern = draft.nameRegex else { return [] }
    if pattern.isEmpty {
      return [
        Finding(
          .nameRegex, code: "M35", "is empty and would match no snapshot. Enter one, or remove it.")
      ]
    }
    // The reader goes as deep as brackets do, and some thousand of them end the process.
    guard pattern.utf8.count <= 500 else {
      return [
        Finding(
          .nameRegex, code: "M35",
          "has \(pattern.utf8.count) characters, and 500 are the most. Write it shorter.")
      ]
    }
    guard (try? Regex(pattern)) == nil else { return [] }
    return [
      Finding(
        .nameRegex, code: "M35",
        "`\(pattern)` cannot be read. Check that every bracket is closed, then try again.")
    ]
  }
}
