internal import Foundation
internal import ReplicationEngine
internal import ReplicationModel
internal import TaskStore
internal import Yams
internal import ZferryApp

/// The wizard's answers as a YAML file.
enum AnswersFile {
  /// Throws `.invalid` with a finding for each key that is wrong.
  static func read(_ path: String) throws -> Answers {
    let text = try GivenText.read(path)
    guard let document = document(text) else {
      throw StoreError(
        .invalid, subject: path,
        findings: [
          Finding(
            "file", code: "file.not_yaml",
            "The answers file has to be YAML of `key: value` lines. Mend it, then try again.")
        ])
    }
    let (answers, findings) = Answers.read(document)
    guard findings.allSatisfy({ $0.severity == .warning }) else {
      throw StoreError(.invalid, subject: path, findings: findings)
    }
    return answers
  }

  /// Writes answers as a file that `read` takes; it holds no secret.
  static func write(_ answers: Answers, to path: String) throws {
    guard let text = text(of: answers.document) else {
      throw StoreError(.system, subject: path, detail: "the answers cannot be written as YAML")
    }
    do { try text.write(toFile: path, atomically: true, encoding: .utf8) } catch {
      throw StoreError(.system, subject: path, detail: error.localizedDescription)
    }
  }

  /// The `key: value` lines of a YAML text, or nil where it has none.
  static func document(_ text: String) -> [String: AnswerValue]? {
    guard let node = try? YAMLText.compose(text), case .map(let document)? = value(node) else {
      return nil
    }
    return document
  }

  /// A document as a YAML text.
  static func text(of document: [String: AnswerValue]) -> String? {
    try? Yams.serialize(node: node(.map(document)), allowUnicode: true)
  }

  private static func value(_ node: Node) -> AnswerValue? {
    switch node {
    case .scalar(let scalar):
      if scalar.style == .plain {
        if let number = Int(scalar.string) { return .number(number) }
        switch scalar.string.lowercased() {
        case "true", "yes": return .flag(true)
        case "false", "no": return .flag(false)
        default: break
        }
      }
      return .text(scalar.string)
    case .sequence(let items): return .list(items.compactMap(value))
    case .mapping(let pairs):
      var map: [String: AnswerValue] = [:]
      for (key, node) in pairs {
        if let key = key.string, let value = value(node) { map[key] = value }
      }
      return .map(map)
    case .alias: return nil
    }
  }

  private static func node(_ value: AnswerValue) -> Node {
    switch value {
    // Quoted, so that a dataset called `yes` or `12` stays a text.
    case .text(let text): .scalar(Node.Scalar(text, Tag(.str), .doubleQuoted))
    case .flag(let flag): .scalar(Node.Scalar(flag ? "true" : "false", Tag(.bool), .plain))
    case .number(let number): .scalar(Node.Scalar(String(number), Tag(.int), .plain))
    case .list(let values): .sequence(Node.Sequence(values.map(node)))
    case .map(let map):
      .mapping(
        Node.Mapping(
          map.sorted { $0.key < $1.key }.map {
            (Node.scalar(Node.Scalar($0.key)), node($0.value))
          }))
    }
  }
}
