import ReplicationModel
import ReplicationPlanner
import Testing

@testable import ReplicationEngine

@Suite("Whose turn it is")
struct TurnsTests {
  static func step(_ name: String, origin: String? = nil) -> Step {
    let source = DatasetName(trusted: "tank/\(name)")
    return Step(
      source: source, target: DatasetName(trusted: "bk/\(name)"), datasetKind: .filesystem,
      kind: .full, from: nil,
      to: Snapshot(name: "s", guid: GUID(1), createtxg: 1, creation: Instant(0)), snapshots: 1,
      raw: false, origin: origin.map { DatasetName(trusted: "tank/\($0)") },
      send: .zfs("send"), receive: .zfs("receive"))
  }

  /// The names in rounds: what may run beside each other, where each round ends before the next begins.
  static func rounds(_ steps: [Step]) -> [[String]] {
    var turns = Turns(steps)
    var rounds: [[String]] = []
    while true {
      var running: [Turns.Turn] = []
      while let turn = turns.next() { running.append(turn) }
      if running.isEmpty { return rounds }
      rounds.append(running.map { String(steps[$0.steps.lowerBound].target.text.dropFirst(3)) })
      for turn in running { turns.end(turn) }
    }
  }

  @Test("All steps of a dataset are one turn, and nothing is none")
  func steps() {
    var turns = Turns([Self.step("a"), Self.step("a"), Self.step("b")])
    #expect(turns.next()?.steps == 0..<2)
    #expect(turns.next()?.steps == 2..<3)
    #expect(turns.next()?.steps == nil)
    var none = Turns([])
    #expect(none.next()?.steps == nil)
  }

  @Test("What stands below waits for the nearest above it that is sent")
  func parents() {
    let names = ["a", "a/b", "a/b/c/d", "a/e", "ab", "z/y"]
    #expect(
      Self.rounds(names.map { Self.step($0) }) == [
        ["a", "ab", "z/y"], ["a/b", "a/e"], ["a/b/c/d"],
      ])
  }

  @Test("A clone waits for its origin, and a circle is cut where the plan begins")
  func clones() {
    let line = [
      Self.step("o"), Self.step("k1", origin: "o"), Self.step("k2", origin: "k1"), Self.step("l"),
    ]
    #expect(Self.rounds(line) == [["o", "l"], ["k1"], ["k2"]])
    // A parent that was promoted: its own child is its origin.
    let circle = [Self.step("p", origin: "p/c"), Self.step("p/c")]
    #expect(Self.rounds(circle) == [["p"], ["p/c"]])
    #expect(Self.rounds([Self.step("x", origin: "gone")]) == [["x"]])
  }

  @Test("The plan's order decides among those that may go")
  func order() {
    var turns = Turns(["b", "a", "a/1", "c"].map { Self.step($0) })
    let first = turns.next()
    #expect(first?.steps == 0..<1)
    guard let second = turns.next() else { return }
    #expect(second.steps == 1..<2)
    turns.end(second)
    #expect(turns.next()?.steps == 2..<3)
  }
}
