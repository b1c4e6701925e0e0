import ReplicationEngine
import ReplicationFakes
import ReplicationModel
import ReplicationPlanner
import SandboxZFS
import Testing

/// The process ends at every write to its records and at every command: before it, and after it was
/// done but before its answer. Whoever comes next comes to the very state of one that nothing happened to.
@Suite("Every point at which a process may die")
struct CrashTests {
  @Test("The next one ends as if nothing had happened", arguments: Tale.all)
  func everyPoint(tale: Tale) async throws {
    let whole = try await tale.world()
    let before = whole.belongings
    let undisturbed = whole.program()
    try await tale.act(undisturbed)
    let expected = whole.belongings
    let lost = FakeWorld.snapshots(before).subtracting(FakeWorld.snapshots(expected))
    #expect(lost.count == tale.losses)
    try #require(undisturbed.life.moments > 5)

    for moment in 1...undisturbed.life.moments {
      let world = try await tale.world()
      try #require(world.belongings == before, "a tale begins the same way each time")
      let killed = world.program(dying: moment)
      try? await tale.act(killed)
      #expect(killed.life.isDead)
      let gone = FakeWorld.snapshots(before).subtracting(FakeWorld.snapshots(world.belongings))
      #expect(gone.isSubset(of: lost), "killed at moment \(moment)")
      await #expect(throws: Never.self, "after a kill at moment \(moment)") {
        try await tale.act(world.program())
      }
      let difference = world.belongings.symmetricDifference(expected)
      #expect(difference == [], "killed at moment \(moment)")
    }
  }
}

/// What a process does from its beginning to its end, and does again where it was killed.
struct Tale: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let world: @Sendable () async throws -> FakeWorld
  /// How many snapshots are gone at its end, all of them listed by a plan or shown to a person.
  var losses = 0
  let act: @Sendable (FakeProgram) async throws -> Void

  init(
    _ name: String, losses: Int = 0, from world: @escaping @Sendable () async throws -> FakeWorld,
    act: @escaping @Sendable (FakeProgram) async throws -> Void
  ) {
    testDescription = name
    self.world = world
    self.losses = losses
    self.act = act
  }

  static let all = [
    Tale("a first run", from: { try .with(["s1", "s2"], children: ["b"]) }) {
      try await run($0, request())
    },
    Tale("several at a time", from: { try .with(["s1", "s2"], children: ["b", "c", "c/d"]) }) {
      try await run($0, request(), parallel: 3)
    },
    Tale("an increment", from: { try await copied(then: ["s2", "s3"]) }) {
      try await run($0, request())
    },
    Tale("a resume", from: { try await cut() }) { try await run($0, request()) },
    Tale("retention on both sides", losses: 13, from: { try await outlived() }) {
      try await run($0, retention)
    },
    Tale("a prune", losses: 13, from: { try await outlived() }) { program in
      let summary = try await program.prune(retention)
      if let failure = summary.error { throw failure }
    },
    Tale("a rollback", losses: 2, from: { try await diverged() }) {
      try await decide(.rollback, $0)
    },
    Tale("a copy put aside", from: { try await diverged() }) { try await decide(.keepAside, $0) },
    Tale("a copy in full beside the old one", from: { try await stranger() }) {
      try await decide(.full, $0)
    },
    Tale("a restore", from: { try await copied(then: ["s2"], arrives: true) }) { program in
      let back = try #require(
        request().restoring(
          DatasetName(trusted: "tank/a"), to: DatasetName(trusted: "tank/again")))
      try await run(program.turned, back)
    },
    Tale("a snapshot task", from: { try .with(["s1"], children: ["b", "c"]) }) { program in
      let task = SnapshotTakerTests.task { $0.exclude = ["tank/a/c"] }
      let taking = await SnapshotTakerTests.taker(program).take(
        task, for: SnapshotTakerTests.minute)
      if let failure = taking.error { throw failure }
    },
  ]

  /// A run that a schedule starts, which has to end well.
  private static func run(
    _ program: FakeProgram, _ request: ReplicationRequest, parallel: Int = 1
  ) async throws {
    let summary = try await program.run(
      request, policy: RunPolicy(estimates: false, prunesSource: true, parallel: parallel))
    if let failure = summary.error { throw failure }
  }

  /// A decision where there still is one to make, and the run after it.
  private static func decide(_ choice: Conflict.Choice, _ program: FakeProgram) async throws {
    if let shown = try await program.resolver(request()).look().cases.first {
      try await program.resolve(try #require(shown.resolution(by: choice)), of: request())
    }
    try await run(program, request())
  }

  // MARK: How it stood before

  private static func copied(then names: [String], arrives: Bool = false) async throws -> FakeWorld
  {
    let world = try FakeWorld.with(["s1"], children: ["b"])
    try await world.program().run(request())
    try world.source.zfs("hold -r people tank/a@s1")
    for name in names { try world.snapshot(name) }
    if arrives { try await world.program().run(request()) }
    return world
  }

  private static func cut() async throws -> FakeWorld {
    let world = try await copied(then: ["s2", "s3"])
    let program = world.program()
    program.link.onStream { _, number in number == 1 ? StreamFault(.killProgram, at: 1_500) : nil }
    _ = try? await program.run(request())
    return world
  }

  /// Takes its dailies after 28 days from the target, and after 20 from the source.
  private static let retention = PruneTests.wish(
    .custom(Lifetime(28, .day), further: []), tasks: [PruneTests.task(keeps: 28)])

  private static func outlived() async throws -> FakeWorld {
    let world = try await PruneTests.copied(children: ["b"])
    for machine in [world.source, world.target] {
      let root = machine === world.source ? "tank/a" : "bk/a"
      try machine.zfs("hold people \(root)@\(PruneTests.names[1])")
    }
    // The child of the copy has lost one by hand.
    try world.target.zfs("destroy bk/a/b@\(PruneTests.names[0])")
    return world
  }

  private static func diverged() async throws -> FakeWorld {
    let world = try await copied(then: [])
    for name in ["mine1", "mine2"] { try world.target.zfs("snapshot bk/a@\(name)") }
    try world.snapshot("s2")
    return world
  }

  /// A target that has nothing in common with the source.
  private static func stranger() async throws -> FakeWorld {
    let world = try FakeWorld.with(["s1"], children: ["b"])
    try world.target.zfs("create bk/a")
    world.target.write("old", of: "bk/a")
    try world.target.zfs("snapshot bk/a@old")
    return world
  }
}

extension FakeWorld {
  /// Of belongings the snapshots by side and GUID, whatever the dataset is called that holds them.
  static func snapshots(_ belongings: Set<String>) -> Set<String> {
    Set(
      belongings.compactMap { line in
        let words = line.split(separator: " ")
        return words[0] == "snapshot" ? "\(words[1]) \(words[words.count - 1])" : nil
      })
  }

  /// All that both sides hold, as one line a thing: snapshots by GUID, bookmarks, holds, cut receives, files,
  /// and whether a copy can be written to.
  var belongings: Set<String> {
    var lines: Set<String> = []
    for (side, machine, root) in [("source", source, "tank"), ("target", target, "bk")] {
      for name in machine.datasets(below: root) {
        let readonly = machine.value("readonly", of: name)
        let token = machine.value("receive_resume_token", of: name)
        lines.insert("dataset \(side) \(name) \(readonly) \(token)")
        lines.insert("file \(side) \(name) \(machine.text(of: name) ?? "")")
        for snapshot in machine.snapshots(of: name) {
          lines.insert("snapshot \(side) \(name)@\(snapshot.name) \(snapshot.guid)")
          let holds = machine.run(["zfs", "holds", "-H", "\(name)@\(snapshot.name)"]).output
          for line in String(decoding: holds, as: UTF8.self).split(separator: "\n") {
            let tag = line.split(separator: "\t")[1]
            lines.insert("hold \(side) \(name)@\(snapshot.name) \(tag)")
          }
        }
        for mark in machine.bookmarks(of: name) {
          lines.insert(
            "bookmark \(side) \(name)#\(mark) \(machine.value("guid", of: "\(name)#\(mark)"))")
        }
      }
    }
    return lines
  }
}
