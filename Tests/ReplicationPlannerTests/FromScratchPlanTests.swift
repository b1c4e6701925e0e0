import ReplicationModel
import Testing

@testable import ReplicationPlanner

@Suite("Plans that begin from scratch, and keys")
struct FromScratchPlanTests {
  static let way = MakingWay(
    day: CivilTime(year: 2026, month: 11, day: 29),
    neighbours: [DatasetName(trusted: "bk/a.zferry-aside-20261129-t-1")])

  func plan(
    _ policy: TaskDraft.FromScratch, _ source: [DatasetState], _ target: [DatasetState],
    way: MakingWay? = Self.way
  ) -> Plan {
    Planner.plan(
      request { $0.fromScratch = policy }, source: Inventory(source), target: Inventory(target),
      way: way, zone: .utc)
  }

  @Test("A name that is taken beside the destination is not taken again")
  func numbered() {
    let plan = plan(.keepAside, [dataset("tank/a: s1")], [pool, copy("bk/a: other")])
    #expect(plan.asides.map(\.to.text) == ["bk/a.zferry-aside-20261129-t-2"])
    #expect(plan.shorthand == ["full tank/a@s1"])
    #expect(plan.destroys.isEmpty && plan.codes.isEmpty)
  }

  @Test("Without a day nothing makes way", arguments: TaskDraft.FromScratch.allCases)
  func undated(policy: TaskDraft.FromScratch) {
    let plan = plan(policy, [dataset("tank/a: s1")], [pool, copy("bk/a: other")], way: nil)
    #expect(plan.codes == [.noCommonBase])
    #expect(plan.asides.isEmpty && plan.replacements.isEmpty)
  }

  @Test("A copy with a base, an empty one, and a pool do not make way")
  func unneeded() {
    for policy in [TaskDraft.FromScratch.keepAside, .replace] {
      let known = plan(policy, [dataset("tank/a: s1 s2")], [pool, copy("bk/a: s1")])
      let empty = plan(
        policy, [dataset("tank/a: s1")], [pool, copy("bk/a:") { $0.isEmpty = true }])
      let nothing = plan(policy, [dataset("tank/a:")], [pool, copy("bk/a: other")])
      for one in [known, empty, nothing] {
        #expect(one.asides.isEmpty && one.replacements.isEmpty, "\(policy)")
      }
      let whole = Planner.plan(
        request(to: "bk") { $0.fromScratch = policy }, source: Inventory([dataset("tank/a: s1")]),
        target: Inventory([copy("bk: other")]), way: Self.way, zone: .utc)
      #expect(whole.codes == [.noCommonBase])
    }
  }

  @Test("Only what is in the way makes way: a child whose parent has a base")
  func child() throws {
    let plan = plan(
      .replace, [dataset("tank/a: s1"), dataset("tank/a/b: s1")],
      [pool, copy("bk/a: s1"), copy("bk/a/b: other")])
    let one = try #require(plan.replacements.first)
    #expect(one.target.text == "bk/a/b" && !one.isReady && !one.isInPlace)
    #expect(plan.destroys == ["bk/a/b@other", "bk/a/b"])
    #expect(plan.steps.map(\.target) == [one.standIn])
  }

  @Test("Where the new copy is complete, nothing is left but to change places")
  func ready() throws {
    let source = [dataset("tank/a: s1")]
    let first = plan(.replace, source, [pool, copy("bk/a: other")])
    let stand = try #require(first.replacements.first).standIn.text
    let second = plan(.replace, source, [pool, copy("bk/a: other"), copy("\(stand): s1")])
    #expect(second.steps.isEmpty && second.replacements.first?.isReady == true)
    #expect(!second.isUpToDate)
    // The old copy has made way, and the run was cut.
    let third = plan(.replace, source, [pool, copy("\(stand): s1")])
    #expect(third.steps.isEmpty && third.replacements.first?.isReady == true)
    #expect(third.replacements.first?.old == nil && third.destroys.isEmpty)
  }

  @Test("What nobody may write where a key is: it is in no text of a plan")
  func secret() {
    let secret = "0123456789abcdef"
    let plan = Planner.plan(
      request { $0.encryption = .own(DatasetKey(format: .passphrase, secret: Secret(secret))) },
      source: Inventory([dataset("tank/a: s1")]), target: Inventory([pool]), zone: .utc)
    #expect(plan.keys?.isNeeded == true)
    #expect(plan.keys?.write.input == Secret(secret + "\n"))
    #expect(!"\(plan)".contains(secret))
    #expect(plan.keys?.write.shellText.contains(secret) == false)
    let options = plan.steps[0].receive.arguments
    for option in ["encryption=on", "keyformat=passphrase"] { #expect(options.contains(option)) }
    #expect(options.contains { $0.hasPrefix("keylocation=file:///tmp/zferry-key-") })
  }

  @Test("must_not_B14: encryption that is asked for is in every receive that makes a dataset")
  func must_not_B14() {
    let source = ["tank/a: s1", "tank/a/b: s1", "tank/a/b/c: s1"].map { dataset($0) }
    let own = Planner.plan(
      request { $0.encryption = .own(DatasetKey(format: .hex, secret: nil)) },
      source: Inventory(source), target: Inventory([pool]), zone: .utc)
    #expect(
      own.steps.map { $0.receive.arguments.contains("encryption=on") } == [true, false, false])
    #expect(own.steps.dropFirst().allSatisfy { $0.receive.shellText.contains("-x encryption") })
    var above = pool
    above.isEncrypted = true
    above.encryptionRoot = "bk"
    let inherited = Planner.plan(
      request { $0.encryption = .inherited }, source: Inventory(source),
      target: Inventory([above]), zone: .utc)
    #expect(inherited.codes.isEmpty)
    #expect(inherited.steps.allSatisfy { $0.receive.shellText.contains("-x encryption") })
  }

  @Test("A raw stream on a copy whose key is that of a dataset above it would fail, and is refused")
  func foreignRoot() {
    let secret = dataset("tank/a: s1 s2") { $0.isEncrypted = true }
    func copied(_ root: String) -> DatasetState {
      copy("bk/a: s1") {
        $0.isEncrypted = true
        $0.encryptionRoot = root
      }
    }
    func codes(_ root: String) -> [Conflict.Code] {
      Planner.plan(
        request(), source: Inventory([secret]), target: Inventory([pool, copied(root)]),
        zone: .utc
      ).codes
    }
    #expect(codes("bk") == [.encryption])
    #expect(codes("bk/a").isEmpty)
  }
}
