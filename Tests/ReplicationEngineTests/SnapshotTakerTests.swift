import ReplicationEngine
import ReplicationFakes
import ReplicationModel
import ReplicationPlanner
import Testing

@Suite("Taking the snapshots of a snapshot task")
struct SnapshotTakerTests {
  static let minute = Instant(
    CivilTime(year: 2027, month: 1, day: 1, hour: 0, minute: 0).secondsAsUTC)
  static let name = "auto-2027-01-01_00-00"

  static func task(change: (inout SnapshotTask) -> Void = { _ in }) -> SnapshotTask {
    var task = SnapshotTask()
    task.name = "hourly"
    task.dataset = "tank/a"
    task.recursive = true
    change(&task)
    return task
  }

  static func world() throws -> (FakeWorld, FakeProgram, SnapshotTaker) {
    let world = try FakeWorld.with([], children: ["b", "c"])
    let program = world.program()
    return (world, program, taker(program))
  }

  static func taker(_ program: FakeProgram, zone: Zone = .utc) -> SnapshotTaker {
    SnapshotTaker(host: program.source, clock: program.world.clock, zone: zone)
  }

  func names(_ world: FakeWorld) -> [[String]] {
    ["tank/a", "tank/a/b", "tank/a/c"].map { world.source.snapshots(of: $0).map(\.name) }
  }

  @Test("A tree is taken with one command, and no listing")
  func tree() async throws {
    let (world, program, taker) = try Self.world()
    let taking = await taker.take(Self.task(), for: Self.minute)
    #expect(taking.outcome == .taken && taking.snapshot == "tank/a@\(Self.name)")
    #expect(names(world) == [[Self.name], [Self.name], [Self.name]])
    #expect(program.source.commands.count == 1)
  }

  @Test("What is excluded gets none")
  func excluded() async throws {
    let (world, _, taker) = try Self.world()
    let taking = await taker.take(Self.task { $0.exclude = ["tank/a/b"] }, for: Self.minute)
    #expect(taking.outcome == .taken && taking.datasets == 2)
    #expect(names(world) == [[Self.name], [], [Self.name]])
  }

  @Test("Taken twice in a minute, the second takes nothing and is no failure")
  func twice() async throws {
    let (world, _, taker) = try Self.world()
    _ = await taker.take(Self.task(), for: Self.minute)
    let before = world.source.snapshots(of: "tank/a")
    let second = await taker.take(Self.task(), for: Self.minute)
    #expect(second.outcome == .exists && second.error == nil)
    #expect(world.source.snapshots(of: "tank/a") == before)
  }

  @Test("Where some of the names are there, the others are taken beside them")
  func completed() async throws {
    let (world, _, taker) = try Self.world()
    try world.source.zfs("snapshot tank/a/b@\(Self.name)")
    let mine = world.source.snapshots(of: "tank/a/b")
    let taking = await taker.take(Self.task(), for: Self.minute)
    #expect(taking.outcome == .taken && taking.datasets == 2)
    #expect(names(world) == [[Self.name], [Self.name], [Self.name]])
    #expect(world.source.snapshots(of: "tank/a/b") == mine)
  }

  @Test(
    "The hour that the clock repeats finds its names there; with the offset in the name it does not"
  )
  func repeatedHour() async throws {
    let world = try FakeWorld.with([])
    let program = world.program()
    let change = CivilTime(year: 2026, month: 10, day: 25, hour: 1).secondsAsUTC
    let zone = Zone(name: "test") { $0.seconds < change ? 7_200 : 3_600 }
    let taker = Self.taker(program, zone: zone)
    let (first, second) = (Instant(change - 3_600), Instant(change))
    _ = await taker.take(Self.task(), for: first)
    #expect(await taker.take(Self.task(), for: second).outcome == .exists)
    let offset = Self.task { $0.namingSchema = "z-%Y-%m-%d_%H-%M%z" }
    #expect(await taker.take(offset, for: first).outcome == .taken)
    #expect(await taker.take(offset, for: second).outcome == .taken)
    #expect(
      world.source.snapshots(of: "tank/a").map(\.name)
        == ["auto-2026-10-25_02-00", "z-2026-10-25_02-00--0200", "z-2026-10-25_02-00--0100"])
  }

  @Test("Empty snapshots are left out where they are not wanted")
  func empty() async throws {
    let (world, _, taker) = try Self.world()
    let task = Self.task { $0.allowEmpty = false }
    #expect(await taker.take(task, for: Self.minute).outcome == .taken)
    #expect(await taker.take(task, for: Self.minute + 3_600).outcome == .unchanged)
    world.source.write("news", of: "tank/a/c")
    #expect(await taker.take(task, for: Self.minute + 7_200).outcome == .taken)
    #expect(world.source.snapshots(of: "tank/a").count == 2)
  }

  @Test(
    "What goes wrong is told with its code, and takes nothing",
    arguments: [
      (task { $0.dataset = "tank/none" }, "zfs.dataset_missing"),
      (task { $0.namingSchema = "no time" }, "snapshot.schema"),
      (task { $0.exclude = ["tank/a", "tank/a*"] }, "snapshot.nothing_left"),
    ])
  func troubles(task: SnapshotTask, code: String) async throws {
    let (world, _, taker) = try Self.world()
    let taking = await taker.take(task, for: Self.minute)
    #expect(taking.outcome == .failed && taking.error?.code == code, "\(taking)")
    #expect(names(world) == [[], [], []])
  }

  @Test("A host that does not answer is a failure with its own name")
  func unreachable() async throws {
    let (_, program, taker) = try Self.world()
    program.source.onCommand { _, _ in .unreachable(HostError(.system, subject: "source")) }
    #expect(await taker.take(Self.task(), for: Self.minute).error?.code == "system")
  }

  @Test("A look lists, and changes nothing")
  func look() async throws {
    let (world, _, taker) = try Self.world()
    let decision = try await taker.look(Self.task { $0.exclude = ["tank/a/b"] }, for: Self.minute)
    let names = ["tank/a", "tank/a/c"].map { DatasetName(trusted: $0) }
    #expect(decision == .take(SnapshotTask.command(Self.name, of: names), of: names))
    #expect(self.names(world) == [[], [], []])
  }

  @Test("Whether a dataset has a snapshot of the task")
  func has() async throws {
    let (world, _, taker) = try Self.world()
    try world.source.zfs("snapshot tank/a@by-hand")
    #expect(try await !taker.hasSnapshot(of: Self.task()))
    try world.source.zfs("snapshot tank/a@auto-2026-01-01_00-00")
    #expect(try await taker.hasSnapshot(of: Self.task()))
  }
}
