internal import ArgumentParser
internal import ReplicationEngine
internal import ReplicationModel
internal import TaskStore
internal import ZferryApp

/// `zferry snapshot-task …`: what is snapshotted when, as files.
struct SnapshotTaskCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "snapshot-task",
    abstract: "Lists, saves, runs, prunes, switches and deletes periodic snapshot tasks.",
    discussion: "EXAMPLE\n  zferry snapshot-task apply tank-data-daily.yaml",
    subcommands: [
      SnapshotTaskList.self, SnapshotTaskShow.self, SnapshotTaskApply.self, SnapshotTaskRun.self,
      SnapshotTaskPrune.self,
      SnapshotTaskEnable.self, SnapshotTaskDisable.self, SnapshotTaskDelete.self,
    ])
}

struct SnapshotTaskList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Lists the snapshot tasks and the tasks that are bound to them.",
    discussion: "EXAMPLE\n  zferry snapshot-task list")
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    try await reporting {
      let store = Workplace(global).store
      for name in try store.snapshotTaskNames() {
        do throws(StoreError) {
          let task = try store.snapshotTask(name)
          let users = try store.tasks(boundTo: name)
          Report.line(
            [
              name, task.dataset, task.schedule.words, "kept \(task.lifetimeWords)",
              users.isEmpty ? "not used" : "used by \(users.joined(separator: ", "))",
            ].joined(separator: "  ") + (task.enabled ? "" : "  (disabled)"))
        } catch {
          Report.line("\(name)  cannot be read: \(error.detail)")
          Report.findings(error.findings)
        }
      }
    }
  }
}

struct SnapshotTaskShow: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Prints a snapshot task as its file.",
    discussion: "EXAMPLE\n  zferry snapshot-task show tank-data-daily")
  @OptionGroup var global: GlobalOptions
  @Argument(help: "The snapshot task's name.") var name: String

  func run() async throws {
    try await reporting {
      let store = Workplace(global).store
      Report.part(store.encode(try store.snapshotTask(name)))
    }
  }
}

struct SnapshotTaskApply: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "apply",
    abstract: "Checks snapshot tasks from files and saves them; all of them, or none.",
    discussion: """
      The snapshot task's name is the file's name without its ending.

      EXAMPLE
        zferry snapshot-task apply tank-data-daily.yaml
      """)
  @OptionGroup var global: GlobalOptions
  @Argument(help: "Files that hold one snapshot task each; `-` is standard input.")
  var files: [String]
  @Option(help: "The snapshot task's name, when there is one file.") var name: String?
  @Flag(help: "Print the findings as JSON.") var json = false

  func validate() throws { try TaskSource.validate(files, name: name) }

  func run() async throws {
    try await reporting { try global.requireChanging("snapshot-task apply") }
    let store = Workplace(global).store
    var tasks: [SnapshotTask] = []
    var findings: [Finding] = []
    try await reporting {
      for file in files {
        let (text, name) = try TaskSource(file: file, name: name).load()
        do {
          let task = try store.decodeSnapshotTask(text, name: name)
          findings += SnapshotTaskRules.findings(for: task)
          tasks.append(task)
        } catch let error as StoreError where !error.findings.isEmpty {
          findings += error.findings
        }
      }
    }
    try Report.verdict(findings, json: json)
    try await reporting {
      for task in tasks {
        try store.saveUnlessNeeded(task)
        if !json { Report.line("Saved the snapshot task \(task.name).") }
      }
    }
  }
}

struct SnapshotTaskEnable: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "enable", abstract: "Lets a snapshot task take snapshots.",
    discussion: "EXAMPLE\n  zferry snapshot-task enable tank-data-daily")
  @OptionGroup var global: GlobalOptions
  @Argument(help: "The snapshot task's name.") var name: String

  func run() async throws { try await SnapshotTaskSwitch.set(name, enabled: true, global) }
}

struct SnapshotTaskDisable: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "disable",
    abstract:
      "Keeps a snapshot task from taking snapshots; refused while an enabled task needs it.",
    discussion: "EXAMPLE\n  zferry snapshot-task disable tank-data-daily")
  @OptionGroup var global: GlobalOptions
  @Argument(help: "The snapshot task's name.") var name: String

  func run() async throws { try await SnapshotTaskSwitch.set(name, enabled: false, global) }
}

/// What `enable` and `disable` share.
private enum SnapshotTaskSwitch {
  static func set(_ name: String, enabled: Bool, _ global: GlobalOptions) async throws {
    try await reporting {
      try global.requireChanging(name)
      let store = Workplace(global).store
      var task = try store.snapshotTask(name)
      task.enabled = enabled
      try store.saveUnlessNeeded(task)
    }
  }
}

struct SnapshotTaskDelete: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "delete",
    abstract: "Deletes a snapshot task that no task is bound to. Its snapshots stay.",
    discussion: "EXAMPLE\n  zferry snapshot-task delete tank-data-daily")
  @OptionGroup var global: GlobalOptions
  @Argument(help: "The snapshot task's name.") var name: String

  func run() async throws {
    try await reporting {
      try global.requireChanging("snapshot-task delete")
      try Workplace(global).store.deleteUnboundSnapshotTask(name)
    }
  }
}
