/// What a name has to be to become the name of a file `NAME.yaml`.
enum FileName {
  struct Problem: Hashable {
    var code: String
    /// What follows the field's label.
    var words: String
  }

  /// Leaves room for an ending within the 255 bytes that file systems allow.
  static let longest = 200

  /// The first problem with a name, or nil.
  static func problem(with name: String) -> Problem? {
    if name.allSatisfy({ $0 == " " }) {
      return Problem(
        code: "name.required", words: "is required: the file is called after it. Enter a name.")
    }
    if name.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) {
      return Problem(
        code: "name.file", words: "holds a character that cannot be printed. Leave it out.")
    }
    if name.contains("/") {
      return Problem(
        code: "name.file", words: "`\(name)` has a slash, and becomes a file's name. Leave it out.")
    }
    if name.hasPrefix(".") {
      return Problem(
        code: "name.file",
        words: "`\(name)` begins with a dot, which would hide its file. Begin with a letter.")
    }
    let bytes = name.utf8.count
    guard bytes > longest else { return nil }
    return Problem(
      code: "name.file",
      words: "is \(bytes) bytes long, and \(longest) is the most a file's name takes. Shorten it.")
  }
}
