/// JSON as a value that keeps the order of its keys, and its text.
public indirect enum JSONText: Sendable {
  case null
  case bool(Bool)
  case number(Int64)
  case string(String)
  case list([JSONText])
  case object([(key: String, value: JSONText)])

  /// A string, or null where there is none.
  public init(_ text: String?) { self = text.map { .string($0) } ?? .null }
  /// A number, or null where there is none.
  public init(_ number: Int?) { self = number.map { .number(Int64($0)) } ?? .null }
  /// Strings in a list.
  public init(_ texts: [String]) { self = .list(texts.map { .string($0) }) }

  /// On one line.
  public var line: String { text(indent: nil) }

  /// With a line for each value, as people read it.
  public var lines: String { text(indent: 0) }

  private func text(indent: Int?) -> String {
    switch self {
    case .null: "null"
    case .bool(let flag): flag ? "true" : "false"
    case .number(let number): "\(number)"
    case .string(let text): Self.quoted(text)
    case .list(let values): Self.group("[", values.map { (lead: "", value: $0) }, "]", indent)
    case .object(let pairs):
      Self.group(
        "{",
        pairs.map { (lead: Self.quoted($0.key) + (indent == nil ? ":" : ": "), value: $0.value) },
        "}", indent)
    }
  }

  private static func group(
    _ begin: String, _ values: [(lead: String, value: JSONText)], _ end: String, _ indent: Int?
  ) -> String {
    guard let indent, !values.isEmpty else {
      return begin + values.map { $0.lead + $0.value.text(indent: nil) }.joined(separator: ",")
        + end
    }
    let blanks = String(repeating: " ", count: indent + 2)
    let parts = values.map { blanks + $0.lead + $0.value.text(indent: indent + 2) }
    return begin + "\n" + parts.joined(separator: ",\n") + "\n"
      + String(repeating: " ", count: indent) + end
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": result += "\\\(scalar)"
      case "\n": result += "\\n"
      default:
        if scalar.value >= 0x20, scalar.value != 0x7F {
          result.unicodeScalars.append(scalar)
        } else {
          let digits = String(scalar.value, radix: 16)
          result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }
      }
    }
    return result + "\""
  }
}
