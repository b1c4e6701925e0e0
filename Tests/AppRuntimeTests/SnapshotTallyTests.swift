import Testing
import ZferryApp

@testable import AppRuntime

struct SnapshotTallyTests {
  @Test func `what is below a marked dataset counts with it, or with a nearer marked one`() {
    var tally = SnapshotTally(["tank/a", "tank/a/b", "tank/gone"])
    for line in [
      "tank/a", "tank/a@auto-1", "tank/a@other", "tank/a/b", "tank/a/b@auto-1", "tank/a/b/c",
      "tank/a/x", "tank/a/x@auto-1", "tank/ab@auto-1",
    ] {
      tally.add(Substring(line)) { $0.hasPrefix("auto") }
    }
    #expect(
      tally.counts == [
        SnapshotCount(dataset: "tank/a", matching: 2, total: 3, below: 1),
        SnapshotCount(dataset: "tank/a/b", matching: 1, total: 1, below: 1, without: 1),
        SnapshotCount(dataset: "tank/gone", matching: 0, total: 0, without: 1),
      ])
  }
}
