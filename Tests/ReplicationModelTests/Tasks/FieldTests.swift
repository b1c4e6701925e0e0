import ReplicationModel
import Testing

@Suite("Fields")
struct FieldTests {
  static let all =
    TaskField.allCases.map { ($0.rawValue, $0.label, $0.help) }
    + SnapshotTaskField.allCases.map { ($0.rawValue, $0.label, $0.help) }
    + ConnectionField.allCases.map { ($0.rawValue, $0.label, $0.help) }

  @Test("Every field has a label and a line of help")
  func words() {
    for (name, label, help) in Self.all {
      #expect(!label.isEmpty && !label.hasSuffix("."), "\(name)")
      #expect(help.hasSuffix(".") && help.count <= 76, "\(name)")
      #expect(name.allSatisfy { $0.isLowercase || $0 == "_" }, "\(name)")
    }
  }

  @Test("A task has no two fields of one label")
  func unique() {
    #expect(Set(TaskField.allCases.map(\.label)).count == TaskField.allCases.count)
    #expect(Set(SnapshotTaskField.allCases.map(\.label)).count == SnapshotTaskField.allCases.count)
    #expect(Set(ConnectionField.allCases.map(\.label)).count == ConnectionField.allCases.count)
  }
}
