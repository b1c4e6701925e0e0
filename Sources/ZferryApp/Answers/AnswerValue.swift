/// A value of an answers file, as its reader decoded it.
public enum AnswerValue: Hashable, Sendable {
  case text(String)
  case flag(Bool)
  case number(Int)
  case list([AnswerValue])
  case map([String: AnswerValue])

  /// The value as a text, where it is a single one.
  var word: String? {
    switch self {
    case .text(let text): text
    case .number(let number): String(number)
    case .flag(let flag): flag ? "true" : "false"
    case .list, .map: nil
    }
  }
}
