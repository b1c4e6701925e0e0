import ReplicationModel
import ReplicationPlanner
import Testing

@Suite("A decision")
struct ResolutionTests {
  static let day = CivilTime(year: 2026, month: 11, day: 9)

  /// The only conflict of a plan, with what may be decided about it.
  func decide(
    _ source: [DatasetState], _ target: [DatasetState], of request: ReplicationRequest = request(),
    tokens: [String: TokenFacts] = [:], ties change: (inout TargetTies) -> Void = { _ in }
  ) throws -> ConflictCase {
    let conflict = try #require(plan(request, source, target, tokens: tokens).conflicts.first)
    let state = try #require(target.first { $0.name == conflict.target })
    var ties = TargetTies(
      snapshots: state.snapshots.map { TargetTies.Tie(snapshot: $0, written: 100) },
      tree: target.map(\.name).filter { $0.isWithin(state.name) }.sorted(),
      neighbours: Set(target.map(\.name)))
    change(&ties)
    return ConflictCase(
      conflict, of: request.task, source: Inventory(source), target: Inventory(target),
      ties: ties, day: Self.day)
  }

  func commands(_ one: ConflictCase, _ choice: Conflict.Choice) throws -> [String] {
    try #require(one.resolution(by: choice)).commands.map(\.shellText)
  }

  @Test("A rollback destroys what is newer by its names, then goes back to the base")
  func rollback() throws {
    let target = copy("bk/a: s1 mine1 mine2") {
      $0.isReadonly = false
      $0.written = 7
    }
    let one = try decide([dataset("tank/a: s1 s2")], [pool, target])
    #expect(
      try commands(one, .rollback) == ["zfs destroy bk/a@mine1,mine2", "zfs rollback bk/a@s1"])
    let rollback = try #require(one.resolution(by: .rollback))
    #expect(rollback.loses.snapshots.map(\.name) == ["mine1", "mine2"])
    #expect(rollback.loses.bytes == 207)
    #expect(rollback.destroys)
    #expect(rollback.obstacle == nil)
  }

  @Test("No command of any decision takes more than it names", arguments: Conflict.Choice.allCases)
  func neverRecursive(choice: Conflict.Choice) throws {
    let cases = [
      try decide([dataset("tank/a: s1 s2")], [pool, copy("bk/a: s1 mine"), copy("bk/a/b: s1")]),
      try decide([dataset("tank/a: s1")], [pool, copy("bk/a: other"), copy("bk/a/b: other")]),
      try decide(
        [dataset("tank/a: s1")], [pool, copy("bk/a: s1") { $0.resumeToken = "1-x" }]),
    ]
    for command in cases.compactMap({ $0.resolution(by: choice) }).flatMap(\.commands) {
      #expect(!command.arguments.contains { ["-r", "-R", "-f", "-F"].contains($0) }, "\(command)")
    }
  }

  @Test("A snapshot of the target that is older than the base is not lost")
  func olderStays() throws {
    let one = try decide([dataset("tank/a: s1 s2")], [pool, copy("bk/a: own s1 mine")])
    #expect(one.resolution(by: .rollback)?.loses.snapshots.map(\.name) == ["mine"])
  }

  @Test("A base that the source has as a bookmark alone is gone back to all the same")
  func bookmarkedBase() throws {
    let source = dataset("tank/a: #s1 s2")
    let one = try decide([source], [pool, copy("bk/a: s1 mine")])
    #expect(try commands(one, .rollback) == ["zfs destroy bk/a@mine", "zfs rollback bk/a@s1"])
  }

  @Test("Bookmarks of the target that are newer than the base go by name")
  func bookmarks() throws {
    let one = try decide([dataset("tank/a: s1 s2")], [pool, copy("bk/a: s1 mine #mine")])
    #expect(
      try commands(one, .rollback) == [
        "zfs destroy bk/a@mine", "zfs destroy 'bk/a#mine'", "zfs rollback bk/a@s1",
      ])
  }

  @Test("Many snapshots go in several commands, the newest first")
  func batches() throws {
    let names = (1...250).map { "m\($0)" }.joined(separator: " ")
    let one = try decide([dataset("tank/a: s1 s2")], [pool, copy("bk/a: s1 \(names)")])
    let acts = try #require(one.resolution(by: .rollback)).acts
    let batches = acts.compactMap { act -> [String]? in
      if case .destroySnapshots(let snapshots) = act { snapshots.map(\.name) } else { nil }
    }
    #expect(batches.map(\.count) == [100, 100, 50])
    #expect(batches.first?.last == "m250")
    #expect(batches.last?.first == "m1")
  }

  @Test("What is held or cloned keeps a rollback from being done")
  func obstacles() throws {
    let target = [pool, copy("bk/a: s1 mine")]
    let held = try decide([dataset("tank/a: s1 s2")], target) { $0.snapshots[1].holds = 1 }
    #expect(held.resolution(by: .rollback)?.obstacle == .held(["mine"]))
    let cloned = try decide([dataset("tank/a: s1 s2")], target) {
      $0.snapshots[1].clones = ["bk/work"]
    }
    #expect(cloned.resolution(by: .rollback)?.obstacle == .cloned(["bk/work"]))
    // The base itself stays, whoever uses it.
    let base = try decide([dataset("tank/a: s1 s2")], target) {
      $0.snapshots[0].holds = 1
      $0.snapshots[0].clones = ["bk/work"]
    }
    #expect(base.resolution(by: .rollback)?.obstacle == nil)
  }

  @Test("Put aside, a copy gets a name that nothing has, and all below it goes along")
  func aside() throws {
    let target = [
      pool, copy("bk/a: other"), copy("bk/a/b: other"), copy("bk/a.zferry-aside-20261109-t-1"),
    ]
    let one = try decide([dataset("tank/a: s1")], target)
    #expect(
      try commands(one, .keepAside) == ["zfs rename bk/a bk/a.zferry-aside-20261109-t-2"])
    let aside = try #require(one.resolution(by: .keepAside))
    #expect(aside.moves.map(\.text) == ["bk/a/b"])
    #expect(aside.loses.isNothing && !aside.destroys)
  }

  @Test("must_not_B15: a full copy is sent beside the old one, or not at all")
  func must_not_B15() throws {
    func full(used: UInt64, available: UInt64) throws -> Resolution {
      let source = dataset("tank/a: s1") { $0.used = used }
      let target = copy("bk/a: other") { $0.available = available }
      return try #require(try decide([source], [pool, target]).resolution(by: .full))
    }
    let fits = try full(used: 10, available: 10)
    #expect(fits.obstacle == nil)
    #expect(fits.commands.map { $0.arguments.first } == ["rename"])
    #expect(try full(used: 11, available: 10).obstacle == .noSpace(needs: 11, available: 10))
  }

  @Test("A partial receive that is not ours is given up by `full` alone")
  func deadToken() throws {
    let target = copy("bk/a: s1") { $0.resumeToken = "1-x" }
    let one = try decide([dataset("tank/a: s1 s2")], [pool, target])
    #expect(one.conflict.code == .deadResumeToken)
    #expect(one.resolutions.map(\.choice) == [.full])
    #expect(try commands(one, .full) == ["zfs receive -A bk/a"])
    #expect(one.resolution(by: .full)?.loses.partial == true)
  }

  @Test("Only what lies below a source can be skipped, and only of a recursive task")
  func skip() throws {
    let source = [dataset("tank/a: s1 s2"), dataset("tank/a/b: s1 s2")]
    let target = [pool, copy("bk/a: s1"), copy("bk/a/b: s1 mine")]
    let child = try decide(source, target)
    #expect(child.resolutions.map(\.choice) == [.rollback, .keepAside, .skip])
    let skip = try #require(child.resolution(by: .skip))
    #expect(skip.commands.isEmpty)
    #expect(skip.acts == [.exclude(DatasetName(trusted: "tank/a/b"))])
    let alone = request(["tank/a/b"], to: "bk/a/b") { $0.recursive = false }
    #expect(try decide(source, target, of: alone).resolution(by: .skip) == nil)
  }

  @Test("A pool cannot be put aside")
  func poolRoot() throws {
    let one = try decide(
      [dataset("tank/a: s1")], [copy("bk: other")], of: request(to: "bk"))
    #expect(one.resolutions.isEmpty)
  }
}
