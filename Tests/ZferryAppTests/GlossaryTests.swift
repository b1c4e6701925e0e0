import Testing

@testable import ZferryApp

@Suite struct GlossaryTests {
  @Test func `it is in the order of the alphabet, and explains each word once`() {
    let terms = Glossary.entries.map { $0.term.lowercased() }
    #expect(terms == terms.sorted())
    let words = Glossary.entries.flatMap { [$0.term] + $0.also }.map { $0.lowercased() }
    for word in Set(words) {
      #expect(words.count { $0 == word } == 1, "\(word)")
      #expect(Glossary.entry(for: word) != nil, "\(word)")
    }
    #expect(Glossary.entry(for: "Resume Tokens")?.term == "resume token")
    #expect(Glossary.entry(for: "no such word") == nil)
  }

  @Test func `a meaning is one to three sentences`() {
    for entry in Glossary.entries {
      #expect((1...3).contains(Said.sentences(entry.meaning)), "\(entry.term)")
      #expect(entry.meaning.hasSuffix("."), "\(entry.term)")
    }
  }

  /// Words that somebody who is new to ZFS and SSH cannot be expected to know. A word that comes
  /// into use on the screens is added here, and then needs its entry.
  static let jargon = [
    "authorized_keys", "base", "baud", "bookmark", "bookmarks", "clone", "cloned", "conflict",
    "cron", "dataset", "datasets", "delegation", "encryption root", "filesystem", "fingerprint",
    "firewall", "forced command", "full send", "GUID", "GUIDs", "held", "HEX", "hexadecimal",
    "hold", "host key", "incremental", "key format", "key pair", "key pairs", "lag", "lifetime",
    "login shell", "LZ4", "MaxSessions", "mount point", "mount points", "mountpoint",
    "naming schema", "naming schemas", "netcat", "OpenZFS", "passphrase", "PIGZ", "plan", "PLZIP",
    "pool", "pools", "port", "properties", "property", "prune", "pull", "push", "quota",
    "raw send", "read-only", "record size", "recursive", "regular expression", "resume token",
    "retention", "rollback", "rolling back", "root", "schema", "snapshot", "snapshot task",
    "snapshots", "SSH", "SSH+NETCAT", "sshd", "sshd_config", "stream", "sudo", "sudoers", "volume",
    "zfs allow", "ZSTD", "zvol",
  ]

  /// Everything the app explains or reports.
  private static let texts: [(String, String)] =
    Said.oneLiners + Said.purposes + HelpText.paragraphs.map { ($0.key, $0.value) }
    + HelpText.pages.map { ($0.key, $0.value) } + Catalogue.messages.map { ($0.id, $0.text) }

  @Test(arguments: jargon)
  func `a special word that is used has an entry`(term: String) {
    guard let user = Self.texts.first(where: { Self.uses($0.1, term) }) else { return }
    #expect(Glossary.entry(for: term) != nil, "\(user.0) says \(term)")
  }

  @Test func `the search for words finds whole words only`() {
    #expect(Self.uses("The base, and more.", "base"))
    #expect(!Self.uses("A database.", "base"))
    #expect(!Self.uses("base64", "base"))
    #expect(Self.uses("[SSH+NETCAT]", "ssh+netcat"))
    #expect(Self.jargon.count { term in Self.texts.contains { Self.uses($0.1, term) } } > 60)
  }

  /// Whether a term stands in a text as whole words, whatever the case.
  private static func uses(_ text: String, _ term: String) -> Bool {
    func words(_ text: String) -> [Substring] {
      text.lowercased().split { !($0.isLetter || $0.isNumber || "_+-".contains($0)) }
    }
    let wanted = words(term)
    let all = words(text)
    guard all.count >= wanted.count else { return false }
    return (0...(all.count - wanted.count)).contains {
      Array(all[$0..<($0 + wanted.count)]) == wanted
    }
  }
}
