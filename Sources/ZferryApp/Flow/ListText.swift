import ReplicationModel

/// Lists on one line: `a, b`. A comma that belongs to a value has a backslash before it.
enum ListText {
  static func join(_ values: [String]) -> String {
    values.map(escaped).joined(separator: ", ")
  }

  /// The values, without the blanks around them; what is empty is none.
  static func split(_ text: String) -> [String] {
    var values: [String] = []
    var value = ""
    var isEscaped = false
    for character in text {
      if isEscaped {
        value.append(character)
        isEscaped = false
      } else if character == "\\" {
        isEscaped = true
      } else if character == "," {
        values.append(value)
        value = ""
      } else {
        value.append(character)
      }
    }
    return (values + [value]).map(trimmed).filter { !$0.isEmpty }
  }

  static func join(_ values: [String: String]) -> String {
    join(values.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" })
  }

  /// `name=value, …`: the pairs, and the first piece that is none.
  static func pairs(_ text: String) -> (values: [String: String], problem: String?) {
    var values: [String: String] = [:]
    for piece in split(text) {
      guard let sign = piece.firstIndex(of: "="), sign != piece.startIndex else {
        return (values, piece)
      }
      values[trimmed(String(piece[..<sign]))] = trimmed(String(piece[piece.index(after: sign)...]))
    }
    return (values, nil)
  }

  static func trimmed(_ text: String) -> String {
    let kept = text.drop { $0 == " " }
    return String(kept.reversed().drop { $0 == " " }.reversed())
  }

  private static func escaped(_ value: String) -> String {
    value.map { $0 == "," || $0 == "\\" ? "\\\($0)" : "\($0)" }.joined()
  }
}
