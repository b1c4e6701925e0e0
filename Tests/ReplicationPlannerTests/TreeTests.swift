import ReplicationModel
import ReplicationPlanner
import Testing

@Suite("Trees")
struct TreeTests {
  @Test("Z-U23: parents come before children, and each has its own streams")
  func order() {
    let plan = plan(
      request(), [dataset("tank/a/b/c: s1"), dataset("tank/a: s1"), dataset("tank/a/b: s1")], [pool]
    )
    #expect(plan.shorthand == ["full tank/a@s1", "full tank/a/b@s1", "full tank/a/b/c@s1"])
    #expect(plan.steps.map(\.target.text) == ["bk/a", "bk/a/b", "bk/a/b/c"])
    #expect(plan.creates.isEmpty)
    let readonly = plan.steps.map { $0.receive.arguments.contains("readonly=on") }
    #expect(readonly == [true, false, false])
  }

  @Test("Without recursion children stay away")
  func flat() {
    let plan = plan(
      request { $0.recursive = false }, [dataset("tank/a: s1"), dataset("tank/a/b: s1")], [pool])
    #expect(plan.mapping.map(\.source.text) == ["tank/a"])
  }

  @Test(
    "What is excluded stays away with all below it; globs are matched, never mapped (must_not_B9)")
  func exclude() {
    let tree = ["tank/a: s", "tank/a/b: s", "tank/a/b/c: s", "tank/a/.system: s"].map {
      dataset($0)
    }
    let request = request { $0.exclude = ["tank/a/b", "*/.system"] }
    #expect(plan(request, tree, [pool]).mapping.map(\.source.text) == ["tank/a"])
  }

  @Test("must_not_B13: the mapping is in the plan, for one source and for several")
  func must_not_B13() {
    let tree = [dataset("tank/a: s"), dataset("tank/b: s")]
    let one = plan(request(["tank/a"], to: "bk/x"), tree, [pool])
    #expect(one.mapping.map(\.target.text) == ["bk/x"])
    let two = plan(request(["tank/a", "tank/b"], to: "bk/x"), tree, [pool])
    #expect(two.mapping.map(\.target.text) == ["bk/x/a", "bk/x/b"])
    #expect(two.creates.map(\.text) == ["bk/x"])
  }

  @Test("must_not_B13: a source that is added or taken away moves no copy, and sends none again")
  func must_not_B13_moved() {
    let tree = [dataset("tank/a: s1 s2"), dataset("tank/b: s3"), dataset("pool/c: s4")]
    let added = plan(request(["tank/a", "tank/b"], to: "bk/x"), tree, [pool, copy("bk/x: s1")])
    #expect(added.codes == [.copyElsewhere])
    #expect(added.conflicts.map(\.detail) == ["bk/x"])
    #expect(added.conflicts.map(\.target.text) == ["bk/x/a"])
    let two = [pool, copy("bk/x"), copy("bk/x/a: s1"), copy("bk/x/b: s3")]
    let wider = plan(request(["tank/a", "tank/b", "pool/c"], to: "bk/x"), tree, two)
    #expect(wider.conflicts.map(\.detail) == ["bk/x/a", "bk/x/b"])
    // What was made as a parent is empty, and would have taken the copy in a second time.
    let empty = copy("bk/x") { $0.isEmpty = true }
    let removed = plan(request(["tank/a"], to: "bk/x"), tree, [pool, empty, two[2], two[3]])
    #expect(removed.codes == [.copyElsewhere])
    #expect(removed.conflicts.first?.choices == [])
    // Beside what was put aside, or below what is another's, a copy begins as ever.
    let aside = plan(
      request(["tank/a", "tank/b"], to: "bk/x"), tree,
      [pool, copy("bk/x"), copy("bk/x/a-2026: s1")])
    #expect(aside.shorthand.contains("full tank/a@s1"))
  }

  @Test("Parents that are missing above a destination are made, each once, from the top")
  func creates() {
    let plan = plan(request(to: "bk/x/y/z"), [dataset("tank/a: s")], [pool])
    #expect(plan.creates.map(\.text) == ["bk/x", "bk/x/y"])
    #expect(plan.arrivals.map(\.text) == ["bk/x", "bk/x/y", "bk/x/y/z"])
  }

  @Test(
    "must_not_B11: a child without a matching snapshot is counted by itself and left out with a word"
  )
  func childWithout() {
    let request = request { $0.selection = .regex("s.*") }
    let tree = ["tank/a: s1", "tank/a/b: x", "tank/a/b/c: s1"].map { dataset($0) }
    let plan = plan(request, tree, [pool])
    #expect(plan.shorthand == ["full tank/a@s1"])
    #expect(plan.mapping.map(\.matching) == [1, 0, 1])
    #expect(plan.warnings.map(\.code) == ["no_matching_snapshots", "parent_left_out"])
    #expect(plan.conflicts.isEmpty)
  }

  @Test("A child that turns up later is sent in full below its parent")
  func newChild() {
    let tree = [dataset("tank/a: s1"), dataset("tank/a/new: s1")]
    let plan = plan(request(), tree, [pool, copy("bk/a: s1")])
    #expect(plan.shorthand == ["full tank/a/new@s1"])
  }

  @Test("Nested sources are each sent once")
  func nested() {
    let tree = [dataset("t/s: s"), dataset("t/s/x: s")]
    let plan = plan(request(["t/s", "t/s/x"], to: "bk/d"), tree, [pool])
    #expect(plan.shorthand == ["full t/s@s", "full t/s/x@s"])
  }

  /// Runs a plan on sets of GUIDs, as ZFS would.
  @Test("Whatever the history, what arrives is what was selected, in its order", arguments: 0..<200)
  func property(seed: Int) {
    var random = SeededGenerator(seed: UInt64(seed))
    let count = Int.random(in: 1...12, using: &random)
    let names = (0..<count).map { (Bool.random(using: &random) ? "s" : "x") + "\($0)" }
    let source = dataset("tank/a: " + names.joined(separator: " "))
    let request = request { $0.selection = .regex("s.*") }
    let wanted = names.filter { $0.hasPrefix("s") }
    let held = Int.random(in: 0...wanted.count, using: &random)
    var arrived = Array(wanted.prefix(held))
    let target = arrived.isEmpty ? [pool] : [pool, copy("bk/a: " + arrived.joined(separator: " "))]
    let plan = plan(request, [source], target)
    if wanted.isEmpty {
      #expect(plan.codes == [.noMatchingSnapshots])
      return
    }
    for step in plan.steps {
      if let from = step.from {
        #expect(arrived.last == from.name, "an increment begins where the target ends")
      } else {
        #expect(arrived.isEmpty)
      }
      guard let to = names.firstIndex(of: step.to.name) else { return }
      let first = step.snapshots > 1 ? (names.firstIndex(of: arrived.last ?? "") ?? -1) + 1 : to
      arrived += names[first...to]
    }
    #expect(arrived == wanted)
  }
}

/// The same numbers for the same seed, everywhere.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64
  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1 }
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
