import ReplicationEngine
import ReplicationFakes
import ReplicationModel
import ReplicationPlanner

/// What both sides held at a moment.
struct Shot {
  /// By side and `dataset@snapshot`: the GUID.
  var snapshots: [[String: String]] = []
  var guarded: [Set<String>] = []
  /// The datasets of each side.
  var datasets: [Set<String>] = []
  /// Names of the newest snapshot that source and copy share, by source.
  var bases: [String: String] = [:]

  init(_ world: FakeWorld) {
    for (machine, root) in [(world.source, "tank"), (world.target, "bk")] {
      let names = machine.datasets(below: root)
      var all: [String: String] = [:]
      for name in names {
        for snapshot in machine.snapshots(of: name) {
          all["\(name)@\(snapshot.name)"] = snapshot.guid
        }
      }
      snapshots.append(all)
      guarded.append(machine.guarded)
      datasets.append(Set(names))
    }
    for name in world.source.datasets(below: "tank/a") {
      let copy = "bk/a" + name.dropFirst("tank/a".count)
      let held = Set(world.target.snapshots(of: copy).map(\.guid))
      bases[name] = world.source.snapshots(of: name).last { held.contains($0.guid) }?.guid
    }
  }

  /// The same after a dataset of the target has another name, with all below it.
  mutating func move(_ name: String, to other: String) {
    func moved(_ text: String) -> String {
      let next = text.dropFirst(name.count).first
      guard text.hasPrefix(name), next == nil || next == "/" || next == "@" else { return text }
      return other + text.dropFirst(name.count)
    }
    snapshots[1] = Dictionary(
      snapshots[1].map { (moved($0), $1) }, uniquingKeysWith: { $1 })
    guarded[1] = Set(guarded[1].map(moved))
    datasets[1] = Set(datasets[1].map(moved))
  }
}

extension Operation {
  /// What must hold after each thing the program did, however it ended. `shown` is what a person was shown.
  func check(
    _ program: FakeProgram, _ earlier: Shot, _ shown: Resolution? = nil, pruning: Bool = false
  ) {
    var before = earlier
    var now = Shot(world)
    var listed: Set<String> = []
    for case .planned(let plan) in program.events { listed.formUnion(plan.lists(pruning)) }
    if let shown {
      listed.formUnion(shown.loses.snapshots.map { "\(shown.target)@\($0.name)" })
      if let aside = shown.aside, now.datasets[1].contains(aside.text) {
        before.move(shown.target.text, to: aside.text)
        listed = []
      }
      // Whoever decides has seen what was written.
      written = written.filter { !DatasetName(trusted: $0.key).isWithin(shown.target) }
      now.bases = now.bases.filter { shown.source.text != $0.key }
    } else if let early = program.early.first {
      problems.append("before there was a plan: \(early)")
    }
    for side in 0...1 {
      for (name, guid) in before.snapshots[side] where now.snapshots[side][name] != guid {
        if !listed.contains(name) { problems.append("not listed, and gone: \(name)") }
        if before.guarded[side].contains(name) {
          problems.append("held or cloned, and gone: \(name)")
        }
      }
      for name in before.datasets[side].subtracting(now.datasets[side])
      where before.snapshots[side].keys.contains(where: { $0.hasPrefix(name + "@") }) {
        problems.append("a dataset is gone: \(name)")
      }
    }
    if shown == nil { checkBases(before, now) }
    for (name, text) in written where world.target.text(of: name) != text {
      problems.append("what people wrote into \(name) is gone")
      written[name] = nil
    }
  }

  private func checkBases(_ before: Shot, _ now: Shot) {
    for (name, base) in before.bases {
      guard let left = now.bases[name] else {
        problems.append("\(name) has lost its base")
        continue
      }
      let order = world.source.snapshots(of: name).map(\.guid)
      if let old = order.firstIndex(of: base), let new = order.firstIndex(of: left), new < old {
        problems.append("\(name): the base went back")
      }
    }
  }

  /// Done is what the target shows; anything else has a reason that is known.
  func checkOutcome(_ program: FakeProgram, _ summary: RunSummary) {
    guard let code = summary.error?.code else {
      let plans = program.events.compactMap {
        if case .planned(let plan) = $0 { plan } else { nil }
      }
      for step in plans.last?.steps ?? []
      where summary.outcome == .done
        // Retention may let go of it as soon as what comes after it is there.
        && plans.last?.destroys.contains("\(step.target)@\(step.to.name)") != true
      {
        let machine = program.target.machine
        if !machine.snapshots(of: step.target.text).contains(where: {
          $0.guid == "\(step.to.guid.value)"
        }) {
          problems.append("done, and not there: \(step.target)@\(step.to.name)")
        }
      }
      return
    }
    let isKnown =
      FailureCode.all.contains(code) || code.hasPrefix("connect") || code == "stalled"
      || code.hasPrefix("store.")
    if !isKnown { problems.append("a reason nobody knows: \(code)") }
  }
}

extension Plan {
  /// What a person was shown as going. `prune` shows what retention lets go, and does it for the datasets
  /// that have no conflict, while a run that has any does nothing.
  func lists(_ pruning: Bool) -> [String] { pruning ? retention.destroys : destroys }
}
