import ReplicationModel
import ReplicationPlanner
import Testing

@Suite("Datasets that need a decision, and the others")
struct SkippingTests {
  static func skipping(_ sources: [String] = ["tank/a"], to target: String = "bk/a")
    -> ReplicationRequest
  { request(sources, to: target) { $0.onConflict = .skip } }

  static let source = [
    dataset("tank/a: s1 s2"), dataset("tank/a/b: s1 s2"), dataset("tank/a/b/c: s1 s2"),
    dataset("tank/a/bb: s1 s2"),
  ]
  static let target = [
    copy("bk/a: s1"), copy("bk/a/b: s1 mine"), copy("bk/a/b/c: s1"), copy("bk/a/bb: s1"),
  ]

  @Test("STOP plans as ever: what is in the way is in the way of all")
  func stop() {
    let plan = plan(request(), Self.source, Self.target)
    #expect(plan.codes == [.targetHasNewerSnapshots] && plan.leftOut.isEmpty)
    #expect(plan.undecided == plan.conflicts)
  }

  @Test("SKIP leaves out one with all below it, and says so")
  func skip() {
    let plan = plan(Self.skipping(), Self.source, Self.target)
    #expect(plan.conflicts.isEmpty && !plan.isUpToDate)
    #expect(plan.leftOut.map(\.target.text) == ["bk/a/b"])
    #expect(plan.shorthand == ["-i @s1 tank/a@s2", "-i @s1 tank/a/bb@s2"])
    #expect(plan.keepsakes.allSatisfy { !$0.source.text.hasPrefix("tank/a/b/") })
    #expect(!plan.keepsakes.contains { $0.source.text == "tank/a/b" })
    #expect(
      plan.warnings == [
        PlanWarning(code: "left_out", subject: "bk/a/b", detail: "target_has_newer_snapshots")
      ])
    // The copy is as old as its oldest part.
    #expect(plan.mapping.count == 4)
    #expect(plan.newestCommon(arrived: true) == Instant(110))
  }

  @Test("Where nothing is in the way, both plan the same")
  func nothing() {
    let target = [copy("bk/a: s1"), copy("bk/a/b: s1"), copy("bk/a/b/c: s1"), copy("bk/a/bb: s1")]
    #expect(
      plan(Self.skipping(), Self.source, target) == plan(request(), Self.source, target))
  }

  @Test("What is the task's own fault, or leaves nothing, stops the run with SKIP, too")
  func whole() {
    let root = plan(Self.skipping(), Self.source, [copy("bk/a: s1 mine"), copy("bk/a/b: s1")])
    #expect(root.codes == [.targetHasNewerSnapshots] && root.leftOut.isEmpty)
    let gone = plan(
      Self.skipping(["tank/a", "tank/x"], to: "bk"), Self.source,
      [pool, copy("bk/tank: s1"), copy("bk/tank/a: s1 mine")])
    #expect(gone.codes.contains(.sourceMissing) && gone.leftOut.isEmpty)
  }

  @Test("A clone that would be made from one that is left out waits with it")
  func clones() {
    var wish = Self.skipping()
    wish.replicate = true
    let source = [
      dataset("tank/a: s1"), dataset("tank/a/o: s1 s2"),
      dataset("tank/a/k: s3") { $0.origin = "tank/a/o@s1" },
      dataset("tank/a/k/below: s3"), dataset("tank/a/z: s1"),
    ]
    let plan = plan(wish, source, [copy("bk/a: s1"), copy("bk/a/o: s1 mine")])
    #expect(plan.leftOut.map(\.source.text) == ["tank/a/o"])
    #expect(plan.steps.map(\.source.text) == ["tank/a/z"])
    #expect(plan.warnings.map(\.code) == ["left_out", "origin_left_out"])
  }

  @Test("Nothing of what is left out is pruned")
  func retention() {
    var wish = Self.skipping()
    wish.retention = Retention(policy: .custom(Lifetime(1, .hour), further: []))
    let query = RetentionQuery(now: Instant(1 << 32), afterSending: true)
    let plan = Planner.plan(
      wish, source: Inventory(Self.source), target: Inventory(Self.target), retention: query,
      zone: .utc)
    #expect(!plan.leftOut.isEmpty)
    #expect(
      plan.retention.shares.allSatisfy { !$0.dataset.isWithin(DatasetName(trusted: "bk/a/b")) })
  }
}
