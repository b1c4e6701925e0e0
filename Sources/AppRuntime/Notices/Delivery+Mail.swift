import ReplicationEngine
import ReplicationModel
import ZferryApp

extension Delivery {
  /// A mail through `sendmail`, which reads the receivers in the header.
  ///
  /// Names come from outside: in a header stands printable ASCII only, all else is coded, so that no
  /// name can end its line.
  static func mail(_ notice: Notice, to receivers: [String]) -> Delivery {
    let lines =
      [
        "To: \(receivers.joined(separator: ",\n "))",
        "Subject: \(header("[zferry] \(Words.escaped(notice.host)): \(Words.headline(notice))"))",
        "Auto-Submitted: auto-generated", "X-Zferry-Event: \(notice.event.rawValue)",
        "MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: 8bit", "",
      ]
      + Words.paragraphs(notice).flatMap { wrapped($0) + [""] }
    return Delivery(
      way: "mail", program: "sendmail", arguments: ["-t", "-i"],
      input: lines.joined(separator: "\n") + "\n")
  }

  /// Plain where it is printable ASCII, else in encoded words of RFC 2047 that fit their line.
  static func header(_ text: String) -> String {
    let isPlain = text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F } && !text.contains("=?")
    if isPlain, text.utf8.count <= 200 { return text }
    var words: [String] = []
    var word = ""
    for character in text.prefix(200) {
      let coded = character.utf8.map(quoted).joined()
      if word.utf8.count + coded.utf8.count > 60 {
        words.append(word)
        word = ""
      }
      word += coded.utf8.count > 60 ? "=3F" : coded
    }
    words.append(word)
    return words.map { "=?UTF-8?Q?\($0)?=" }.joined(separator: "\n ")
  }

  private static func quoted(_ byte: UInt8) -> String {
    let isPlain =
      (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    if isPlain { return String(UnicodeScalar(byte)) }
    let digits = String(byte, radix: 16, uppercase: true)
    return digits.count == 1 ? "=0\(digits)" : "=\(digits)"
  }

  /// Lines that every mail server takes, cut between words where that goes.
  private static func wrapped(_ text: String) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in text.prefix(4_000).split(separator: " ", omittingEmptySubsequences: false) {
      if !line.isEmpty, line.count + word.count > 76 {
        lines.append(line)
        line = ""
      }
      line += line.isEmpty ? String(word.prefix(200)) : " \(word.prefix(200))"
    }
    return lines + [line]
  }
}
