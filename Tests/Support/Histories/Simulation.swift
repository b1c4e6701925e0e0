import ReplicationEngine
import ReplicationFakes
import ReplicationModel
import ReplicationPlanner

/// One history that a seed makes: a tree that changes, runs that break, and what must hold all along.
final class Simulation {
  enum Mood {
    /// The source is used and thinned out as people do; every run must end with both sides equal.
    case ordinary
    /// The copy is changed by others as well, and anything may go from the source.
    case hostile
  }

  let seed: UInt64
  let mood: Mood
  let world: FakeWorld
  let request: ReplicationRequest
  /// How many datasets the runs of this history send at a time. With several, the same seed meets the same
  /// faults in another order.
  let parallel: Int
  var random: SeededRandom
  /// The selected snapshots that the source ever had, by dataset, in their order.
  var history: [String: [String]] = [:]
  /// Every snapshot that was ever seen on the target, by dataset.
  var seen: [String: Set<String>] = [:]
  /// GUIDs of snapshots that others made on the target.
  var foreign: Set<String> = []
  var problems: [String] = []
  private var number = 0
  private static let key = DatasetKey(
    format: .hex, secret: Secret(String(repeating: "5e", count: 32)))

  init(seed: UInt64, mood: Mood) throws {
    self.seed = seed
    self.mood = mood
    random = SeededRandom(seed)
    // Of a sequence of its own, so that a seed's history is the same whatever is drawn here.
    var other = SeededRandom(seed, "parallel")
    parallel = other.chance(0.5) ? 1 : 2 + other.below(3)
    world = try FakeWorld(seed: seed)
    request = ReplicationRequest(
      task: "sim", sources: [DatasetName(trusted: "tank/a")],
      target: DatasetName(trusted: random.chance(0.3) ? "bk/x/a" : "bk/a"),
      selection: .regex("auto-[0-9]+"), properties: random.chance(0.7),
      encryption: random.chance(0.25) ? .own(Self.key) : .asSource,
      replicate: random.chance(0.25))
    try world.source.zfs("create tank/a")
    for name in ["b", "b/deep", "c"] where random.chance(0.6) {
      _ = world.source.run(["zfs", "create", "tank/a/\(name)"])
    }
    try world.source.zfs("create tank/other")
    try world.target.zfs("create bk/mine")
    world.target.write("precious", of: "bk/mine")
    try world.target.zfs("snapshot bk/mine@kept")
    takeSnapshot(named: nextName())
    try world.source.zfs("bookmark tank/a@\(newest("tank/a")) tank/a#people")
  }

  func copy(of name: String) -> String { request.target.text + name.dropFirst("tank/a".count) }

  var sources: [String] { world.source.datasets(below: "tank/a") }

  func newest(_ name: String) -> String { world.source.snapshots(of: name).last?.name ?? "" }

  private func nextName() -> String {
    number += 1
    return "auto-\(number)"
  }

  private func takeSnapshot(named name: String, of root: String = "tank/a") {
    _ = world.source.run(["zfs", "snapshot", "-r", "\(root)@\(name)"])
    note()
  }

  private func note() {
    for name in sources {
      for snapshot in world.source.snapshots(of: name) where snapshot.name.hasPrefix("auto-") {
        if history[name]?.contains(snapshot.guid) != true {
          history[name, default: []].append(snapshot.guid)
        }
      }
    }
  }

  // MARK: What people do meanwhile

  func live() {
    for _ in 0..<(1 + random.below(4)) {
      let names = sources
      let name = names[random.below(names.count)]
      switch random.below(10) {
      case 0...2:
        let text = String(repeating: "\(random.next()) ", count: 20 + random.below(150))
        world.source.write(text, to: "file\(random.below(3))", of: name)
      case 3...5: takeSnapshot(named: nextName(), of: random.chance(0.7) ? "tank/a" : name)
      case 6: _ = world.source.run(["zfs", "snapshot", "\(name)@manual-\(random.below(1_000))"])
      case 7: _ = world.source.run(["zfs", "create", "\(name)/n\(random.below(3))"])
      default: thinOut(name)
      }
    }
    if random.chance(0.6) { takeSnapshot(named: nextName()) }
    if mood == .hostile { harm() }
  }

  private func thinOut(_ name: String) {
    let all = world.source.snapshots(of: name)
    guard all.count > 1 else { return }
    let victim = all[random.below(all.count - 1)]
    if mood == .ordinary {
      // Retention leaves the base alone until its bookmark is there.
      let held = Set(world.target.snapshots(of: copy(of: name)).map(\.guid))
      let base = all.last { held.contains($0.guid) }
      let marks = world.source.bookmarks(of: name).map {
        world.source.value("guid", of: "\(name)#\($0)")
      }
      if victim == base, !marks.contains(victim.guid) { return }
    }
    _ = world.source.run(["zfs", "destroy", "\(name)@\(victim.name)"])
  }

  private func harm() {
    guard random.chance(0.2) else { return }
    let names = world.target.datasets(below: request.target.text)
    guard !names.isEmpty else { return }
    let name = names[random.below(names.count)]
    switch random.below(4) {
    case 0:
      _ = world.target.run(["zfs", "snapshot", "\(name)@theirs-\(random.below(1_000))"])
      let made = world.target.snapshots(of: name).filter { $0.name.hasPrefix("theirs") }
      foreign.formUnion(made.map(\.guid))
    case 1: world.target.write("changed \(random.next())", of: name)
    case 2:
      let snapshots = world.target.snapshots(of: name)
      guard !snapshots.isEmpty else { return }
      let victim = snapshots[random.below(snapshots.count)]
      _ = world.target.run(["zfs", "destroy", "\(name)@\(victim.name)"])
      seen[name]?.remove(victim.guid)
    default:
      let source = sources[random.below(sources.count)]
      guard source != "tank/a" else { return }
      _ = world.source.run(["zfs", "destroy", "-r", source])
      for gone in history.keys where gone == source || gone.hasPrefix(source + "/") {
        history[gone] = nil
        foreign.formUnion(world.target.snapshots(of: copy(of: gone)).map(\.guid))
      }
    }
  }

  // MARK: Runs

  /// A run with faults; nil where its process was killed.
  func brokenRun(_ round: Int) async -> RunSummary? {
    let dying = random.chance(0.3) ? 1 + random.below(40) : nil
    let program = world.program(dying: dying)
    let faults = SeededFaults(
      seed: seed &* 1_000 &+ UInt64(round), commands: 0.05, streams: 0.5)
    faults.install(in: program)
    return await run(program)
  }

  func run(_ program: FakeProgram) async -> RunSummary? {
    let before = sources.map { ($0, world.source.snapshots(of: $0)) }
    let request = request
    let policy = RunPolicy(estimates: false, prunesSource: true, parallel: parallel)
    // A task of its own, which a fault may cancel.
    let summary = await Task { try? await program.run(request, policy: policy) }.value
    if !program.life.isDead { program.life.kill() }
    for (name, snapshots) in before where world.source.snapshots(of: name) != snapshots {
      problems.append("the run changed the snapshots of \(name)")
    }
    check(program, summary)
    return summary
  }

  /// Some rounds of life with runs that break, and then one without faults, and one more.
  func toTheEnd() async -> (last: RunSummary?, idle: RunSummary?) {
    for round in 0..<3 {
      live()
      _ = await brokenRun(round)
    }
    return await settle()
  }

  /// After faults have stopped: everything new arrives, and then there is nothing to do.
  private func settle() async -> (last: RunSummary?, idle: RunSummary?) {
    takeSnapshot(named: nextName())
    let last = await run(world.program())
    return (last, await run(world.program()))
  }
}
