import ReplicationModel
import ReplicationPlanner
import Testing

@Suite("How old the newest common snapshot is")
struct NewestCommonTests {
  static func snapshot(_ number: UInt64) -> Snapshot {
    Snapshot(
      name: "auto-2026-01-01_00-0\(number)", guid: GUID(number), createtxg: number,
      creation: Instant(Int64(number) * 60))
  }

  static func state(
    _ name: String, _ snapshots: ClosedRange<UInt64>, bookmark: UInt64? = nil
  ) -> DatasetState {
    var state = DatasetState(
      name: DatasetName(trusted: name),
      guid: GUID(name.utf8.reduce(1_000) { $0 * 31 + UInt64($1) }),
      snapshots: snapshots.map(snapshot), isReadonly: true)
    if let bookmark {
      let of = snapshot(bookmark)
      state.bookmarks = [
        Bookmark(name: "b", guid: of.guid, createtxg: of.createtxg, creation: of.creation)
      ]
    }
    return state
  }

  static func plan(_ source: [DatasetState], _ target: [DatasetState]) -> Plan {
    var request = ReplicationRequest(
      task: "t", sources: [DatasetName(trusted: "tank")], target: DatasetName(trusted: "bk"))
    request.recursive = true
    return Planner.plan(
      request, source: Inventory(source), target: Inventory(target), tokens: [:], zone: .utc)
  }

  @Test("Of several datasets, the one that is worst off counts")
  func worst() {
    let plan = Self.plan(
      [Self.state("tank", 1...5), Self.state("tank/a", 1...5)],
      [Self.state("bk", 1...4), Self.state("bk/a", 1...2)])
    #expect(plan.newestCommon(arrived: false) == Instant(120))
    #expect(plan.newestCommon(arrived: true) == Instant(300))
  }

  @Test("One without a copy leaves no number, until it has arrived")
  func missing() {
    let plan = Self.plan(
      [Self.state("tank", 1...5), Self.state("tank/a", 2...5)], [Self.state("bk", 1...4)])
    #expect(plan.newestCommon(arrived: false) == nil)
    #expect(plan.newestCommon(arrived: true) == Instant(300))
  }

  @Test("A snapshot that only a bookmark remembers on the source counts")
  func bookmark() {
    let plan = Self.plan([Self.state("tank", 4...5, bookmark: 3)], [Self.state("bk", 1...3)])
    #expect(plan.newestCommon(arrived: false) == Instant(180))
  }
}
