/// What the rules may look at beside the task itself.
public struct RuleContext: Sendable {
  /// Names of the other tasks: a task's name is its file's.
  public var otherTaskNames: Set<String>
  public var snapshotTasks: [String: SnapshotTask]
  public var connections: [String: Connection]
  public var zone: Zone
  public var now: Instant

  public init(
    otherTaskNames: Set<String> = [], snapshotTasks: [String: SnapshotTask] = [:],
    connections: [String: Connection] = [:], zone: Zone = .utc, now: Instant = Instant(0)
  ) {
    self.otherTaskNames = otherTaskNames
    self.snapshotTasks = snapshotTasks
    self.connections = connections
    self.zone = zone
    self.now = now
  }
}

/// A rule looks at a draft and reports what is wrong with it; one rule a file.
public struct TaskRule: Sendable {
  public let check: @Sendable (TaskDraft, RuleContext) -> [Finding]
  public init(_ check: @escaping @Sendable (TaskDraft, RuleContext) -> [Finding]) {
    self.check = check
  }
}

/// All rules of a replication task.
public enum TaskRules {
  public static let all: [TaskRule] = []

  /// Every finding of every rule, errors and warnings, in the order of the rules.
  public static func findings(for draft: TaskDraft, in context: RuleContext) -> [Finding] {
    all.flatMap { $0.check(draft, context) }
  }
}
