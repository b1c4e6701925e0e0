import ReplicationEngine
import ReplicationModel
import ZferryApp

extension Delivery {
  /// A ping as healthchecks takes it: the address where all is well, `/fail` behind it where not, and
  /// the words as the body.
  ///
  /// The address may hold a secret: `curl` reads it from its standard input, so that it stands in no
  /// list of processes.
  static func ping(_ notice: Notice, to address: Secret) -> Delivery {
    let url = Self.address(address.revealed, failed: notice.isAlarm)
    let body = ([Words.headline(notice)] + Words.paragraphs(notice)).joined(separator: "\n")
    let lines = [
      "url = \(quoted(url))", "data-raw = \(quoted(String(body.prefix(8_000))))",
      "header = \"Content-Type: text/plain; charset=utf-8\"", "user-agent = \"zferry\"",
      "silent", "show-error", "fail", "globoff", "output = \"/dev/null\"",
      "proto = \"=http,https\"", "connect-timeout = 10", "max-time = 25",
    ]
    return Delivery(
      way: "ping", program: "curl", arguments: ["-q", "--config", "-"],
      input: lines.joined(separator: "\n") + "\n", secret: address)
  }

  /// Before a query, where there is one.
  private static func address(_ text: String, failed: Bool) -> String {
    guard failed else { return text }
    var path = text.prefix { $0 != "?" && $0 != "#" }
    let rest = text[path.endIndex...]
    while path.hasSuffix("/") { path.removeLast() }
    return "\(path)/fail\(rest)"
  }

  /// A value of a `curl` configuration file.
  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case "\0": break
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
