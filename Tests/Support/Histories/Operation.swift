import ReplicationEngine
import ReplicationFakes
import ReplicationModel
import ReplicationPlanner

/// A task in the hands of people: hourly snapshots, retention on both sides, and somebody who destroys,
/// writes, renames, rolls back, holds, changes the task, prunes, decides and restores, with faults in between.
final class Operation {
  let seed: UInt64
  let world: FakeWorld
  let mutant: Mutant?
  var request: ReplicationRequest
  var random: SeededRandom
  var problems: [String] = []
  /// What people wrote into copies, by dataset, that nobody has decided about.
  var written: [String: String] = [:]
  private let naming: NamingSchema
  private var round = 0
  private var made = 0

  init(seed: UInt64, mutant: Mutant? = nil) throws {
    self.seed = seed
    self.mutant = mutant
    random = SeededRandom(seed, "operation")
    world = try FakeWorld(seed: seed)
    naming = try NamingSchema("auto-%Y-%m-%d_%H-%M")
    try world.source.zfs("create tank/a")
    for name in ["b", "b/deep"] where random.chance(0.5) {
      _ = world.source.run(["zfs", "create", "tank/a/\(name)"])
    }
    var task = SnapshotTask()
    task.dataset = "tank/a"
    task.recursive = true
    task.namingSchema = "auto-%Y-%m-%d_%H-%M"
    task.schedule = .hourly
    task.lifetimeValue = 1
    task.lifetimeUnit = .day
    request = ReplicationRequest(
      task: "sim", sources: [DatasetName(trusted: "tank/a")], target: DatasetName(trusted: "bk/a"),
      selection: .schemas([naming]),
      readonly: random.chance(0.7) ? .set : .ignore,
      retention: Retention(
        policy: random.chance(0.2) ? .source : .custom(Lifetime(2, .day), further: []),
        snapshotTasks: random.chance(0.7) ? [task] : [], holdsPending: random.chance(0.5)))
    if mutant == .noLock { world.records.forgetLocks() }
    for _ in 0..<3 { takeSnapshot() }
  }

  var sources: [String] { world.source.datasets(below: "tank/a") }
  var copies: [String] { world.target.datasets(below: "bk/a") }

  func copy(of name: String) -> String { "bk/a" + name.dropFirst("tank/a".count) }

  func pick<Thing>(_ things: [Thing]) -> Thing? {
    things.isEmpty ? nil : things[random.below(things.count)]
  }

  func takeSnapshot() {
    let hours = Int64(1 + random.below(8))
    let now = world.clock.now().seconds
    let next = (now / 3_600 + hours) * 3_600
    world.clock.advance(by: Double(next - now))
    if let name = pick(sources) { world.source.write("\(random.next())", of: name) }
    let name = naming.name(at: Instant(next), in: .utc)
    _ = world.source.run(["zfs", "snapshot", "-r", "tank/a@\(name)"])
  }

  /// A step: people do something or other, and then the program is started.
  func step() async {
    round += 1
    for _ in 0..<(1 + random.below(3)) { meddle() }
    switch random.below(12) {
    case 0...5: await run()
    case 6: await prune()
    case 7...8: await decide()
    case 9: await restore()
    default: await runTwice()
    }
  }

  // MARK: What people do

  private func meddle() {
    switch random.below(12) {
    case 0...4: takeSnapshot()
    case 5: destroySnapshot()
    case 6: writeIntoCopy()
    case 7: reshapeSource()
    case 8: moveCopy()
    case 9: guardSnapshot()
    case 10:
      if let name = pick(copies) {
        made += 1
        _ = world.target.run(["zfs", "snapshot", "\(name)@mine-\(made)"])
      }
    default: changeTask()
    }
  }

  private func destroySnapshot() {
    let onSource = random.chance(0.5)
    let machine = onSource ? world.source : world.target
    guard let name = pick(onSource ? sources : copies),
      let victim = pick(machine.snapshots(of: name))
    else { return }
    _ = machine.run(["zfs", "destroy", "\(name)@\(victim.name)"])
  }

  private func writeIntoCopy() {
    // Into what is still arriving nobody can write.
    guard let name = pick(copies.filter { !world.target.snapshots(of: $0).isEmpty }) else { return }
    let text = "of people \(random.next())"
    _ = world.target.run(["zfs", "set", "readonly=off", name])
    world.target.write(text, of: name)
    written[name] = text
  }

  private func reshapeSource() {
    made += 1
    switch random.below(3) {
    case 0: _ = world.source.run(["zfs", "create", "tank/a/n\(made)"])
    case 1:
      guard let name = pick(sources.filter { $0 != "tank/a" }) else { return }
      _ = world.source.run(["zfs", "rename", name, "tank/a/r\(made)"])
    default:
      guard let name = pick(sources.filter { $0 != "tank/a" }) else { return }
      _ = world.source.run(["zfs", "destroy", "-r", name])
    }
  }

  private func moveCopy() {
    guard let name = pick(copies) else { return }
    if random.chance(0.3) {
      made += 1
      _ = world.target.run(["zfs", "rename", name, "bk/moved\(made)"])
      written = written.filter { $0.key != name && !$0.key.hasPrefix(name + "/") }
    } else if let back = pick(world.target.snapshots(of: name)) {
      _ = world.target.run(["zfs", "rollback", "-r", "\(name)@\(back.name)"])
      written[name] = nil
    }
  }

  private func guardSnapshot() {
    let onSource = random.chance(0.3)
    let machine = onSource ? world.source : world.target
    guard let name = pick(onSource ? sources : copies),
      let snapshot = pick(machine.snapshots(of: name))
    else { return }
    made += 1
    let whole = "\(name)@\(snapshot.name)"
    switch random.below(3) {
    case 0:
      _ = machine.run(["zfs", "clone", whole, (onSource ? "tank" : "bk") + "/clone\(made)"])
    case 1: _ = machine.run(["zfs", "hold", "people", whole])
    default: _ = machine.run(["zfs", "release", "people", whole])
    }
  }

  private func changeTask() {
    switch random.below(4) {
    case 0:
      let policies: [Retention.Policy] = [
        .none, .source, .custom(Lifetime(1 + random.below(3), .day), further: []),
      ]
      request.retention.policy = policies[random.below(3)]
    case 1: request.exclude = random.chance(0.5) ? [] : pick(sources).map { [$0] } ?? []
    case 2: request.readonly = random.chance(0.5) ? .set : .ignore
    default: request.retention.holdsPending.toggle()
    }
    // A task that excludes its own source is refused by the rules.
    request.exclude.removeAll { $0 == "tank/a" }
  }

  // MARK: What the program does

  func program(isBroken: Bool) -> FakeProgram {
    let world = world
    let mutant = mutant
    let program = world.program(
      dying: isBroken && random.chance(0.2) ? 1 + random.below(50) : nil,
      bytesPerSecond: random.chance(0.1) ? 500 : 1e6,
      disguise: { host in
        if let mutant { return MutantHost(host, mutant, world) }
        return host
      })
    if isBroken {
      SeededFaults(seed: seed &* 100 &+ UInt64(round), commands: 0.04, streams: 0.3)
        .install(in: program)
    }
    if mutant == .unverified { program.link.onStream { _, _ in StreamFault(.receiverLies) } }
    return program
  }

  private func run() async {
    let program = program(isBroken: random.chance(0.6))
    let request = request
    let before = Shot(world)
    let summary = await Task { try? await program.run(request) }.value
    program.life.kill()
    check(program, before)
    if let summary { checkOutcome(program, summary) }
  }

  private func prune() async {
    let program = program(isBroken: random.chance(0.3))
    let before = Shot(world)
    let many = random.chance(0.2)
    _ = try? await program.prune(request, allowsMany: many)
    program.life.kill()
    check(program, before, pruning: true)
  }

  func decide() async {
    let program = program(isBroken: random.chance(0.3))
    guard let look = try? await program.resolver(request).look(), let conflict = pick(look.cases),
      let shown = pick(conflict.resolutions)
    else { return program.life.kill() }
    let before = Shot(world)
    try? await program.resolve(shown, of: request)
    program.life.kill()
    check(program, before, shown)
  }

  private func restore() async {
    made += 1
    guard let name = pick(sources),
      let back = request.restoring(
        DatasetName(trusted: name), to: DatasetName(trusted: "tank/back\(made)"))
    else { return }
    let program = program(isBroken: random.chance(0.5)).turned
    let before = Shot(world)
    let summary = await Task { try? await program.run(back) }.value
    program.life.kill()
    check(program, before)
    if let summary { checkOutcome(program, summary) }
  }

  /// A run begins while another one is at work.
  private func runTwice() async {
    let first = program(isBroken: false)
    let second = program(isBroken: false)
    let before = Shot(world)
    try? first.holdLock(of: request.task)
    _ = try? await second.run(request)
    if !second.changes.isEmpty { problems.append("two writers on one tree: \(second.changes[0])") }
    first.life.kill()
    second.life.kill()
    check(second, before)
  }

  // MARK: The end

  /// Without faults, and with somebody who decides, the task always comes to rest with an equal copy.
  func settle() async {
    request.exclude = []
    var last = "it never ran"
    for _ in 0..<12 {
      takeSnapshot()
      let program = program(isBroken: false)
      let before = Shot(world)
      let summary = try? await program.run(request)
      program.life.kill()
      check(program, before)
      if let summary {
        checkOutcome(program, summary)
        last = summary.error?.code ?? "no error"
        if summary.isUpToDate { return checkEqual() }
      }
      guard let choice = await wayOut() else { continue }
      let other = self.program(isBroken: false)
      let now = Shot(world)
      do {
        try await other.resolve(choice, of: request)
      } catch { last += ", \(choice.choice): \(error)" }
      other.life.kill()
      check(other, now, choice)
    }
    problems.append("there is no way out: \(last)")
  }

  private func wayOut() async -> Resolution? {
    let program = program(isBroken: false)
    defer { program.life.kill() }
    guard let look = try? await program.resolver(request).look() else { return nil }
    for conflict in look.cases {
      for choice in [Conflict.Choice.keepAside, .full, .rollback] {
        if let way = conflict.resolution(by: choice), way.obstacle == nil { return way }
      }
    }
    return nil
  }

  private func checkEqual() {
    for name in sources {
      let newest = world.source.snapshots(of: name).last { $0.name.hasPrefix("auto-") }
      guard let newest else { continue }
      if !world.target.snapshots(of: copy(of: name)).contains(newest) {
        problems.append("\(name): all is well, and @\(newest.name) is not on the copy")
      }
    }
  }
}
