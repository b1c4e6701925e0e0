internal import ArgumentParser
internal import Foundation
internal import ReplicationEngine
internal import ReplicationModel
internal import TaskStore

/// `zferry task …`: the tasks as files.
struct TaskCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "task",
    abstract: "Lists, checks, saves, imports, exports and deletes replication tasks.",
    discussion: "EXAMPLE\n  zferry task apply offsite.yaml",
    subcommands: [
      TaskList.self, TaskShow.self, TaskCheck.self, TaskApply.self, TaskEnable.self,
      TaskDisable.self, TaskDelete.self, TaskImport.self, TaskExport.self,
      TaskRightsCommand.self,
    ])
}

struct TaskList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Lists the tasks.", discussion: "EXAMPLE\n  zferry task list")
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    try await reporting {
      let store = Workplace(global).store
      let names = try store.taskNames()
      if names.isEmpty { Report.trouble("There is no task yet. Run `zferry wizard` to make one.") }
      for name in names {
        do {
          let task = try store.task(name)
          let sources = task.sourceDatasets.joined(separator: ", ")
          let state = task.enabled ? "" : "  (disabled)"
          Report.line(
            "\(name)  \(task.direction.rawValue)  \(sources) -> \(task.targetDataset)\(state)")
        } catch {
          Report.line("\(name)  cannot be read; run `zferry task check \(Command.quoted(name))`")
        }
      }
    }
  }
}

struct TaskShow: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Prints a task as its file.",
    discussion: "EXAMPLE\n  zferry task show offsite")
  @OptionGroup var global: GlobalOptions
  @Argument(help: "The task's name.") var task: String

  func run() async throws {
    try await reporting {
      let store = Workplace(global).store
      Report.line(String(store.encode(try store.task(task)).dropLast()))
    }
  }
}

struct TaskExport: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Writes a task as a file that `task apply` takes.",
    discussion: """
      Without --to it goes to standard output. A file that is there already is left as it is, \
      unless --force says otherwise. The key of encrypted copies is not part of it: see \
      `zferry key export`. With --truenas it is JSON as TrueNAS prints it, which `task import` \
      reads; what TrueNAS has no field for is named.

      EXAMPLES
        zferry task export offsite --to offsite.yaml
        zferry task export offsite --truenas
      """)
  @OptionGroup var global: GlobalOptions
  @Argument(help: "The task's name.") var task: String
  @Option(help: ArgumentHelp("The file to write.", valueName: "file")) var to: String?
  @Flag(help: "Replace a file that is there already.") var force = false
  @Flag(name: .customLong("truenas"), help: "As JSON of TrueNAS.") var isForTrueNAS = false

  func run() async throws {
    try await reporting {
      let store = Workplace(global).store
      let stored = try store.task(task)
      if isForTrueNAS { Report.findings(TrueNASWriter.leftOut(stored)) }
      let text =
        isForTrueNAS
        ? TrueNASWriter.text(stored, snapshotTasks: try store.snapshotTasks())
        : store.encode(stored)
      guard let to else {
        Report.part(text)
        return
      }
      try global.requireChanging("task export --to")
      try store.writeOut(text, to: to, replacing: force)
    }
  }
}

struct TaskDelete: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "delete",
    abstract: "Deletes a task. Snapshots, datasets and snapshot tasks stay.",
    discussion: "EXAMPLE\n  zferry task delete offsite")
  @OptionGroup var global: GlobalOptions
  @Argument(help: "The task's name.") var task: String

  func run() async throws {
    try await reporting {
      try global.requireChanging("task delete")
      try Workplace(global).store.deleteTask(task)
    }
  }
}

struct TaskEnable: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "enable", abstract: "Lets a task run by its schedule.",
    discussion: "EXAMPLE\n  zferry task enable offsite")
  @OptionGroup var global: GlobalOptions
  @Argument(help: "The task's name.") var task: String

  func run() async throws { try await TaskSwitch.set(task, enabled: true, global) }
}

struct TaskDisable: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "disable", abstract: "Keeps a task from running by its schedule.",
    discussion: "EXAMPLE\n  zferry task disable offsite")
  @OptionGroup var global: GlobalOptions
  @Argument(help: "The task's name.") var task: String

  func run() async throws { try await TaskSwitch.set(task, enabled: false, global) }
}

/// What `enable` and `disable` share.
private enum TaskSwitch {
  static func set(_ name: String, enabled: Bool, _ global: GlobalOptions) async throws {
    try await reporting {
      try global.requireChanging(name)
      let store = Workplace(global).store
      var task = try store.task(name)
      task.enabled = enabled
      try store.save(task)
    }
  }
}
