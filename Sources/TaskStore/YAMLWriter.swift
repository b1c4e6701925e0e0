internal import ReplicationModel
internal import Yams

/// A mapping that is written key by key, in the order of the calls.
struct YAMLWriter {
  private var pairs: [(Node, Node)] = []

  mutating func text(_ key: String, _ value: String?) {
    guard let value else { return }
    pairs.append((Node(key), Self.scalar(value)))
  }

  mutating func bool(_ key: String, _ value: Bool?) {
    guard let value else { return }
    pairs.append((Node(key), Node(value ? "true" : "false")))
  }

  mutating func int(_ key: String, _ value: Int?) {
    guard let value else { return }
    pairs.append((Node(key), Node(String(value))))
  }

  mutating func texts(_ key: String, _ values: [String]) {
    guard !values.isEmpty else { return }
    pairs.append((Node(key), Node(values.map(Self.scalar), .implicit, .block)))
  }

  /// A list of short words, in one line; written where it is empty too.
  mutating func list(_ key: String, _ values: [String]) {
    pairs.append((Node(key), Node(values.map(Self.scalar), .implicit, .flow)))
  }

  /// A mapping with a line for each key.
  mutating func block(_ key: String, _ value: YAMLWriter) {
    pairs.append((Node(key), value.node(style: .block)))
  }

  mutating func mapping(_ key: String, _ value: YAMLWriter?) {
    guard let value else { return }
    pairs.append((Node(key), value.node(style: .flow)))
  }

  mutating func mappings(_ key: String, _ values: [YAMLWriter]) {
    guard !values.isEmpty else { return }
    pairs.append((Node(key), Node(values.map { $0.node(style: .block) }, .implicit, .block)))
  }

  /// The file's text.
  func text() -> String {
    guard !pairs.isEmpty else { return "{}\n" }
    // Yams fails only on nodes it did not make itself.
    return (try? Yams.serialize(node: node(style: .block), width: -1, allowUnicode: true)) ?? ""
  }

  private func node(style: Node.Mapping.Style) -> Node {
    Node(pairs, .implicit, style)
  }

  /// In quotes wherever a YAML reader would take the text for a number, a time or a truth value.
  private static func scalar(_ text: String) -> Node {
    let plain = Node(text)
    let isText = Resolver.default.resolveTag(of: plain) == .str
    return isText ? plain : Node(text, .implicit, .doubleQuoted)
  }
}
