import ReplicationEngine
import ReplicationFakes
import ReplicationModel
import ReplicationPlanner

extension Simulation {
  /// What must hold after every run, however it ended.
  func check(_ program: FakeProgram, _ summary: RunSummary?) {
    for name in sources { checkHistory(name) }
    checkNothingLost()
    checkCommands(program)
    if let summary { checkExplained(summary) }
    if !world.source.bookmarks(of: "tank/a").contains("people") {
      problems.append("a bookmark of somebody's is gone")
    }
    if world.target.text(of: "bk/mine") != "precious"
      || world.target.snapshots(of: "bk/mine").map(\.name) != ["kept"]
    {
      problems.append("a dataset beside the copy was changed")
    }
  }

  /// The copy's history is the beginning of the selected one: in its order, and without gaps among
  /// what the source still has.
  private func checkHistory(_ name: String) {
    let wanted = history[name] ?? []
    let arrived = world.target.snapshots(of: copy(of: name)).map(\.guid)
      .filter { !foreign.contains($0) }
    let places = arrived.map { guid in wanted.firstIndex(of: guid) }
    if places.contains(nil) { problems.append("\(name): what was not selected has arrived") }
    let order = places.compactMap { $0 }
    if order != order.sorted() || Set(order).count != order.count {
      problems.append("\(name): the copy's order is not the source's")
    }
    guard mood == .ordinary, let newest = order.last else { return }
    let held = Set(world.source.snapshots(of: name).map(\.guid))
    for (place, guid) in wanted.enumerated() where place < newest && held.contains(guid) {
      // What is older than the first that was sent never comes.
      if let first = order.first, place > first, !arrived.contains(guid) {
        problems.append("\(name): snapshot \(place) is missing before \(newest)")
      }
    }
  }

  private func checkNothingLost() {
    for name in world.target.datasets(below: "bk") {
      let now = Set(world.target.snapshots(of: name).map(\.guid))
      if let before = seen[name], !before.isSubset(of: now) {
        problems.append("\(name): snapshots of the copy were destroyed")
      }
      seen[name] = now
    }
    for name in seen.keys where !(seen[name] ?? []).isEmpty {
      if world.target.snapshots(of: name).isEmpty { problems.append("\(name) is gone") }
    }
  }

  /// Nothing ran on the target but what the plans listed, and on the source but what keeps bases.
  private func checkCommands(_ program: FakeProgram) {
    let plans = program.events.compactMap { event in
      if case .planned(let plan) = event { plan } else { nil }
    }
    let discards = Set(plans.flatMap(\.discards).map(\.text))
    let replaces = Set(plans.flatMap(\.replaces).map(\.text))
    for command in program.target.commands {
      let words = command.arguments
      let name = words.last ?? ""
      switch words.first {
      case "receive":
        if words.contains("-A"), !discards.contains(name) {
          problems.append("not planned: \(command)")
        }
        if words.contains("-F"), !replaces.contains(name) {
          problems.append("not planned: \(command)")
        }
      case "list", "create", "set", "inherit", "userspace": break
      case "-c" where command.tool == "sh" && plans.contains { $0.keys != nil }: break
      case "load-key" where plans.contains { $0.unlocks.contains { $0.root.text == name } }: break
      case "rename" where plans.contains { $0.moves.contains { $0.command == command } }: break
      default: problems.append("not expected: \(command)")
      }
    }
    for command in program.source.commands where command.arguments.first == "destroy" {
      if command.arguments.last?.contains("#zferry_") != true {
        problems.append("not expected: \(command)")
      }
    }
  }

  private func checkExplained(_ summary: RunSummary) {
    switch summary.outcome {
    case .done, .nothing:
      if summary.error != nil { problems.append("done with an error: \(summary)") }
    case .partial, .failed, .refused, .cancelled, .pruned:
      guard let code = summary.error?.code else {
        problems.append("no reason: \(summary)")
        return
      }
      let isKnown =
        FailureCode.all.contains(code) || code.hasPrefix("connect") || code == "stalled"
        || code.hasPrefix("store.")
      if !isKnown { problems.append("a reason nobody knows: \(code)") }
    }
  }

  /// Whether each dataset's copy ends as the source does.
  func differences() -> [String] {
    sources.filter { name in
      let copy = copy(of: name)
      let wanted = world.source.snapshots(of: name).filter { $0.name.hasPrefix("auto-") }
      let arrived = Set(world.target.snapshots(of: copy))
      let files = (["file"] + (0..<3).map { "file\($0)" })
      return wanted.isEmpty || wanted.last.map { !arrived.contains($0) } ?? true
        || world.target.value("receive_resume_token", of: copy) != "-"
        || files.contains { world.source.text($0, of: name) != world.target.text($0, of: copy) }
    }
  }
}
