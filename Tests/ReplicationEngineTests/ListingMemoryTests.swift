import ReplicationEngine
import ReplicationFakes
import ReplicationModel
import ReplicationPlanner
import Testing

/// What is remembered of listings saves questions, and decides nothing that ZFS did not say.
@Suite("Remembered listings")
struct ListingMemoryTests {
  /// Both sides equal, and remembered for so long that it counts.
  func settled(_ children: [String] = ["b", "c"], seed: UInt64 = 1) async throws
    -> (FakeWorld, MemoryListings)
  {
    let world = try FakeWorld.with(["s1", "s2"], children: children, seed: seed)
    let listings = MemoryListings()
    for _ in 0..<3 {
      try await world.program().run(request(), listings: listings)
      world.clock.advance(by: 5)
    }
    return (world, listings)
  }

  /// Whether a command lists snapshots.
  func listsSnapshots(_ command: Command) -> Bool {
    command.arguments.contains { $0.hasPrefix("snapshot") && !$0.contains("_") }
  }

  @Test("Where nothing changed no snapshot is listed: three questions, whatever the number")
  func nothing() async throws {
    let (world, listings) = try await settled((0..<30).map { "d\($0)" })
    let program = world.program()
    #expect(try await program.run(request(), listings: listings).outcome == .nothing)
    #expect(program.source.commands.count == 2)
    #expect(program.target.commands.count == 1)
    #expect(!(program.source.commands + program.target.commands).contains(where: listsSnapshots))
  }

  @Test("What changed on either side since is seen, and the rest is not listed again")
  func change() async throws {
    let (world, listings) = try await settled()
    try world.source.zfs("snapshot tank/a/b@s3")
    let program = world.program()
    #expect(try await program.run(request(), listings: listings).snapshots == 1)
    #expect(world.isEqual())
    let asked = program.source.commands.filter(listsSnapshots)
    #expect(asked.map { $0.arguments.last ?? "" } == ["tank/a/b"])
    world.clock.advance(by: 5)
    // A snapshot in the middle goes: the newest is what it was.
    try world.source.zfs("destroy tank/a/c@s1")
    try world.target.zfs("snapshot bk/a/b@theirs")
    try world.snapshot("s4")
    let next = world.program()
    let summary = try await next.run(request(), listings: listings)
    #expect(summary.error?.code == Conflict.Code.targetHasNewerSnapshots.rawValue)
  }

  @Test("A change in the same second as the listing leaves no trace, and is seen all the same")
  func sameSecond() async throws {
    let world = try FakeWorld.with(["s1"])
    let listings = MemoryListings()
    try await world.program().run(request(), listings: listings)
    let second = world.source.value("snapshots_changed", of: "tank/a")
    try world.snapshot("s2")
    try #require(world.source.value("snapshots_changed", of: "tank/a") == second)
    world.clock.advance(by: 5)
    #expect(try await world.program().run(request(), listings: listings).snapshots == 1)
    #expect(world.isEqual())
  }

  @Test("A memory that is torn, or of another version, counts as none", arguments: 0..<6)
  func damaged(kind: Int) async throws {
    let (world, listings) = try await settled()
    listings.damage { bytes in
      switch kind {
      case 0: bytes = []
      case 1: bytes.removeLast()
      case 2: bytes.removeFirst(20)
      case 3: bytes[bytes.count / 2] ^= 0x10
      case 4: bytes[bytes.count - 1] ^= 1
      default: bytes = Array("zferry listing 9\n".utf8) + bytes.dropFirst(17)
      }
    }
    try world.snapshot("s3")
    let program = world.program()
    #expect(try await program.run(request(), listings: listings).snapshots == 3)
    #expect(program.source.commands.contains { listsSnapshots($0) && $0.arguments.contains("-r") })
    #expect(world.isEqual())
  }

  @Test("A memory of another pool with the same names is thrown away")
  func otherPool() async throws {
    let (_, listings) = try await settled(seed: 1)
    let (other, _) = try await settled(seed: 2)
    let program = other.program()
    #expect(try await program.run(request(), listings: listings).outcome == .nothing)
    for host in [program.source, program.target] {
      #expect(host.commands.contains(where: listsSnapshots))
    }
  }

  @Test("A dataset that was made anew under its name is listed")
  func madeAnew() async throws {
    let (world, listings) = try await settled()
    try world.source.zfs("destroy -r tank/a/b")
    try world.source.zfs("create tank/a/b")
    try world.source.zfs("snapshot tank/a/b@s2")
    let summary = try await world.program().run(request(), listings: listings)
    #expect(summary.error?.code == Conflict.Code.noCommonBase.rawValue)
  }

  @Test("Nothing is destroyed by what is remembered: both sides are listed whole before that")
  func neverForDestroy() async throws {
    let (world, listings) = try await settled()
    try world.source.zfs("destroy -r tank/a@s1")
    let wanted = request {
      $0.selection = .regex("s.*")
      $0.retention.policy = .source
    }
    let program = world.program()
    let summary = try await program.run(wanted, listings: listings)
    #expect(summary.destroyed == 3)
    for host in [program.source, program.target] {
      let whole = host.commands.lastIndex { listsSnapshots($0) && $0.arguments.contains("-r") }
      #expect(whole != nil)
      if let destroy = host.commands.firstIndex(where: { $0.arguments.first == "destroy" }) {
        #expect((whole ?? .max) < destroy)
      }
    }
  }

  @Test("A ZFS that does not tell when snapshots changed is asked once a week, and listed whole")
  func oldZFS() async throws {
    let world = try FakeWorld.with(["s1"], children: ["b"])
    let listings = MemoryListings()
    func run() async throws -> FakeProgram {
      let program = world.program()
      for host in [program.source, program.target] {
        host.onCommand { command, _ in
          command.arguments.contains { $0.hasSuffix(",snapshots_changed") }
            ? .answer(
              .failure(
                "bad property list: invalid property 'snapshots_changed'\nusage:", status: 2)) : nil
        }
      }
      #expect(try await program.run(request(), listings: listings).error == nil)
      return program
    }
    func asks(_ program: FakeProgram) -> Bool {
      program.source.commands.contains { $0.arguments.contains { $0.hasSuffix("_changed") } }
    }
    #expect(asks(try await run()))
    #expect(world.isEqual())
    #expect(!asks(try await run()))
    world.clock.advance(by: 8 * 86_400)
    #expect(asks(try await run()))
  }
}
