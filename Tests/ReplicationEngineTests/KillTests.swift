import ReplicationEngine
import ReplicationFakes
import ReplicationModel
import ReplicationPlanner
import Testing

/// `kill -9` at every moment of a run: the next run finishes by itself (product.md, promise 3).
@Suite("A process that is killed")
struct KillTests {
  enum Story: String, CaseIterable, CustomTestStringConvertible {
    case first, increment, intoEmpty, belowMissingParents, afterBookmark, resumed, deadToken
    var testDescription: String { rawValue }
  }

  func world(_ story: Story) async throws -> (FakeWorld, ReplicationRequest) {
    var wanted = request()
    let world = try FakeWorld.with(["s1"], children: ["b"])
    switch story {
    case .first: break
    case .increment:
      try await world.program().run(wanted)
      for name in ["s2", "s3"] { try world.snapshot(name) }
    case .intoEmpty:
      try world.target.zfs("create bk/a")
      try world.snapshot("s2")
    case .belowMissingParents: wanted = request(to: "bk/x/y/a")
    case .afterBookmark:
      try await world.program().run(wanted)
      try world.snapshot("s2")
      try world.source.zfs("destroy -r tank/a@s1")
      try world.snapshot("s3")
    case .resumed:
      try await world.program().run(wanted)
      for name in ["s2", "s3"] { try world.snapshot(name) }
      try await cut(world, wanted)
    case .deadToken:
      try await cut(world, wanted)
      try world.snapshot("s2")
      try world.source.zfs("destroy -r tank/a@s1")
    }
    return (world, wanted)
  }

  /// Leaves a receive in its middle.
  func cut(_ world: FakeWorld, _ request: ReplicationRequest) async throws {
    let program = world.program()
    program.link.onStream { _, number in number == 1 ? StreamFault(.killProgram, at: 1_500) : nil }
    _ = try? await program.run(request)
  }

  @Test(
    "At any moment: the next run finishes alone, and sends no byte twice",
    arguments: Story.allCases)
  func everyMoment(story: Story) async throws {
    let (whole, wanted) = try await world(story)
    let undisturbed = whole.program()
    try await undisturbed.run(wanted)
    let target = wanted.target.text
    try #require(held(whole, target))
    let moments = undisturbed.life.moments
    try #require(moments > 5)
    for moment in 1...moments {
      let (world, wanted) = try await world(story)
      let killed = world.program(dying: moment)
      _ = try? await killed.run(wanted)
      let program = world.program()
      let summary = try await program.run(wanted)
      #expect(summary.error == nil, "killed at moment \(moment)")
      #expect(held(world, target), "killed at moment \(moment)")
      // What is sent again is a header a stream, no more.
      #expect(
        killed.link.carried + program.link.carried <= undisturbed.link.carried + 2_000,
        "killed at moment \(moment)")
      for name in world.source.datasets(below: "tank/a") {
        #expect(world.source.bookmarks(of: name).count == 1, "\(name), killed at \(moment)")
      }
    }
  }

  /// Whether the copy ends as the source does.
  func held(_ world: FakeWorld, _ target: String) -> Bool {
    world.source.datasets(below: "tank/a").allSatisfy { name in
      let copy = target + name.dropFirst("tank/a".count)
      let snapshots = world.source.snapshots(of: name)
      return !snapshots.isEmpty
        && Array(world.target.snapshots(of: copy).suffix(snapshots.count)) == snapshots
        && world.source.text(of: name) == world.target.text(of: copy)
        && world.target.value("receive_resume_token", of: copy) == "-"
    }
  }
}
