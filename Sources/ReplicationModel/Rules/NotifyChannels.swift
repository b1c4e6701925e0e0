extension TaskRule {
  /// Who is told can be reached, and there is something to tell.
  static let notifyChannels = TaskRule { draft, _ in
    guard let notify = draft.notify else { return [] }
    var findings: [Finding] = []
    func add(_ part: String?, _ code: String, _ words: String) {
      findings.append(Finding(.notify, part, code: code, words))
    }
    if !notify.hasChannel {
      add(nil, "notify.nobody", "tells nobody. Give `mail`, `command` or `ping`, or leave it out.")
    } else if notify.on.isEmpty, !notify.mail.isEmpty || !notify.command.isEmpty {
      add("on", "notify.nothing", "tells of nothing. Name FAILURE, RECOVERED, SUCCESS or LAG.")
    }
    if Set(notify.on).count < notify.on.count {
      add("on", "notify.twice", "names something twice. Name each once.")
    }
    for (index, address) in notify.mail.enumerated() where !isAddress(address) {
      add(
        "mail.\(index)", "notify.mail",
        "holds an address that mail cannot be sent to. Write it as ops@example.org, or a user here."
      )
    }
    if let program = notify.command.first, !program.hasPrefix("/") {
      add(
        "command.0", "notify.command",
        "needs the whole path of the program, as /usr/local/bin/tell. No shell reads it.")
    }
    if notify.command.contains(where: { $0.utf8.contains(0) }) {
      add("command", "notify.command", "holds a character that no argument can have. Remove it.")
    }
    if let ping = notify.ping, !isAddressOfWeb(ping.revealed) {
      add("ping", "notify.ping", "needs a web address, as https://hc.example.org/a1b2.")
    }
    return findings
  }

  /// What is allowed leaves no way to a second address, a header or an option of a mail program.
  private static func isAddress(_ text: String) -> Bool {
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    return parts.count <= 2 && text.utf8.count <= 254 && !text.hasPrefix("-")
      && parts.allSatisfy { part in
        !part.isEmpty
          && part.utf8.allSatisfy {
            isLetterOrDigit($0) || "._%+-=~".utf8.contains($0)
          }
      }
  }

  private static func isAddressOfWeb(_ text: String) -> Bool {
    let rest = ["https://", "http://"].first { text.hasPrefix($0) }.map { text.dropFirst($0.count) }
    return rest?.utf8.first.map(isLetterOrDigitOrBracket) == true
      && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\"") }
      && text.utf8.count <= 2_000
  }

  private static func isLetterOrDigitOrBracket(_ byte: UInt8) -> Bool {
    isLetterOrDigit(byte) || byte == UInt8(ascii: "[")
  }

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }
}
