import ReplicationEngine
import ReplicationFakes
import ReplicationModel
import ReplicationPlanner
import Testing

/// What has arrived is looked for many datasets at a time.
@Suite("Settling what has arrived")
struct SettleTests {
  func increment(_ count: Int) async throws -> FakeWorld {
    let world = try FakeWorld.with(["s1"], children: (1..<count).map { "d\($0)" })
    try await world.program().run(request())
    try world.snapshot("s2", bytes: 60)
    return world
  }

  func isNamed(_ command: Command) -> Bool {
    command.arguments.first == "list" && command.arguments.last?.contains("@") == true
  }

  @Test("An increment costs four processes a dataset: send, receive, and a bookmark for another")
  func processes() async throws {
    let count = 100
    let world = try await increment(count)
    let program = world.program()
    let summary = try await program.run(request())
    #expect(summary.outcome == .done)
    #expect(summary.snapshots == count)
    #expect(world.isEqual())
    for (verb, host) in [
      ("send", program.source), ("bookmark", program.source), ("destroy", program.source),
      ("receive", program.target),
    ] {
      #expect(program.count(verb, on: host) == count, "\(verb)")
    }
    #expect(program.source.commands.count == 3 * count + 2)
    #expect(program.target.commands.count(where: isNamed) <= 4)
    #expect(program.target.commands.count <= count + 2 + 4)
    let bookmarks = world.source.datasets(below: "tank/a").map {
      world.source.bookmarks(of: $0).count
    }
    #expect(bookmarks.allSatisfy { $0 == 1 })
  }

  @Test("A new bookmark is made before the old one goes, and both after the copy was seen")
  func order() async throws {
    let world = try await increment(20)
    let before = world.journal.lines.count
    try await world.program().run(request())
    let lines = Array(world.journal.lines[before...])
    for name in world.source.datasets(below: "tank/a") {
      let copy = "bk/a" + name.dropFirst("tank/a".count)
      func place(_ isIt: (String) -> Bool) throws -> Int {
        let found = lines.firstIndex(where: isIt)
        return try #require(found)
      }
      let order = [
        try place { $0.hasPrefix("target: zfs receive") && $0.hasSuffix(" \(copy)") },
        try place { $0.hasPrefix("target: zfs list") && $0.contains("\(copy)@s2") },
        try place { $0.hasPrefix("source: zfs bookmark \(name)@s2 ") },
        try place { $0.hasPrefix("source: zfs destroy") && $0.contains("\(name)#") },
        try place { $0 == "record: \(name) done" },
      ]
      #expect(order == order.sorted(), "\(name)")
    }
  }

  @Test("Where the question by name is refused, each dataset is asked for its own snapshots")
  func refused() async throws {
    let world = try await increment(5)
    let program = world.program()
    program.target.onCommand { command, _ in
      self.isNamed(command) ? .answer(.failure("refused by the key's command")) : nil
    }
    let summary = try await program.run(request())
    #expect(summary.outcome == .done)
    #expect(summary.snapshots == 5)
    #expect(program.retries.isEmpty)
  }

  @Test("A receiver that kept nothing is found out, though all others of its batch arrived")
  func liar() async throws {
    let world = try await increment(10)
    let program = world.program()
    program.link.onStream { _, number in number == 4 ? StreamFault(.receiverLies) : nil }
    let summary = try await program.run(request())
    #expect(program.retries.map(\.reason) == [FailureCode.notVerified])
    #expect(summary.outcome == .done)
    #expect(summary.snapshots == 10)
    #expect(world.isEqual())
  }

  @Test("A link that breaks takes nothing from what had arrived: it is seen, kept and counted")
  func broken() async throws {
    let world = try await increment(10)
    let program = world.program()
    program.link.onStream { _, number in
      number == 6 ? StreamFault(.cut(remoteIsSource: false), at: 10) : nil
    }
    let summary = try await program.run(
      request(), policy: RunPolicy(attempts: 1, estimates: false))
    #expect(summary.outcome == .partial)
    #expect(summary.snapshots == 5)
    #expect(program.count("bookmark", on: program.source) == 5)
  }
}
