import ReplicationModel

/// Single values, each with its finding where it is of the wrong kind.
extension AnswersReader {
  mutating func add(_ field: String, _ code: String, _ message: String) {
    findings.append(Finding(field, code: code, message))
  }

  mutating func wrong(_ key: String, _ wanted: String) {
    add(key, "answers.kind", "\(key) has to be \(wanted).")
  }

  mutating func text(_ key: String) -> String? {
    guard let value = document[key] else { return nil }
    guard let word = value.word else {
      wrong(key, "a single value")
      return nil
    }
    return word
  }

  mutating func flag(_ key: String) -> Bool? {
    switch document[key] {
    case nil: return nil
    case .flag(let flag): return flag
    default:
      wrong(key, "true or false")
      return nil
    }
  }

  mutating func list(_ key: String) -> [String] {
    switch document[key] {
    case nil: return []
    case .list(let values):
      let words = values.compactMap(\.word)
      if words.count != values.count { wrong(key, "a list of single values") }
      return words
    case .text(let text): return [text]
    default:
      wrong(key, "a list")
      return []
    }
  }

  mutating func oneOf<Value: RawRepresentable<String> & CaseIterable>(
    _ key: String, _ type: Value.Type
  ) -> Value? {
    guard let word = text(key) else { return nil }
    if let value = Value(rawValue: word) { return value }
    wrong(key, "one of " + Value.allCases.map(\.rawValue).joined(separator: ", "))
    return nil
  }

  /// `2 WEEK`.
  mutating func lifetime(_ key: String) -> (String, Lifetime.Unit)? {
    guard let text = text(key) else { return nil }
    let words = text.split(separator: " ")
    if words.count == 2, Int(words[0]) != nil,
      let unit = Lifetime.Unit(rawValue: words[1].uppercased())
    {
      return (String(words[0]), unit)
    }
    wrong(key, "a number and a unit, as 2 WEEK (HOUR, DAY, WEEK, MONTH or YEAR)")
    return nil
  }
}
