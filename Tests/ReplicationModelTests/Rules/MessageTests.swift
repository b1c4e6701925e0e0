import ReplicationModel
import Testing

@Suite("Words of findings")
struct MessageTests {
  /// Every finding that a test of the rules brings about, with the label of its field.
  static var all: [(finding: Finding, label: String)] {
    let drafts =
      AcceptanceCase.all.map(\.change.draft) + RulePair.all.map(\.rejected.draft)
      + [RuleBench.whole]
    let tasks = drafts.flatMap { RuleBench.findings($0) }.map {
      ($0, TaskField(rawValue: top($0))?.label ?? "")
    }
    let snapshots = OtherRuleTests.badSnapshotTasks.flatMap { example in
      var task = OtherRuleTests.snapshotTask
      example.change(&task)
      return SnapshotTaskRules.findings(for: task)
    }.map { ($0, SnapshotTaskField(rawValue: top($0))?.label ?? "") }
    let connections = OtherRuleTests.badConnections.flatMap { example in
      var connection = OtherRuleTests.connection
      example.change(&connection)
      return ConnectionRules.findings(for: connection)
    }.map { ($0, ConnectionField(rawValue: top($0))?.label ?? "") }
    return tasks + snapshots + connections
  }

  private static func top(_ finding: Finding) -> String {
    String(finding.field.prefix { $0 != "." })
  }

  @Test("Every message names its field by its label and is whole sentences")
  func words() {
    #expect(Self.all.count > 100)
    for (finding, label) in Self.all {
      #expect(!label.isEmpty, "\(finding.field) is no field")
      #expect(finding.message.hasPrefix(label), "\(finding)")
      #expect(finding.message.hasSuffix("."), "\(finding)")
      #expect(!finding.message.contains("  ") && !finding.message.contains("\n"), "\(finding)")
      #expect(finding.message.count(where: { $0 == "`" }).isMultiple(of: 2), "\(finding)")
      #expect(!finding.code.isEmpty)
    }
  }

  @Test("No message shows a key")
  func secrets() {
    for (finding, _) in Self.all { #expect(!finding.message.contains("correct horse")) }
  }
}
