import ReplicationModel
import ReplicationPlanner
import Testing

@testable import AppGallery
@testable import ZferryApp

@Suite struct WordsTests {
  static let host = [
    "resolve", "connect.refused", "connect.unreachable", "connect.timeout", "banner", "handshake",
    "host_key.unknown", "host_key.changed", "auth", "key_file", "channel", "connection_lost",
    "stalled", "zfs.missing", "packer.missing", "system", "sudo", "cancelled",
  ]
  static let store = [
    "store.notFound", "store.invalid", "store.exists", "store.locked", "store.permission",
    "store.full", "store.system", "store.inUse",
  ]

  @Test(arguments: host + store + Conflict.Code.allCases.map(\.rawValue))
  func `every code has a message and a next step, with the subject in it`(code: String) {
    #expect(Words.knows(code))
    let words = Words.explain(code: code, subject: "vault:22", detail: "said \u{1b}[2J")
    #expect(words.message.hasSuffix("."))
    #expect(!words.hint.isEmpty && words.hint.hasSuffix("."))
    #expect(!words.text.contains("\u{1b}"))
  }

  @Test func `a code nobody knows still says something`() {
    let words = Words.explain(code: "new.one", subject: "", detail: "")
    #expect(words.message == "[new.one] It did not work.")
    #expect(!Words.knows("new.one"))
  }

  @Test func `a host and its port are read from the subject, whatever it looks like`() {
    #expect(Words.place("vault:22") == "vault, port 22")
    #expect(Words.place("fe80::1:2222") == "fe80::1, port 2222")
    #expect(Words.place("vault") == "vault")
    #expect(Words.place(":22") == ":22")
    #expect(Words.place("vault:ssh") == "vault:ssh")
    #expect(Words.place("") == "the other system")
  }

  @Test func `what steers a terminal or turns text around is spelled out`() {
    #expect(Words.escaped("a\u{1b}[2J") == "a\\u{1b}[2J")
    #expect(Words.escaped("a\nb\tc") == "a\\nb\\tc")
    #expect(Words.escaped("x\u{202e}y\u{9b}z") == "x\\u{202e}y\\u{9b}z")
    #expect(Words.escaped("Grüße 東") == "Grüße 東")
  }

  @Test func `every conflict is a sentence that names both datasets or the one it is about`() {
    for code in Conflict.Code.allCases {
      let conflict = Conflict(
        code: code, source: DatasetName(trusted: "tank/a"), target: DatasetName(trusted: "b/a"))
      let words = Words.conflict(conflict)
      #expect(words.message.contains("tank/a") || words.message.contains("b/a"), "\(code)")
      #expect(!words.hint.isEmpty)
    }
  }

  @Test func `data in the clear are warned of, with the way out`() {
    let words = Words.warning(PlanWarning(code: "unencrypted", subject: "t", detail: ""))
    #expect(words.message.contains("unencrypted") && words.hint.contains("SSH"))
  }

  @Test func `a size in a conflict is told as a size`() {
    func message(_ code: Conflict.Code, _ detail: String) -> String {
      Words.conflict(
        Conflict(
          code: code, source: DatasetName(trusted: "t"), target: DatasetName(trusted: "b"),
          detail: detail)
      ).message
    }
    #expect(message(.targetModified, "2048").contains("(2.0 KiB)"))
    #expect(message(.targetHasForeignData, "x\u{1b}").contains("(x\\u{1b})"))
    #expect(message(.noMatchingSnapshots, "3").contains("has 3 snapshots, but none"))
    #expect(message(.noMatchingSnapshots, "0").contains("has no snapshot with"))
  }

  @Test(arguments: [
    "target_has_newer_snapshots", "target_modified", "no_matching_snapshots", "parent_left_out",
    "left_out", "origin_left_out",
    "name_too_long_for_bookmark", "raw_not_packed",
  ])
  func `every warning of the planner is a sentence with a next step`(code: String) {
    let words = Words.warning(PlanWarning(code: code, subject: "tank/a", detail: ""))
    #expect(words.message.contains("tank/a") && words.message.hasSuffix("."))
    #expect(!words.hint.isEmpty)
  }
}
