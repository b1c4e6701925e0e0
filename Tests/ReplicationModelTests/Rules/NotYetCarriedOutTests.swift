import ReplicationModel
import Testing

@Suite("What the engine does not carry out yet")
struct NotYetCarriedOutTests {
  static let options: [(String, Change)] = [
    ("transport", Change("netcat", RuleBench.netcat) { _ in })
  ]

  @Test("Each option is refused, by itself", arguments: options)
  func refused(field: String, change: Change) {
    let findings = TaskRules.runnable(change.draft)
    #expect(findings.map(\.field) == [field])
    #expect(findings.allSatisfy { $0.severity == .error && $0.code == "later" })
  }

  @Test("The list for the screens is the one that refuses")
  func listed() {
    #expect(Set(TaskRules.notYetCarriedOut.map(\.rawValue)) == Set(Self.options.map(\.0)))
  }

  @Test("A plain task runs", arguments: [RuleBench.good, RuleBench.ssh, RuleBench.pull])
  func plain(draft: TaskDraft) {
    #expect(TaskRules.runnable(draft).isEmpty)
  }

  @Test("Streams are packed", arguments: TaskDraft.Compression.allCases)
  func packs(compression: TaskDraft.Compression) {
    var draft = RuleBench.ssh
    draft.compression = compression
    #expect(TaskRules.runnable(draft).isEmpty)
    #expect(RuleBench.findings(draft).map(\.severity) == [.warning])
    draft.compressed = false
    #expect(RuleBench.findings(draft).isEmpty)
  }
}
