import ReplicationModel
import ReplicationPlanner
import Testing

@testable import AppGallery
@testable import ZferryApp

/// A first copy of a source that has no snapshot yet.
@Suite struct FirstRunTests {
  let now = Instant(1_795_514_700)

  func dataset(_ name: String, _ guid: UInt64, snapshots: [String] = []) -> DatasetState {
    DatasetState(
      name: DatasetName(trusted: name), guid: GUID(guid),
      snapshots: snapshots.enumerated().map { index, snapshot in
        Snapshot(
          name: snapshot, guid: GUID(guid * 100 + UInt64(index)), createtxg: UInt64(index + 1),
          creation: Instant(0))
      }, written: 1 << 20, referenced: 1 << 20)
  }

  func order(recursive: Bool = true, _ change: (inout WizardChoices) -> Void = { _ in })
    -> TaskOrder
  {
    var choices = WizardChoices()
    choices.sourceLocation = .local
    choices.destinationLocation = .local
    choices.sources = ["tank"]
    choices.destination = "backup/tank"
    choices.recursive = recursive
    choices.taskName = "t"
    change(&choices)
    return Composer.compose(choices, in: Library())
  }

  func preview(_ order: TaskOrder, source: [DatasetState], target: [DatasetState]) -> Preview {
    let tasks = Dictionary(order.snapshotTasks.map { ($0.name, $0) }) { first, _ in first }
    guard let request = ReplicationRequest(order.task, snapshotTasks: tasks) else {
      Issue.record("no request")
      return Preview(plan: Plan(task: "t", direction: .push))
    }
    let source = Inventory(source)
    let target = Inventory(target)
    let plan = Planner.plan(request, source: source, target: target, zone: .utc)
    return Preview(plan, of: order, source: source, target: target, zone: .utc, now: now)
  }

  @Test func `the snapshot covers the tree, and what comes after it is planned`() {
    let order = order()
    let preview = preview(
      order, source: [dataset("tank", 1), dataset("tank/a", 2)], target: [dataset("backup", 9)])
    let first = FirstRun(order, preview, now: now, zone: .utc)
    #expect(first.snapshots.map(\.dataset) == ["tank"])
    #expect(first.snapshots.first?.name.hasPrefix("auto-2026-11-2") == true)
    #expect(first.conflicts.isEmpty)
    #expect(first.warnings.isEmpty)
    #expect(preview.afterFirst?.steps.count == 2)
    #expect(preview.referenced[DatasetName(trusted: "tank/a")] == 1 << 20)
  }

  @Test func `what stands in the way after it is told before it is taken`() {
    let order = order(recursive: false)
    let preview = preview(
      order, source: [dataset("tank", 1)],
      target: [dataset("backup", 9), dataset("backup/tank", 10, snapshots: ["foreign"])])
    let first = FirstRun(order, preview, now: now, zone: .utc)
    #expect(!first.snapshots.isEmpty)
    #expect(first.conflicts.map(\.code) == [.noCommonBase])
  }

  @Test func `nothing is taken where something matches, by expression, or on another machine`() {
    let source = dataset("tank", 1, snapshots: ["auto-2026-01-01_00-00"])
    let matching = order()
    #expect(
      FirstRun(
        matching, preview(matching, source: [source], target: [dataset("backup", 9)]), now: now,
        zone: .utc
      ).snapshots.isEmpty)
    let plan = Plan(
      task: "t", direction: .push,
      mapping: [
        Mapping(
          source: DatasetName(trusted: "tank"), target: DatasetName(trusted: "backup/tank"),
          kind: .filesystem, targetExists: false, matching: 0, total: 0)
      ])
    let regex = order {
      $0.customSnapshots = true
      $0.selection = .regex
      $0.nameRegex = ".*"
    }
    #expect(FirstRun.snapshots(regex, plan, now: now, zone: .utc).isEmpty)
    let pull = order { $0.sourceLocation = .remote }
    #expect(FirstRun.snapshots(pull, plan, now: now, zone: .utc).isEmpty)
    let once = order { $0.method = .once }
    #expect(FirstRun.snapshots(once, plan, now: now, zone: .utc).count == 1)
  }
}
