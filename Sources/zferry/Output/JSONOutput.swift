internal import Foundation
internal import ReplicationModel

/// Machine-readable output: objects whose keys are only ever added to.
enum JSONOutput {
  static func text(_ value: some Encodable, pretty: Bool = true) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting =
      pretty
      ? [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
      : [.sortedKeys, .withoutEscapingSlashes]
    // The values are our own and made of texts, numbers and lists: they always have a coded form.
    guard let data = try? encoder.encode(value) else { return "{}" }
    return String(decoding: data, as: UTF8.self)
  }

  /// `{"findings": [{"field", "severity", "code", "message"}]}`
  struct Findings: Encodable {
    struct Row: Encodable {
      var field: String
      var severity: String
      var code: String
      var message: String
    }
    var findings: [Row]

    init(_ findings: [Finding]) {
      self.findings = findings.map {
        Row(field: $0.field, severity: $0.severity.rawValue, code: $0.code, message: $0.message)
      }
    }
  }
}
