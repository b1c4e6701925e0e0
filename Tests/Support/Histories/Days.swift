import ReplicationEngine
package import ReplicationFakes
import ReplicationModel
import ReplicationPlanner

/// Days of hourly snapshots with retention on both sides, and what must hold after each run: nothing goes
/// that no plan listed, nothing is missing that a policy keeps, and the base is always there.
package final class Days {
  struct Held {
    var name: String
    var time: Instant
  }
  /// Why a snapshot on the copy cannot go: holds and clones of somebody's.
  struct Guarded {
    /// The day on which they are done with it.
    var until: Int
    /// What they do then.
    var endings: [[String]]
  }
  /// What happens beside the program's work.
  package enum Weather: CaseIterable, Sendable {
    case fair
    /// Links break, processes are killed, the destination is away for hours.
    case faults
    /// The same, and people who destroy, write, rename, roll back and prune.
    case mistakes
  }
  static let schema = "auto-%Y-%m-%d_%H-%M"
  static let hour: Int64 = 3_600
  let world: FakeWorld
  let request: ReplicationRequest
  let weather: Weather
  var random: SeededRandom
  let seed: UInt64
  private let naming: NamingSchema
  /// All snapshots that were ever on the source, by dataset and GUID.
  var taken: [String: [String: Held]] = [:]
  /// What somebody holds or has cloned on the target, by `dataset@snapshot`.
  var guarded: [String: Guarded] = [:]
  /// All that has arrived, by source and GUID.
  private var arrived: [String: Set<String>] = [:]
  /// What of it people have left on the copy.
  var left: [String: Set<String>] = [:]
  /// What people took from the source, by GUID.
  var takenAway: Set<String> = []
  /// What stands beside the copy, put aside or moved by people: all of it has to stay, by dataset.
  var besides: [String: Set<String>] = [:]
  /// Numbers what people make.
  var made = 0
  /// Hours for which nobody gets to the destination.
  var outage = 0
  package private(set) var destroyed = 0
  /// How many conflicts were decided.
  package var decided = 0
  package var problems: [String] = []
  /// What happens beside a destroy on the target: the place for a planted fault.
  package var onDestroy: (@Sendable (FakeWorld) -> Void)?

  /// A day on the source; on the target two, noons four and Sundays' midnights eight.
  package init(seed: UInt64, _ weather: Weather = .fair) throws {
    self.seed = seed
    self.weather = weather
    random = SeededRandom(seed)
    world = try FakeWorld(seed: seed)
    naming = try NamingSchema(Self.schema)
    try world.source.zfs("create tank/a")
    try world.source.zfs("create tank/a/b")
    var task = SnapshotTask()
    task.dataset = "tank/a"
    task.recursive = true
    task.namingSchema = Self.schema
    task.schedule = .hourly
    task.lifetimeValue = 1
    task.lifetimeUnit = .day
    let further = [
      ScheduledLifetime(
        schedule: Schedule(minute: "0", hour: "12"), lifetimeValue: 4, lifetimeUnit: .day),
      ScheduledLifetime(
        schedule: Schedule(minute: "0", hour: "0", dow: "sun"), lifetimeValue: 8,
        lifetimeUnit: .day),
    ]
    request = ReplicationRequest(
      task: "sim", sources: [DatasetName(trusted: "tank/a")], target: DatasetName(trusted: "bk/a"),
      selection: .schemas([naming]),
      retention: Retention(
        policy: .custom(Lifetime(2, .day), further: further), snapshotTasks: [task],
        holdsPending: true))
  }

  func copy(of name: String) -> String { "bk/a" + name.dropFirst("tank/a".count) }

  /// One day: a snapshot each hour, two runs, and now and then what people do.
  package func day(_ number: Int) async {
    for hour in 0..<24 {
      let next = Instant((world.clock.now().seconds / Self.hour + 1) * Self.hour)
      world.clock.advance(by: Double(next.seconds - world.clock.now().seconds))
      take(next)
      outage = max(0, outage - 1)
      if hour % 12 == 11 { await run(number * 24 + hour) }
    }
    letGo(number)
    meddle(number)
    switch weather {
    case .fair: break
    // After days away too much would go at once: that waits for somebody who looks, and allows it.
    case .faults: if random.chance(0.1) { await prune(number) }
    case .mistakes: await people(number)
    }
  }

  func take(_ moment: Instant) {
    let name = naming.name(at: moment, in: .utc)
    world.source.write("\(name) \(random.next())", of: "tank/a")
    _ = world.source.run(["zfs", "snapshot", "-r", "tank/a@\(name)"])
    for dataset in ["tank/a", "tank/a/b"] {
      guard let made = world.source.snapshots(of: dataset).last, made.name == name else { continue }
      taken[dataset, default: [:]][made.guid] = Held(name: name, time: moment)
    }
  }

  /// Holds and clones come, here and there, and stay for some weeks.
  private func meddle(_ day: Int) {
    guard random.chance(0.3) else { return }
    let all = world.target.snapshots(of: "bk/a")
    guard !all.isEmpty else { return }
    let name = "bk/a@\(all[random.below(all.count)].name)"
    made += 1
    let (begin, end) =
      random.chance(0.5)
      ? (["hold", "mine", name], ["release", "mine", name])
      : (["clone", name, "bk/clone\(made)"], ["destroy", "-r", "bk/clone\(made)"])
    _ = world.target.run(["zfs"] + begin)
    var guarding = guarded[name] ?? Guarded(until: 0, endings: [])
    guarding.until = max(guarding.until, day + 1 + random.below(30))
    guarding.endings.append(end)
    guarded[name] = guarding
  }

  private func letGo(_ day: Int) {
    for (name, guarding) in guarded.sorted(by: { $0.key < $1.key }) where guarding.until <= day {
      for end in guarding.endings {
        _ = world.target.run(["zfs"] + end)
        besides[end[end.count - 1]] = nil
      }
      guarded[name] = nil
    }
  }

  /// A process of the program, with the faults of the weather.
  func program(_ round: Int) -> FakeProgram {
    let broken = weather != .fair
    let program = world.program(dying: broken && random.chance(0.1) ? 1 + random.below(30) : nil)
    if broken {
      SeededFaults(seed: seed &* 10_000 &+ UInt64(round), commands: 0.03, streams: 0.1)
        .install(in: program)
      // The destination is away for some runs.
      if outage > 0 || random.chance(0.15) { program.target.goDown(seconds: 36_000) }
    } else if let onDestroy {
      let world = world
      program.target.onCommand { command, _ in
        if command.arguments.first == "destroy" { onDestroy(world) }
        return nil
      }
    }
    return program
  }

  private func run(_ round: Int) async {
    let program = program(round)
    let request = request
    let before = bases
    let summary = await Task { try? await program.run(request) }.value
    if !program.life.isDead { program.life.kill() }
    check(program, summary, bases: before)
  }

  var bases: [String?] { ["tank/a", "tank/a/b"].map { base(of: $0) } }

  /// The GUID of the newest snapshot that both sides hold.
  private func base(of name: String) -> String? {
    let held = Set(world.target.snapshots(of: copy(of: name)).map(\.guid))
    return world.source.snapshots(of: name).last { held.contains($0.guid) }?.guid
  }

  func check(
    _ program: FakeProgram, _ summary: RunSummary?, bases: [String?], pruning: Bool = false
  ) {
    var listed: Set<String> = []
    for case .planned(let plan) in program.events { listed.formUnion(plan.lists(pruning)) }
    for command in program.source.commands + program.target.commands
    where command.arguments.first == "destroy" {
      guard command.arguments.count == 2, let whole = command.arguments.last else {
        problems.append("more than a name: \(command)")
        continue
      }
      let parts = whole.split(separator: "@")
      guard parts.count == 2 else { continue }
      for name in parts[1].split(separator: ",") {
        destroyed += 1
        if !listed.contains("\(parts[0])@\(name)") { problems.append("not listed: \(name)") }
      }
    }
    for (name, before) in zip(["tank/a", "tank/a/b"], bases) {
      if before != nil, base(of: name) == nil { problems.append("\(name): no base is left") }
      if let before, let place = taken[name]?[before],
        let now = base(of: name).flatMap({ taken[name]?[$0] }), now.time < place.time
      {
        problems.append("\(name): the base went back to \(now.name)")
      }
      checkKept(name)
    }
    let there = Set(world.target.snapshots(of: "bk/a").map { "bk/a@\($0.name)" })
    for name in Set(guarded.keys).subtracting(there) {
      problems.append("\(name) was held or cloned, and gone after \(program.changes)")
    }
    checkBesides()
    if let summary, summary.error == nil { checkGone() }
  }

  /// Whatever a policy keeps is there, by rules that are written here once more and by hand.
  private func checkKept(_ name: String) {
    let now = world.clock.now()
    let here = Set(world.source.snapshots(of: name).map(\.guid))
    let there = Set(world.target.snapshots(of: copy(of: name)).map(\.guid))
    arrived[name, default: []].formUnion(there)
    left[name, default: []].formUnion(there)
    for (guid, held) in taken[name] ?? [:] {
      if left[name]?.contains(guid) == true, !there.contains(guid), !isLapsed(held.time, now) {
        problems.append("\(name): @\(held.name) left the copy too early")
      }
      if takenAway.contains(guid) { continue }
      if held.time + 86_400 > now, !here.contains(guid) {
        problems.append("\(name): @\(held.name) left the source too early")
      }
      if !here.contains(guid), arrived[name]?.contains(guid) != true, !isLapsed(held.time, now) {
        problems.append("\(name): @\(held.name) left the source before it had arrived")
      }
    }
    // What is gone for good is not looked at every day again.
    taken[name] = taken[name]?.filter { guid, held in
      held.time + 9 * 86_400 > now || here.contains(guid) || there.contains(guid)
    }
  }

  private func isLapsed(_ time: Instant, _ now: Instant) -> Bool {
    let civil = CivilTime(time, in: .utc)
    let isSundayMidnight = civil.hour == 0 && (time.seconds / 86_400 + 4) % 7 == 0
    let days: Int64 = isSundayMidnight ? 8 : civil.hour == 12 ? 4 : 2
    return time + days * 86_400 < now
  }

  /// After a run without trouble nothing is left that the source's lifetime has let go.
  private func checkGone() {
    let now = world.clock.now()
    let base = base(of: "tank/a")
    for snapshot in world.source.snapshots(of: "tank/a") where snapshot.guid != base {
      guard let held = taken["tank/a"]?[snapshot.guid] else { continue }
      if held.time + (86_400 + 60) <= now { problems.append("@\(held.name) stays for ever") }
    }
  }
}
