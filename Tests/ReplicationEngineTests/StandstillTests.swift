import ReplicationEngine
import ReplicationFakes
import ReplicationModel
import ReplicationPlanner
import Testing

/// Where a look found nothing to do, the same answers make the same plan; whatever differs ends that.
@Suite("Standstill")
struct StandstillTests {
  /// Two equal sides that were looked at for so long that it counts.
  func still(
    _ wanted: ReplicationRequest = request(), children: [String] = ["b", "c"]
  ) async throws -> (FakeWorld, MemoryListings) {
    let world = try FakeWorld.with(["s1", "s2"], children: children)
    let listings = MemoryListings()
    for _ in 0..<4 {
      try await world.program().run(wanted, listings: listings)
      world.clock.advance(by: 5)
    }
    return (world, listings)
  }

  /// Runs, and tells whether it looked no closer than at what says that all stands still: then one thing
  /// is read. Whatever it does, its plan is the one that a look at everything makes.
  func stands(
    _ world: FakeWorld, _ listings: MemoryListings, _ wanted: ReplicationRequest = request()
  ) async throws -> Bool {
    var expected = try await world.program().preview(wanted)
    let before = listings.reads
    let program = world.program()
    try await program.run(wanted, listings: listings)
    var plan = program.plans.first
    // Why what stays stays is not remembered.
    expected.retention.shares = expected.retention.pruned
    plan?.retention.shares.removeAll { !$0.fates.contains(.goes) }
    #expect(plan == expected)
    return listings.reads == before + 1
  }

  @Test("The plan is the one that a close look makes, and three questions are asked for it")
  func samePlan() async throws {
    let (world, listings) = try await still(children: (0..<20).map { "d\($0)" })
    let program = world.program()
    let before = listings.reads
    #expect(try await program.run(request(), listings: listings).outcome == .nothing)
    #expect(listings.reads == before + 1)
    #expect(program.source.commands.count == 2)
    #expect(program.target.commands.count == 1)
    #expect(program.plans == [try await world.program().preview(request())])
    #expect(program.plans.first?.mapping.count == 21)
  }

  /// What ends a standstill, on either side.
  enum Change: CaseIterable {
    case snapshot, snapshotGone, snapshotBelow, bookmark, bookmarkGone, theirSnapshot
    case theirSnapshotGone, theirs, dataset, theirDataset, property
  }

  @Test("Whatever differs is looked at closely", arguments: Change.allCases)
  func changed(_ change: Change) async throws {
    let (world, listings) = try await still()
    let (source, target) = (world.source, world.target)
    switch change {
    case .snapshot: try source.zfs("snapshot tank/a@s3")
    case .snapshotGone: try source.zfs("destroy tank/a@s1")
    case .snapshotBelow: try source.zfs("snapshot tank/a/c@s3")
    case .bookmark: try source.zfs("bookmark tank/a@s1 tank/a#theirs")
    case .bookmarkGone:
      let mark = try #require(
        try source.zfs("list -H -t bookmark -o name tank/a").split(separator: "\n").first)
      try source.zfs("destroy \(mark)")
    case .theirSnapshot: try target.zfs("snapshot bk/a@theirs")
    case .theirSnapshotGone: try target.zfs("destroy bk/a/b@s1")
    case .theirs: try target.zfs("destroy -r bk/a/b")
    case .dataset: try source.zfs("create tank/a/new")
    case .theirDataset: try target.zfs("create bk/a/new")
    case .property: try target.zfs("set readonly=off bk/a/b")
    }
    #expect(!(try await stands(world, listings)))
  }

  @Test("A task that asks for something else is looked at closely, and so is one in another zone")
  func otherTask() async throws {
    let (world, listings) = try await still()
    #expect(try await stands(world, listings))
    let changes: [(inout ReplicationRequest) -> Void] = [
      { $0.exclude = ["tank/a/b"] }, { $0.selection = .regex("s1") },
      { $0.retention.policy = .source }, { $0.propertiesOverride = ["atime": "off"] },
      { $0.readonly = .ignore },
    ]
    for change in changes {
      #expect(!(try await stands(world, listings, request(change: change))))
    }
  }

  @Test("What was seen counts for a day, and where it is torn not at all")
  func old() async throws {
    let (world, listings) = try await still()
    world.clock.advance(by: 86_000)
    #expect(try await stands(world, listings))
    world.clock.advance(by: 86_401)
    #expect(!(try await stands(world, listings)))
    #expect(try await stands(world, listings), "and the close look is remembered again")
    for torn in 0..<4 {
      listings.damage { bytes in
        switch torn {
        case 0: bytes[bytes.count / 2] ^= 1
        case 1: bytes.removeLast()
        case 2: bytes.removeFirst(30)
        default: bytes = []
        }
      }
      #expect(!(try await stands(world, listings)))
      for _ in 0..<2 {
        world.clock.advance(by: 5)
        try await world.program().run(request(), listings: listings)
      }
      #expect(try await stands(world, listings))
    }
  }

  @Test("With a clock that was set back, nothing that was seen counts")
  func clockBack() async throws {
    let (world, listings) = try await still()
    #expect(try await stands(world, listings))
    world.clock.shift(by: -7_200)
    #expect(!(try await stands(world, listings)))
  }

  @Test("A pool that comes back from an older image is looked at closely, and gets what it lacks")
  func olderImage() async throws {
    let (world, listings) = try await still()
    world.target.keepImage()
    try world.source.zfs("snapshot -r tank/a@s3")
    for _ in 0..<4 {
      try await world.program().run(request(), listings: listings)
      world.clock.advance(by: 5)
    }
    #expect(try await stands(world, listings))
    world.target.setBack()
    #expect(!(try await stands(world, listings)))
    #expect(try world.target.zfs("list -H -o name bk/a/c@s3") == "bk/a/c@s3\n")
  }

  @Test("Where time lets something go, or a hold may end, nothing stands still")
  func retention() async throws {
    let bySource = request {
      $0.selection = .regex("s.*")
      $0.retention.policy = .source
    }
    let (world, listings) = try await still(bySource)
    #expect(try await stands(world, listings, bySource))
    // What goes is held: it goes as soon as it is not, though no snapshot came or went.
    try world.target.zfs("hold keep bk/a/b@s1")
    try world.source.zfs("destroy tank/a/b@s1")
    for _ in 0..<3 {
      world.clock.advance(by: 5)
      #expect(!(try await stands(world, listings, bySource)))
    }
    try world.target.zfs("release keep bk/a/b@s1")
    let summary = try await world.program().run(bySource, listings: listings)
    #expect(summary.destroyed == 1)
    let byTime = request {
      $0.selection = .regex("s.*")
      $0.retention.policy = .custom(Lifetime(1, .year), further: [])
    }
    let (other, remembered) = try await still(byTime)
    #expect(!(try await stands(other, remembered, byTime)))
  }

  @Test("A look that could not be had is no standstill, and its failure is told")
  func failure() async throws {
    let (world, listings) = try await still()
    let program = world.program()
    program.source.onCommand { command, _ in
      command.arguments.contains("bookmark") ? .answer(.failure("internal error: I/O error")) : nil
    }
    let summary = try await program.run(
      request(), policy: RunPolicy(attempts: 1, estimates: false), listings: listings)
    #expect(summary.outcome == .failed)
  }
}

extension FakeProgram {
  /// The plans that its runs told.
  fileprivate var plans: [Plan] {
    events.compactMap { event in
      if case .planned(let plan) = event { plan } else { nil }
    }
  }
}
