extension ForeignTasks {
  /// What is there already.
  public struct Stored: Sendable {
    public var taskNames: Set<String>
    public var snapshotTasks: [SnapshotTask]
    public var connections: [Connection]
    public var zone: Zone
    public var now: Instant

    public init(
      taskNames: Set<String>, snapshotTasks: [SnapshotTask], connections: [Connection],
      zone: Zone, now: Instant
    ) {
      self.taskNames = taskNames
      self.snapshotTasks = snapshotTasks
      self.connections = connections
      self.zone = zone
      self.now = now
    }
  }

  /// All that has a word to say before they are saved: what was left out, then what the rules say of
  /// each, and of names that are taken or come twice.
  public func allFindings(beside stored: Stored, replacing: Bool = false) -> [Finding] {
    let taken = Set(stored.snapshotTasks.map(\.name))
    var findings = self.findings
    for task in snapshotTasks {
      findings += SnapshotTaskRules.findings(for: task).map { $0.of(task.name) }
      if taken.contains(task.name), !replacing { findings.append(.taken(task.name)) }
    }
    var context = RuleContext(
      snapshotTasks: Dictionary(
        (stored.snapshotTasks + snapshotTasks).map { ($0.name, $0) }, uniquingKeysWith: { $1 }),
      connections: Dictionary(
        stored.connections.map { ($0.name, $0) }, uniquingKeysWith: { $1 }),
      zone: stored.zone, now: stored.now)
    for task in tasks {
      context.otherTaskNames = stored.taskNames.subtracting([task.name])
      let own = TaskRules.findings(for: task, in: context)
      findings += own.map { $0.of(task.name) }
      if stored.taskNames.contains(task.name), !replacing { findings.append(.taken(task.name)) }
    }
    return findings + Self.twice(tasks.map(\.name)) + Self.twice(snapshotTasks.map(\.name))
  }

  private static func twice(_ names: [String]) -> [Finding] {
    let counts = names.reduce(into: [String: Int]()) { $0[$1, default: 0] += 1 }
    return counts.filter { $0.value > 1 }.keys.sorted().map { name in
      Finding(
        "\(name).name", code: "import.twice",
        "Task Name \(name) comes twice. Import them one by one, with --name.")
    }
  }
}

extension Finding {
  /// With the name of its task before its field: there may be many.
  fileprivate func of(_ task: String) -> Finding {
    Finding("\(task).\(field)", severity, code: code, message)
  }

  fileprivate static func taken(_ name: String) -> Finding {
    Finding(
      "\(name).name", code: "import.exists",
      "Task Name \(name) is there already. Give another with --name, or replace it with --force.")
  }
}
