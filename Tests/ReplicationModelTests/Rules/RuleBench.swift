import ReplicationModel
import Testing

/// Tasks and surroundings that the tests of rules begin with.
enum RuleBench {
  /// The base of engine.md 5.10, but for one thing: upstream's has the same dataset as source and
  /// destination, which is what we refuse (B12), so ours copies `tank/data` to `backup/data`.
  static var base: TaskDraft {
    var draft = TaskDraft()
    draft.name = "base"
    draft.direction = .push
    draft.transport = .local
    draft.sourceDatasets = ["tank/data"]
    draft.targetDataset = "backup/data"
    draft.recursive = false
    draft.auto = false
    draft.retentionPolicy = .none
    return draft
  }

  /// A task that nothing is wrong with: the base, bound to A.
  static var good: TaskDraft {
    var draft = base
    draft.periodicSnapshotTasks = ["A"]
    return draft
  }

  static var pull: TaskDraft {
    var draft = base
    draft.direction = .pull
    draft.transport = .ssh
    draft.connection = "vault"
    draft.namingSchema = [schema]
    return draft
  }

  static var netcat: TaskDraft {
    var draft = good
    draft.transport = .sshNetcat
    draft.connection = "vault"
    draft.netcatActiveSide = .local
    return draft
  }

  static var ssh: TaskDraft {
    var draft = good
    draft.transport = .ssh
    draft.connection = "vault"
    return draft
  }

  /// A task that copies a whole tree.
  static var whole: TaskDraft {
    var draft = good
    draft.replicate = true
    draft.recursive = true
    draft.retentionPolicy = .source
    return draft
  }

  static var byRegex: TaskDraft {
    var draft = base
    draft.nameRegex = "auto-.+"
    return draft
  }

  static let schema = "auto-%Y-%m-%d_%H-%M"

  /// A, W and X of engine.md 5.10, and one that is disabled.
  static var context: RuleContext {
    var context = RuleContext()
    context.otherTaskNames = ["taken"]
    for task in [
      snapshotTask("A", "tank/data", recursive: true),
      snapshotTask("W", "tank/data/work", recursive: false),
      snapshotTask(
        "X", "tank/exclude", recursive: true, exclude: ["tank/exclude/work/garbage"]),
      snapshotTask("off", "tank/data", recursive: true, enabled: false),
    ] {
      context.snapshotTasks[task.name] = task
    }
    var vault = Connection()
    vault.name = "vault"
    context.connections["vault"] = vault
    return context
  }

  static func snapshotTask(
    _ name: String, _ dataset: String, recursive: Bool, exclude: [String] = [],
    enabled: Bool = true
  ) -> SnapshotTask {
    var task = SnapshotTask()
    task.name = name
    task.dataset = dataset
    task.recursive = recursive
    task.exclude = exclude
    task.enabled = enabled
    return task
  }

  static func findings(_ draft: TaskDraft) -> [Finding] {
    TaskRules.findings(for: draft, in: context)
  }

  static func errors(_ draft: TaskDraft) -> [Finding] {
    findings(draft).filter { $0.severity == .error }
  }
}

/// A draft that is made of a good one by one change.
struct Change: Sendable, CustomTestStringConvertible {
  let name: String
  let start: TaskDraft
  let change: @Sendable (inout TaskDraft) -> Void

  init(
    _ name: String, _ start: TaskDraft = RuleBench.good,
    _ change: @escaping @Sendable (inout TaskDraft) -> Void
  ) {
    self.name = name
    self.start = start
    self.change = change
  }

  var draft: TaskDraft {
    var draft = start
    change(&draft)
    return draft
  }

  var testDescription: String { name }
}
