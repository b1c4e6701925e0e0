import ReplicationModel
import ReplicationPlanner
import Testing

@Suite("Read-only copies")
struct ReadonlyTests {
  let tree = [dataset("tank/a: s1 s2"), dataset("tank/a/b: s1 s2")]

  func excludes(_ step: Step) -> [String] {
    let words = step.receive.arguments
    return words.indices.filter { words[$0] == "-x" }.map { words[$0 + 1] }
  }

  @Test("The source's own setting never comes with a stream, neither the first nor an increment")
  func increments() {
    for readonly in [TaskDraft.Readonly.set, .require] {
      let request = request { $0.readonly = readonly }
      let first = plan(request, tree, [pool])
      #expect(first.steps.map { excludes($0).contains("readonly") } == [false, true, true, true])
      #expect(first.steps[0].receive.arguments.contains("readonly=on"))
      let next = plan(request, tree, [pool, copy("bk/a: s1"), copy("bk/a/b: s1")])
      #expect(next.steps.map { excludes($0).contains("readonly") } == [true, true])
      #expect(next.readonlyCommands.isEmpty)
    }
  }

  @Test("What somebody has written to is not closed, which would hide it from the next run")
  func written() {
    let changed = copy("bk/a: s1") {
      $0.isReadonly = false
      $0.written = 512
    }
    let idle = plan(request(), [dataset("tank/a: s1")], [pool, changed])
    #expect(idle.readonlyCommands.isEmpty)
    #expect(idle.warnings.map(\.code) == ["target_modified"])
    let next = plan(request(), [dataset("tank/a: s1 s2")], [pool, changed])
    #expect(next.codes == [.targetModified])
  }

  @Test("What is read-only is changed where ZFS has said so, and something is written still")
  func refused() {
    let sources = [dataset("tank/a: s1 s2")]
    func codes(_ written: UInt64, _ refusals: Set<DatasetName>) -> [Conflict.Code] {
      let changed = copy("bk/a: s1") { $0.written = written }
      return Planner.plan(
        request(), source: Inventory(sources), target: Inventory([pool, changed]),
        refusals: refusals, zone: .utc
      ).codes
    }
    let refusals = [DatasetName(trusted: "tank/a")] as Set
    #expect(codes(512, []) == [])
    #expect(codes(512, refusals) == [.targetModified])
    #expect(codes(0, refusals) == [])
    #expect(codes(512, [DatasetName(trusted: "tank/b")]) == [])
  }

  @Test("What the task requires it makes itself for a new copy, or its second run would refuse")
  func require() {
    let request = request { $0.readonly = .require }
    let first = plan(request, [dataset("tank/a: s1")], [pool])
    #expect(first.steps.first?.receive.arguments.contains("readonly=on") == true)
    #expect(plan(request, tree, [pool, copy("bk/a: s1"), copy("bk/a/b: s1")]).codes == [])
  }

  @Test("IGNORE touches nothing")
  func ignore() {
    let plan = plan(request { $0.readonly = .ignore }, tree, [pool])
    #expect(plan.steps.allSatisfy { !$0.receive.arguments.joined().contains("readonly") })
    #expect(plan.readonlyCommands.isEmpty)
  }

  @Test("A child that differs takes after its parent; what the task overrides stays as it says")
  func inherits() {
    let child = copy("bk/a/b: s1 s2") {
      $0.isReadonly = false
      $0.readonlyIsLocal = true
    }
    let plain = plan(request(), tree, [pool, copy("bk/a: s1 s2"), child])
    #expect(plain.readonlyCommands == [.zfs("inherit", "readonly", "bk/a/b")])
    let overriding = request { $0.propertiesOverride = ["readonly": "off"] }
    let open = copy("bk/a: s1 s2") { $0.isReadonly = false }
    let plan = plan(overriding, tree, [pool, open, child])
    #expect(plan.readonlyCommands.isEmpty)
  }
}
