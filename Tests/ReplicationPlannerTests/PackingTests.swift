import ReplicationModel
import ReplicationPlanner
import Testing

@Suite("Packed streams in a plan")
struct PackingTests {
  @Test("Every stream is packed on one side and unpacked on the other")
  func packed() {
    let request = request { $0.compression = .lz4 }
    let plan = plan(request, [dataset("tank/a: s1 s2"), dataset("tank/a/b: s1")], [pool])
    #expect(plan.steps.count == 3)
    for step in plan.steps {
      #expect(step.send.filter == Packer(.lz4, level: 1).packing)
      #expect(step.receive.filter == Packer(.lz4, level: 1).unpacking)
    }
    #expect(plan.warnings.isEmpty)
  }

  @Test("What is encrypted goes raw and unpacked, and the plan says so once for each dataset")
  func raw() {
    let request = request { $0.compression = .zstd }
    let tree = [
      dataset("tank/a: s1 s2") { $0.isEncrypted = true }, dataset("tank/b: s1"),
    ]
    var both = request
    both.sources = tree.map(\.name)
    let plan = plan(both, tree, [pool])
    #expect(plan.steps.filter { $0.send.filter == nil }.map(\.source.text) == ["tank/a", "tank/a"])
    #expect(plan.warnings.map(\.code) == ["raw_not_packed"])
    #expect(plan.warnings.map(\.subject) == ["tank/a"])
  }

  @Test("Nothing is packed within one system, and a step can be left as it is")
  func local() throws {
    var draft = TaskDraft()
    draft.sourceDatasets = ["tank/a"]
    draft.targetDataset = "bk/a"
    draft.nameRegex = ".*"
    draft.compression = .zstd
    draft.transport = .local
    #expect(try #require(ReplicationRequest(draft, snapshotTasks: [:])).compression == nil)
    draft.transport = .ssh
    #expect(try #require(ReplicationRequest(draft, snapshotTasks: [:])).compression == .zstd)
    var step = try #require(plan(request(), [dataset("tank/a: s1")], [pool]).steps.first)
    step.pack(with: Packer(.zstd))
    step.pack(with: nil)
    #expect(step.send.filter == nil && step.receive.filter == nil)
  }
}
