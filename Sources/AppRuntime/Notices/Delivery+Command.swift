import ReplicationEngine
import ReplicationModel
import ZferryApp

extension Delivery {
  /// A program of the user's: the facts as JSON on its standard input, and the short ones in its
  /// environment. None of them is ever part of a command line.
  static func command(_ notice: Notice, _ words: [String]) -> Delivery {
    let facts = facts(notice)
    var environment: [String: String] = [:]
    for (name, value) in facts {
      switch value {
      // What a program said may be long; an environment has no room for that.
      case .string(let text):
        environment["ZFERRY_\(name.uppercased())"] = String(text.prefix(4_000))
      case .number(let number): environment["ZFERRY_\(name.uppercased())"] = "\(number)"
      default: break
      }
    }
    return Delivery(
      way: "command", program: words.first ?? "", arguments: Array(words.dropFirst()),
      environment: environment, input: JSONText.object(facts).line + "\n")
  }

  private static func facts(_ notice: Notice) -> [(key: String, value: JSONText)] {
    let event = notice.matter == .test ? "TEST" : notice.event.rawValue
    var facts: [(key: String, value: JSONText)] = [
      ("event", .string(event)), ("task", .string(notice.task)), ("host", .string(notice.host)),
      ("time", .number(notice.at.seconds)), ("headline", .string(Words.headline(notice))),
      ("message", .string(Words.paragraphs(notice).joined(separator: "\n"))),
    ]
    switch notice.matter {
    case .run(let run):
      facts += [
        ("outcome", .string(run.outcome)), ("sent_bytes", .number(Int64(clamping: run.sentBytes))),
        ("snapshots", JSONText(run.snapshots)),
        ("seconds", .number(Int64(run.seconds.rounded()))),
        ("error_code", JSONText(run.error?.code)),
        ("error_subject", JSONText(run.error?.subject)),
        ("error_detail", JSONText(run.error?.detail)),
      ]
    case .lag(let seconds, let limit):
      facts += [("lag_seconds", .number(seconds)), ("lag_limit_seconds", .number(limit))]
    case .test: break
    }
    return facts
  }
}
