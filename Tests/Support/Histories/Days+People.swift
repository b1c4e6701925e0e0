import ReplicationEngine
import ReplicationFakes
import ReplicationModel
import ReplicationPlanner

/// What people do with a task's two sides over the days, on purpose and by mistake.
extension Days {
  /// Once a day somebody may have done something; who sees a conflict decides it.
  func people(_ number: Int) async {
    if random.chance(0.35) { excused { mistake() } }
    if random.chance(0.1) { await prune(number) }
    if random.chance(0.7) { await decide(number) }
    if random.chance(0.1) { excused { cleanUp() } }
    recreate()
  }

  /// Does what people do, and notes what is gone by it: nobody asks the program for that any more.
  private func excused(_ act: () -> Void) {
    let names = ["tank/a", "tank/a/b"]
    let here = names.map { Set(world.source.snapshots(of: $0).map(\.guid)) }
    act()
    for (name, before) in zip(names, here) {
      takenAway.formUnion(before.subtracting(world.source.snapshots(of: name).map(\.guid)))
    }
    note()
  }

  /// What is on the copy now is all that has to stay there, and all beside it has to stay as well.
  private func note() {
    for name in ["tank/a", "tank/a/b"] {
      let there = world.target.snapshots(of: copy(of: name))
      left[name]?.formIntersection(there.map(\.guid))
    }
    let there = Set(world.target.snapshots(of: "bk/a").map { "bk/a@\($0.name)" })
    guarded = guarded.filter { there.contains($0.key) }
    besides = [:]
    for name in world.target.datasets(below: "bk")
    where name != "bk" && name != "bk/a" && !name.hasPrefix("bk/a/") {
      besides[name] = Set(world.target.snapshots(of: name).map(\.guid))
    }
  }

  func checkBesides() {
    for (name, before) in besides {
      let now = Set(world.target.snapshots(of: name).map(\.guid))
      if !before.isSubset(of: now) { problems.append("\(name), beside the copy, was changed") }
    }
  }

  private func mistake() {
    made += 1
    let copies = world.target.datasets(below: "bk/a")
    let copy = copies.isEmpty ? "bk/a" : copies[random.below(copies.count)]
    switch random.below(9) {
    case 0: destroy(on: world.source, ["tank/a", "tank/a/b"][random.below(2)])
    case 1: destroy(on: world.target, copy)
    case 2:
      _ = world.target.run(["zfs", "set", "readonly=off", copy])
      world.target.write("of people \(random.next())", to: "people", of: copy)
      if random.chance(0.5) { _ = world.target.run(["zfs", "set", "readonly=on", copy]) }
    case 3: _ = world.target.run(["zfs", "snapshot", "\(copy)@mine-\(made)"])
    case 4: _ = world.target.run(["zfs", "rename", copy, "bk/moved\(made)"])
    case 5:
      let all = world.target.snapshots(of: copy)
      guard !all.isEmpty else { return }
      let back = all[max(0, all.count - 1 - random.below(10))]
      _ = world.target.run(["zfs", "rollback", "-r", "\(copy)@\(back.name)"])
    case 6: _ = world.source.run(["zfs", "destroy", "-r", "tank/a/b"])
    case 7: _ = world.target.run(["zfs", "destroy", "-r", "bk/a/b"])
    default: outage = 24 * (1 + random.below(4))
    }
  }

  private func destroy(on machine: FakeMachine, _ name: String) {
    for _ in 0..<(1 + random.below(5)) {
      let all = machine.snapshots(of: name)
      guard !all.isEmpty else { return }
      // The newest are often the ones that both sides share.
      let index = random.chance(0.5) ? all.count - 1 : random.below(all.count)
      _ = machine.run(["zfs", "destroy", "\(name)@\(all[index].name)"])
    }
  }

  /// A dataset that somebody destroyed is there again the next day, and is another one.
  private func recreate() {
    if world.source.datasets(below: "tank/a/b").isEmpty, random.chance(0.5) {
      _ = world.source.run(["zfs", "create", "tank/a/b"])
    }
  }

  /// What was put aside goes when there is too much of it.
  private func cleanUp() {
    let old = world.target.datasets(below: "bk").filter { name in
      name.hasPrefix("bk/moved") || name.contains(".zferry-aside-")
    }
    guard old.count > 6 else { return }
    for name in old {
      for snapshot in world.target.snapshots(of: name) {
        _ = world.target.run(["zfs", "release", "mine", "\(name)@\(snapshot.name)"])
      }
      _ = world.target.run(["zfs", "destroy", "-r", name])
    }
  }

  /// Lets go all whose time is over, however much it is.
  func prune(_ number: Int) async {
    let program = program(number * 24 + 24)
    let before = bases
    let request = request
    _ = await Task { try? await program.prune(request, allowsMany: true) }.value
    program.life.kill()
    check(program, nil, bases: before, pruning: true)
  }

  /// Whoever looks at the conflicts takes one of the ways out, and gets what was shown.
  private func decide(_ number: Int) async {
    let program = program(number * 24 + 25)
    defer { program.life.kill() }
    guard let look = try? await program.resolver(request).look(), let conflict = look.cases.first
    else { return }
    let ways = conflict.resolutions.filter { $0.obstacle == nil && $0.choice != .skip }
    guard !ways.isEmpty else { return }
    let way = ways[random.below(ways.count)]
    let before = held()
    try? await program.resolve(way, of: request)
    let losses = Set(way.loses.snapshots.map { "\($0.guid.value)" })
    for guid in before.subtracting(held()).subtracting(losses) {
      problems.append("deciding took what nobody was shown: \(guid)")
    }
    decided += 1
    note()
  }

  /// The GUIDs of all snapshots on the target, wherever they stand.
  private func held() -> Set<String> {
    Set(
      world.target.datasets(below: "bk").flatMap { world.target.snapshots(of: $0).map(\.guid) })
  }

  /// After the last day, without faults and with somebody who decides, the copy is whole again.
  package func rest() async {
    outage = 0
    if world.source.datasets(below: "tank/a/b").isEmpty {
      _ = world.source.run(["zfs", "create", "tank/a/b"])
    }
    var last = "it never ran"
    for _ in 0..<12 {
      world.clock.advance(by: Double(Self.hour))
      take(Instant(world.clock.now().seconds / Self.hour * Self.hour))
      let program = world.program()
      let before = bases
      let summary = try? await program.run(request)
      program.life.kill()
      check(program, summary, bases: before)
      if summary?.isUpToDate == true { return }
      last = "\(summary as Any)"
      let other = world.program()
      defer { other.life.kill() }
      let look = try? await other.resolver(request).look()
      let ways = look?.cases.first?.resolutions ?? []
      guard let way = ways.first(where: { $0.choice == .keepAside && $0.obstacle == nil })
      else { continue }
      try? await other.resolve(way, of: request)
      note()
    }
    problems.append("there is no way out: \(last)")
  }
}
