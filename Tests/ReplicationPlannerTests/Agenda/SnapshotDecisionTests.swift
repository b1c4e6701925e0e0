import ReplicationModel
import ReplicationPlanner
import Testing

@Suite("What a snapshot task takes")
struct SnapshotDecisionTests {
  static func state(
    _ name: String, written: UInt64 = 0, snapshots: [String] = ["auto-2026-01-01_00-00"],
    token: String? = nil
  ) -> DatasetState {
    DatasetState(
      name: DatasetName(trusted: name), guid: GUID(UInt64(name.count)),
      snapshots: snapshots.enumerated().map {
        Snapshot(
          name: $1, guid: GUID(UInt64($0)), createtxg: UInt64($0), creation: Instant(Int64($0)))
      }, resumeToken: token, written: written)
  }

  static func task(change: (inout SnapshotTask) -> Void = { _ in }) -> SnapshotTask {
    var task = SnapshotTask()
    task.dataset = "tank"
    task.recursive = true
    change(&task)
    return task
  }

  static let tree = Inventory(["tank", "tank/a", "tank/a/b", "tank/c"].map { state($0) })

  func command(_ decision: SnapshotDecision) -> String? {
    if case .take(let command, _) = decision { command.shellText } else { nil }
  }

  @Test("A tree is one name, whatever is below")
  func wholeTree() {
    let decision = Self.task().decide("x", Self.tree, zone: .utc)
    #expect(command(decision) == "zfs snapshot -r tank@x")
    #expect(!Self.task().needsListing)
    #expect(command(Self.task { $0.recursive = false }.decide("x", Self.tree, zone: .utc)) != nil)
  }

  @Test("What is excluded is left out of one command that takes all the others")
  func excluded() {
    let task = Self.task { $0.exclude = ["tank/a"] }
    #expect(task.needsListing)
    #expect(command(task.decide("x", Self.tree, zone: .utc)) == "zfs snapshot tank@x tank/c@x")
    let glob = Self.task { $0.exclude = ["tank/*b"] }
    #expect(
      command(glob.decide("x", Self.tree, zone: .utc)) == "zfs snapshot tank@x tank/a@x tank/c@x")
    #expect(
      Self.task { $0.exclude = ["tank", "tank/*"] }.decide("x", Self.tree, zone: .utc)
        == .nothingLeft)
    // Nothing there is excluded: one name will do.
    let none = Self.task { $0.exclude = ["tank/zzz"] }
    #expect(command(none.decide("x", Self.tree, zone: .utc)) == "zfs snapshot -r tank@x")
  }

  @Test("A dataset that is still being received is left out")
  func receiving() {
    var tree = Self.tree
    tree[DatasetName(trusted: "tank/c")] = Self.state("tank/c", token: "1-abc")
    let decision = Self.task().decide("x", tree, zone: .utc)
    #expect(command(decision) == "zfs snapshot tank@x tank/a@x tank/a/b@x")
  }

  @Test("Without empty snapshots one is taken where anything was written, or nobody can tell")
  func empty() {
    let task = Self.task { $0.allowEmpty = false }
    #expect(task.needsListing)
    #expect(task.decide("x", Self.tree, zone: .utc) == .unchanged)
    var tree = Self.tree
    tree[DatasetName(trusted: "tank/a/b")] = Self.state("tank/a/b", written: 1)
    #expect(command(task.decide("x", tree, zone: .utc)) == "zfs snapshot -r tank@x")
    // A snapshot of somebody else is newer: what was written before it is not counted.
    tree[DatasetName(trusted: "tank/a/b")] = Self.state(
      "tank/a/b", snapshots: ["auto-2026-01-01_00-00", "by-hand"])
    #expect(command(task.decide("x", tree, zone: .utc)) != nil)
    tree[DatasetName(trusted: "tank/a/b")] = Self.state("tank/a/b", snapshots: [])
    #expect(command(task.decide("x", tree, zone: .utc)) != nil)
  }

  @Test("must_not_B21: the name is of its own schema, with the offset where the schema has one")
  func must_not_B21() {
    let moment = Instant(CivilTime(year: 2026, month: 10, day: 25, hour: 0).secondsAsUTC)
    var task = Self.task { $0.namingSchema = "auto-%Y-%m-%d_%H-%M%z" }
    #expect(task.snapshotName(at: moment, in: AgendaTests.berlin) == "auto-2026-10-25_02-00--0200")
    #expect(
      task.snapshotName(at: moment + 3_600, in: AgendaTests.berlin)
        == "auto-2026-10-25_02-00--0100")
    task.namingSchema = "no time"
    #expect(task.snapshotName(at: moment, in: .utc) == nil)
  }
}
