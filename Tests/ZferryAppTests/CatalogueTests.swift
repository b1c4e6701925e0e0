import ReplicationModel
import ReplicationPlanner
import Testing

@testable import ZferryApp

/// Every message the catalogue can make, with a name and a detail that come from outside.
enum Catalogue {
  struct Message {
    var id: String
    var explanation: Words.Explanation
    var text: String { explanation.text }
  }

  static let tables: [(String, [String: Words.Sentence])] = [
    ("host", Words.hostWords), ("store", Words.storeWords), ("zfs", Words.zfsWords),
    ("run", Words.runWords), ("warning", Words.warnings), ("check", Words.checkWords),
    ("sudo", Words.sudoWords), ("automation", Words.automationWords),
  ]

  static let messages: [Message] =
    tables.flatMap { _, table in
      table.map { Message(id: $0.key, explanation: $0.value("tank/data", "what was said")) }
    }
    + Conflict.Code.allCases.map { code in
      let conflict = Conflict(
        code: code, source: DatasetName(trusted: "tank/data"),
        target: DatasetName(trusted: "backup/data"), detail: "3")
      return Message(id: "conflict.\(code.rawValue)", explanation: Words.conflict(conflict))
    }
}

@Suite struct CatalogueTests {
  @Test func `every message says what happened, in whole sentences`() {
    #expect(Catalogue.messages.count > 80)
    for message in Catalogue.messages {
      let what = message.explanation.message
      #expect(what.hasSuffix("."), "\(message.id): \(what)")
      #expect(what.split(separator: " ").count >= 4, "\(message.id): \(what)")
      #expect(!what.contains("  ") && !what.contains(".."), "\(message.id): \(what)")
    }
  }

  @Test func `every message has a next step`() {
    for message in Catalogue.messages {
      let next = message.explanation.hint
      #expect(next.hasSuffix("."), "\(message.id): \(next)")
      #expect(next.first?.isUppercase == true, "\(message.id): \(next)")
    }
  }

  @Test func `a message stands in one place`() {
    // Warnings have a table of their own, as what stops a run may elsewhere be only worth a word.
    let codes = Catalogue.tables.filter { $0.0 != "warning" }.flatMap { $0.1.keys }
    for code in Set(codes) { #expect(codes.count { $0 == code } == 1, "\(code)") }
  }

  @Test func `the same words are not used for two messages`() {
    let told = Catalogue.messages.filter { !Words.conflictHints.keys.contains($0.id) }
    for message in told {
      let same = told.filter { $0.text == message.text }.map(\.id)
      #expect(same.count == 1, "\(same)")
    }
  }

  @Test func `a code in brackets is one word, and stands in front`() {
    for message in Catalogue.messages where message.text.contains("[") {
      let code = message.text.prefix { $0 != "]" }.dropFirst()
      #expect(message.text.hasPrefix("[E"), "\(message.id)")
      #expect(code.allSatisfy { $0.isASCII && ($0.isUppercase || $0.isNumber) }, "\(message.id)")
    }
  }
}
