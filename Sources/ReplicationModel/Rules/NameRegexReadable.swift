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
    guard (try? Regex(pattern)) == nil else { return [] }
    return [
      Finding(
        .nameRegex, code: "M35",
        "`\(pattern)` cannot be read. Check that every bracket is closed, then try again.")
    ]
  }
}
