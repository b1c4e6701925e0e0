public import ReplicationModel

/// The message catalogue: facts in, sentences out. Nothing else in the app explains a failure.
public enum Words {
  /// What happened and why, and what to do next.
  public struct Explanation: Hashable, Sendable {
    public var message: String
    /// The next step; empty where there is none.
    public var hint: String
    public init(_ message: String, _ hint: String = "") {
      self.message = message
      self.hint = hint
    }
    public var text: String { hint.isEmpty ? message : "\(message) \(hint)" }
  }

  /// Words for a code. `subject` and `detail` come from outside, and are escaped here.
  public static func explain(code: String, subject: String, detail: String) -> Explanation {
    let subject = escaped(subject)
    let detail = escaped(detail)
    if let sentence = sentence(code) {
      return sentence(subject, detail)
    }
    let said = detail.isEmpty ? "" : " (\(detail))"
    return Explanation(
      "[\(escaped(code))] \(subject.isEmpty ? "It" : subject) did not work\(said).",
      "The log has more; try again, and if it stays so, report it with this code.")
  }

  /// Whether the catalogue has words of its own for a code.
  public static func knows(_ code: String) -> Bool { sentence(code) != nil }

  private static func sentence(_ code: String) -> Sentence? {
    [
      hostWords, sudoWords, storeWords, zfsWords, runWords, pruneWords, checkWords, automationWords,
    ].lazy
      .compactMap { $0[code] }.first
  }

  /// What a check found that is not good, and how it is mended.
  public static func explain(_ result: CheckResult) -> Explanation {
    explain(code: result.code, subject: result.subject, detail: result.detail)
  }

  static func explain(_ failure: Failure) -> Explanation {
    if let finding = failure.findings.first {
      let more = failure.findings.count - 1
      return Explanation(
        escaped(finding.message), more > 0 ? "(\(Amount.count(more, "further finding")))" : "")
    }
    return explain(code: failure.code, subject: failure.subject, detail: failure.detail)
  }

  typealias Sentence = @Sendable (_ subject: String, _ detail: String) -> Explanation

  /// `text` with everything that could steer a terminal or mislead a reader spelled out.
  public static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x0A: result += "\\n"
      case 0x09: result += "\\t"
      case 0...0x1F, 0x7F...0x9F, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF,
        0xE0000...0xE007F:
        result += "\\u{\(String(scalar.value, radix: 16))}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// What was said, in brackets, or nothing.
  static func said(_ detail: String) -> String { detail.isEmpty ? "" : " (\(detail))" }
}
