import ReplicationModel
import ReplicationPlanner
import Testing

@Suite("What is refused")
struct ConflictTests {
  @Test("A source that is not there")
  func sourceMissing() {
    #expect(plan(request(), [], [pool]).codes == [.sourceMissing])
  }

  @Test("A source without a snapshot that is wanted, with how many it has")
  func noMatching() {
    let request = request { $0.selection = .regex("auto.*") }
    let plan = plan(request, [dataset("tank/a: s1 s2")], [pool])
    #expect(plan.codes == [.noMatchingSnapshots])
    #expect(plan.conflicts.first?.detail == "2")
    #expect(plan.mapping.first?.matching == 0)
    #expect(plan.mapping.first?.total == 2)
  }

  @Test("must_not_B15: snapshots without a common base are never destroyed to make room")
  func must_not_B15() {
    let plan = plan(request(), [dataset("tank/a: s1")], [pool, copy("bk/a: other")])
    #expect(plan.codes == [.noCommonBase])
    #expect(plan.destroys.isEmpty)
    #expect(plan.steps.isEmpty)
  }

  @Test("Snapshots on the target that are newer than the base, named")
  func newer() {
    let plan = plan(request(), [dataset("tank/a: s1 s2")], [pool, copy("bk/a: s1 mine")])
    #expect(plan.codes == [.targetHasNewerSnapshots])
    #expect(plan.conflicts.first?.detail == "@mine")
    #expect(plan.conflicts.first?.choices == [.rollback, .keepAside])
    #expect(plan.conflicts.first?.base?.name == "s1")
  }

  @Test("Newer snapshots are only a warning while there is nothing to send")
  func newerAndUpToDate() {
    let plan = plan(request(), [dataset("tank/a: s1")], [pool, copy("bk/a: s1 mine")])
    #expect(plan.isUpToDate)
    #expect(plan.warnings.map(\.code) == ["target_has_newer_snapshots"])
  }

  @Test("A target that was written to since the base")
  func modified() {
    let target = copy("bk/a: s1") {
      $0.isReadonly = false
      $0.written = 4_096
    }
    let plan = plan(request(), [dataset("tank/a: s1 s2")], [pool, target])
    #expect(plan.codes == [.targetModified])
  }

  @Test("A target that holds data and no snapshots; an empty one is filled, and the plan says so")
  func foreignData() {
    let source = dataset("tank/a: s1")
    for isEmpty in [nil, false] as [Bool?] {
      let target = copy("bk/a") { $0.isEmpty = isEmpty }
      #expect(plan(request(), [source], [pool, target]).codes == [.targetHasForeignData])
    }
    let filled = plan(request(), [source], [pool, copy("bk/a") { $0.isEmpty = true }])
    #expect(filled.codes == [])
    #expect(filled.replaces.map(\.text) == ["bk/a"])
    #expect(filled.steps.first?.receive.arguments.contains("-F") == true)
  }

  @Test("An empty target is closed before it is filled, and gets back what the task leaves alone")
  func seals() {
    func seals(
      readonly: TaskDraft.Readonly = .set, override: String? = nil,
      _ change: (inout DatasetState) -> Void = { _ in }
    ) -> [Seal] {
      let target = copy("bk/a") {
        $0.isEmpty = true
        $0.isReadonly = false
        change(&$0)
      }
      let wanted = request {
        $0.readonly = readonly
        $0.propertiesOverride["readonly"] = override
      }
      return plan(wanted, [dataset("tank/a: s1")], [pool, target]).seals
    }
    #expect(seals().map(\.close.shellText) == ["zfs set readonly=on bk/a"])
    #expect(seals().map(\.stays) == [true])
    #expect(seals(readonly: .ignore).map(\.open.shellText) == ["zfs inherit readonly bk/a"])
    #expect(seals(readonly: .ignore).map(\.stays) == [false])
    #expect(
      seals(readonly: .ignore) { $0.readonlyIsLocal = true }.map(\.open.shellText)
        == ["zfs set readonly=off bk/a"])
    #expect(seals(readonly: .ignore, override: "off").map(\.stays) == [true])
    #expect(seals { $0.isReadonly = true } == [], "what is read-only needs no closing")
  }

  @Test("A volume cannot take a filesystem's place")
  func types() {
    let target = copy("bk/a: s1", kind: .volume)
    #expect(plan(request(), [dataset("tank/a: s1 s2")], [pool, target]).codes == [.typeMismatch])
  }

  @Test("A target that is not read-only where the task requires it")
  func readonly() {
    let target = copy("bk/a: s1") { $0.isReadonly = false }
    let strict = request { $0.readonly = .require }
    #expect(plan(strict, [dataset("tank/a: s1 s2")], [pool, target]).codes == [.targetNotReadonly])
    let ignoring = request { $0.readonly = .ignore }
    let lenient = plan(ignoring, [dataset("tank/a: s1 s2")], [pool, target])
    #expect(lenient.codes == [])
    #expect(lenient.readonlyCommands.isEmpty)
    #expect(lenient.steps.first?.receive.arguments.contains("readonly=on") == false)
    let set = plan(request(), [dataset("tank/a: s1 s2")], [pool, target])
    #expect(set.readonlyCommands == [.zfs("set", "readonly=on", "bk/a")])
  }

  @Test("must_not_B12: the same dataset on both sides, or one inside the other, also over SSH")
  func must_not_B12() {
    let source = dataset("tank/a: s1")
    // The target does not exist; its nearest ancestor is the source itself.
    let inside = plan(request(to: "tank/a/b"), [source], [dataset("tank"), dataset("tank/a: s1")])
    #expect(inside.codes == [.overlap])
    // The target's tree holds the source.
    let above = plan(request(to: "tank"), [source], [dataset("tank"), dataset("tank/a: s1")])
    #expect(above.codes == [.overlap])
    // Another name for the same dataset.
    let same = plan(
      request(to: "other/a"), [source], [dataset("other/a: s1") { $0.guid = source.guid }])
    #expect(same.codes == [.overlap])
    #expect(same.steps.isEmpty)
  }

  @Test("A pool that is not there")
  func noPool() {
    #expect(plan(request(), [dataset("tank/a: s1")], []).codes == [.targetPoolMissing])
    #expect(plan(request(to: "bk"), [dataset("tank/a: s1")], []).codes == [.targetPoolMissing])
  }

  @Test("Encrypted and plain never mix on one target")
  func encryption() {
    let plain = dataset("tank/a: s1 s2")
    let secret = dataset("tank/a: s1 s2") { $0.isEncrypted = true }
    let secretCopy = copy("bk/a: s1") { $0.isEncrypted = true }
    // It came plain, and was encrypted there: it goes on so.
    #expect(plan(request(), [plain], [pool, secretCopy]).codes == [])
    #expect(plan(request(), [plain], [pool, secretCopy]).steps.map(\.raw) == [false])
    #expect(plan(request(), [secret], [pool, copy("bk/a: s1")]).codes == [.encryption])
    #expect(plan(request(), [secret], [pool, secretCopy]).codes == [])
    var secretPool = pool
    secretPool.isEncrypted = true
    #expect(plan(request(), [plain], [secretPool]).codes == [.parentEncrypted])
    #expect(plan(request(to: "bk/x/y"), [plain], [secretPool]).codes == [.parentEncrypted])
  }
}

@Suite("Receives that were cut")
struct ResumeTests {
  func cut(_ text: String) -> DatasetState { copy(text) { $0.resumeToken = "1-abc" } }

  @Test("A known token is gone on with, and the rest follows")
  func resume() {
    let facts = TokenFacts(toGUID: guid("s2"), toName: "tank/a@s2")
    let plan = plan(
      request(), [dataset("tank/a: s1 s2 s3")], [pool, cut("bk/a: s1")], tokens: ["bk/a": facts])
    #expect(plan.conflicts == [])
    #expect(plan.shorthand == ["resume tank/a@s2", "-i @s2 tank/a@s3"])
    #expect(plan.steps.first?.send == .zfs("send", "-t", "1-abc"))
    #expect(plan.steps.first?.receive.arguments.contains("-s") == true)
  }

  @Test("A full stream that was cut leaves a dataset without snapshots, and is gone on with too")
  func resumeFull() {
    let facts = TokenFacts(toGUID: guid("s1"), toName: "tank/a@s1")
    let plan = plan(
      request(), [dataset("tank/a: s1 s2")], [pool, cut("bk/a")], tokens: ["bk/a": facts])
    #expect(plan.shorthand == ["resume tank/a@s1", "-i @s1 tank/a@s2"])
    #expect(plan.replaces.isEmpty)
  }

  @Test(
    "must_not_B19: a token for a snapshot that is gone is given up where it was ours, as the plan says"
  )
  func must_not_B19() {
    let facts = TokenFacts(toGUID: guid("gone"), toName: "tank/a@gone")
    let increment = plan(
      request(), [dataset("tank/a: s1 s3")], [pool, cut("bk/a: s1")], tokens: ["bk/a": facts])
    #expect(increment.discards.map(\.text) == ["bk/a"])
    #expect(increment.shorthand == ["-i @s1 tank/a@s3"])
    let full = plan(
      request(), [dataset("tank/a: s3")], [pool, cut("bk/a")], tokens: ["bk/a": facts])
    #expect(full.discards.map(\.text) == ["bk/a"])
    #expect(full.shorthand == ["full tank/a@s3"])
    #expect(full.steps.first?.receive.arguments.contains("-F") == false)
  }

  @Test(
    "must_not_B19: a token whose base the source has lost, or that ZFS refused, is given up as well"
  )
  func must_not_B19_base() {
    let lost = TokenFacts(toGUID: guid("s3"), toName: "tank/a@s3", fromGUID: guid("s2"))
    let source = dataset("tank/a: s1 s3")
    let plain = plan(request(), [source], [pool, cut("bk/a: s1")], tokens: ["bk/a": lost])
    #expect(plain.discards.map(\.text) == ["bk/a"])
    #expect(plain.shorthand == ["-i @s1 tank/a@s3"])
    let marked = dataset("tank/a: s1 s3") {
      $0.bookmarks = [Bookmark(name: "m", guid: guid("s2"), createtxg: 115, creation: Instant(1))]
    }
    let resumed = plan(request(), [marked], [pool, cut("bk/a: s1 s2")], tokens: ["bk/a": lost])
    #expect(resumed.shorthand == ["resume tank/a@s3"])
    #expect(resumed.discards.isEmpty)
    let refused = TokenFacts(
      toGUID: guid("s3"), toName: "tank/a@s3", fromGUID: guid("s1"), isRefused: true)
    let again = plan(request(), [source], [pool, cut("bk/a: s1")], tokens: ["bk/a": refused])
    #expect(again.discards.map(\.text) == ["bk/a"])
    #expect(again.shorthand == ["-i @s1 tank/a@s3"])
  }

  @Test("A copy that moved on since it was cut is a conflict, not a stream that fails at its end")
  func movedOn() {
    let facts = TokenFacts(toGUID: guid("s2"), toName: "tank/a@s2", fromGUID: guid("s1"))
    let source = [dataset("tank/a: s1 s2")]
    let newer = plan(request(), source, [pool, cut("bk/a: s1 mine")], tokens: ["bk/a": facts])
    #expect(newer.codes == [.targetHasNewerSnapshots])
    #expect(newer.steps.isEmpty)
    var written = cut("bk/a: s1")
    written.isReadonly = false
    written.written = 4_096
    let modified = plan(request(), source, [pool, written], tokens: ["bk/a": facts])
    #expect(modified.codes == [.targetModified])
  }

  @Test("A token of another's, or one that nobody can read, needs a decision")
  func foreign() {
    let source = dataset("tank/a: s1 s3")
    let foreign = TokenFacts(toGUID: guid("x"), toName: "else/where@x")
    for tokens in [["bk/a": foreign], [:]] {
      let plan = plan(request(), [source], [pool, cut("bk/a: s1")], tokens: tokens)
      #expect(plan.codes == [.deadResumeToken])
      #expect(plan.steps.isEmpty)
    }
  }
}
