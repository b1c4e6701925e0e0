internal import ReplicationModel
internal import Yams

/// One mapping of a YAML file while it is read: every key is asked for once, and what was never
/// asked for, or is of the wrong kind, becomes a finding.
struct YAMLMapping {
  private let entries: [(key: String, node: Node)]
  private var known: Set<String> = []
  /// In front of a key in a finding's field, as `schedule.`.
  private let prefix: String
  private(set) var findings: [Finding] = []

  /// Reads a file's text; a text that is no mapping is one finding.
  init(text: String) throws(YAMLProblem) {
    let node: Node?
    do {
      node = try YAMLText.compose(text)
    } catch {
      throw error as? YAMLProblem ?? YAMLProblem(words: Self.place(of: error))
    }
    guard let mapping = node?.mapping else {
      throw YAMLProblem(words: "the file has no `key: value` lines")
    }
    self.init(mapping, prefix: "")
  }

  private init(_ mapping: Node.Mapping, prefix: String) {
    entries = mapping.map { ($0.key.string ?? "?", $0.value) }
    self.prefix = prefix
  }

  /// The mappings of a list, or the only one; `naming` is the key whose text stands in front of their
  /// findings.
  static func rows(of text: String, naming key: String) throws(YAMLProblem) -> [YAMLMapping] {
    let node: Node?
    do { node = try YAMLText.compose(text) } catch {
      throw error as? YAMLProblem ?? YAMLProblem(words: place(of: error))
    }
    if let mapping = node?.mapping { return [YAMLMapping(mapping, prefix: "")] }
    guard let items = node?.sequence else { throw YAMLProblem(words: "there is no list in it") }
    var rows: [YAMLMapping] = []
    for (index, item) in items.enumerated() {
      guard let mapping = item.mapping else {
        throw YAMLProblem(words: "entry \(index + 1) of the list is no mapping")
      }
      let name = mapping[Node(key)]?.string
      rows.append(YAMLMapping(mapping, prefix: "\(name ?? "\(index + 1)")."))
    }
    return rows
  }

  /// Keys whose values mean nothing here.
  mutating func ignore(_ keys: String...) { known.formUnion(keys) }

  /// A key as findings name it.
  func path(_ key: String) -> String { prefix + key }

  /// Whether a mapping stands at a key.
  func isMapping(_ key: String) -> Bool {
    entries.first { $0.key == key }?.node.mapping != nil
  }

  /// The text of a scalar, or nil where the key is not there or holds nothing.
  mutating func text(_ key: String) -> String? {
    guard let node = node(key) else { return nil }
    guard let scalar = node.scalar else {
      report(key, "has to be one value, not a list or a mapping")
      return nil
    }
    return Self.isNull(scalar) ? nil : scalar.string
  }

  /// Whether a key is there and holds nothing, as `key: null`.
  mutating func isNothing(_ key: String) -> Bool {
    node(key)?.scalar.map { Self.isNull($0) } ?? false
  }

  mutating func bool(_ key: String) -> Bool? {
    guard let text = text(key) else { return nil }
    switch text.lowercased() {
    case "true", "yes", "on": return true
    case "false", "no", "off": return false
    default:
      report(key, "has to be true or false, not `\(text)`")
      return nil
    }
  }

  mutating func int(_ key: String) -> Int? {
    guard let text = text(key) else { return nil }
    if let value = Int(text) { return value }
    report(key, "has to be a whole number, not `\(text)`")
    return nil
  }

  mutating func choice<Choice: RawRepresentable & CaseIterable>(
    _ key: String, _: Choice.Type
  ) -> Choice? where Choice.RawValue == String {
    guard let text = text(key) else { return nil }
    if let value = Choice(rawValue: text.uppercased()) { return value }
    report(key, Self.wrong(text, Choice.self))
    return nil
  }

  /// A list of texts; one text alone is a list of one.
  mutating func texts(_ key: String) -> [String]? {
    guard let node = node(key) else { return nil }
    if let scalar = node.scalar { return Self.isNull(scalar) ? [] : [scalar.string] }
    guard let items = node.sequence else {
      report(key, "has to be a list")
      return nil
    }
    var texts: [String] = []
    for (index, item) in items.enumerated() {
      if let scalar = item.scalar {
        texts.append(scalar.string)
      } else {
        report("\(key).\(index)", "has to be one value, not a list or a mapping")
      }
    }
    return texts
  }

  /// A list of choices, as `texts`.
  mutating func choices<Choice: RawRepresentable & CaseIterable>(
    _ key: String, _: Choice.Type
  ) -> [Choice]? where Choice.RawValue == String {
    guard let texts = texts(key) else { return nil }
    return texts.enumerated().compactMap { index, text in
      if let value = Choice(rawValue: text.uppercased()) { return value }
      report("\(key).\(index)", Self.wrong(text, Choice.self))
      return nil
    }
  }

  private static func wrong<Choice: RawRepresentable & CaseIterable>(
    _ text: String, _: Choice.Type
  ) -> String where Choice.RawValue == String {
    let choices = Choice.allCases.map(\.rawValue).joined(separator: ", ")
    return "has to be one of \(choices), not `\(text)`"
  }

  /// Texts by name, as `properties_override`.
  mutating func textsByName(_ key: String) -> [String: String]? {
    guard let node = node(key) else { return nil }
    guard let mapping = node.mapping else {
      report(key, "has to be a mapping, `name: value`")
      return nil
    }
    var result: [String: String] = [:]
    for (name, value) in mapping {
      if let name = name.string, let value = value.scalar {
        result[name] = value.string
      } else {
        report(key, "has to hold one value for each name")
      }
    }
    return result
  }

  /// A mapping inside this one; its findings come back through `absorb`.
  mutating func mapping(_ key: String) -> YAMLMapping? {
    guard let node = node(key) else { return nil }
    if let scalar = node.scalar, Self.isNull(scalar) { return nil }
    guard let mapping = node.mapping else {
      report(key, "has to be a mapping, `name: value`")
      return nil
    }
    return YAMLMapping(mapping, prefix: "\(prefix)\(key).")
  }

  mutating func mappings(_ key: String) -> [YAMLMapping]? {
    guard let node = node(key) else { return nil }
    guard let items = node.sequence else {
      report(key, "has to be a list")
      return nil
    }
    var result: [YAMLMapping] = []
    for (index, item) in items.enumerated() {
      if let mapping = item.mapping {
        result.append(YAMLMapping(mapping, prefix: "\(prefix)\(key).\(index)."))
      } else {
        report("\(key).\(index)", "has to be a mapping, `name: value`")
      }
    }
    return result
  }

  /// Mappings by name, in their order; none where the key is not there.
  mutating func mappingsByName(_ key: String) -> [(name: String, mapping: YAMLMapping)] {
    guard let node = node(key) else { return [] }
    if let scalar = node.scalar, Self.isNull(scalar) { return [] }
    guard let mapping = node.mapping else {
      report(key, "has to be a mapping, `name: value`")
      return []
    }
    var result: [(name: String, mapping: YAMLMapping)] = []
    for (name, value) in mapping {
      let name = name.string ?? "?"
      if let inner = value.mapping {
        result.append((name, YAMLMapping(inner, prefix: "\(prefix)\(key).\(name).")))
      } else {
        report("\(key).\(name)", "has to be a mapping, `name: value`")
      }
    }
    return result
  }

  /// Takes over what a mapping inside this one found, its unknown keys too.
  mutating func absorb(_ inner: YAMLMapping) {
    findings += inner.finished
  }

  /// All findings, with one for each key that nobody asked for.
  var finished: [Finding] {
    findings
      + entries.filter { !known.contains($0.key) }.map { entry in
        Finding(
          prefix + entry.key, code: "file.unknown_key",
          "`\(prefix)\(entry.key)` is not a field that zferry knows. Check its spelling, or remove it."
        )
      }
  }

  mutating func report(_ key: String, _ words: String) {
    findings.append(
      Finding(prefix + key, code: "file.wrong_kind", "`\(prefix)\(key)` \(words)."))
  }

  private mutating func node(_ key: String) -> Node? {
    known.insert(key)
    return entries.first { $0.key == key }?.node
  }

  private static func isNull(_ scalar: Node.Scalar) -> Bool {
    scalar.style == .plain && ["", "~", "null", "Null", "NULL"].contains(scalar.string)
  }

  /// The place of a fault, without the text around it: a file may hold a secret.
  private static func place(of error: any Error) -> String {
    switch error as? YamlError {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      "line \(mark.line), column \(mark.column): \(problem)"
    case .duplicatedKeysInMapping(let duplicates, _):
      "a key stands there twice: \(duplicates.map { "\($0)" }.sorted().joined(separator: ", "))"
    default: "the text is not YAML"
    }
  }
}

/// A text that is not YAML, or not a mapping.
struct YAMLProblem: Error {
  var words: String
}
