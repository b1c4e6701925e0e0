internal import ArgumentParser
internal import ReplicationEngine
internal import ReplicationModel
internal import TaskStore

/// `zferry task import FILE`: tasks out of another program's settings.
struct TaskImport: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Makes tasks of TrueNAS', zettarepl's or syncoid's settings.",
    discussion: """
      TrueNAS: the JSON of `midclt call replication.query`; the snapshot tasks that tasks are \
      bound to come along. zettarepl: a definition in YAML. syncoid: the lines that call it, \
      also those of a crontab. What cannot be carried over is named by its field. All tasks \
      are saved, or none.

      EXAMPLES
        zferry task import truenas.json --connection vault --dry-run
        grep syncoid /etc/cron.d/backup | zferry task import - --from syncoid
      """)
  @OptionGroup var global: GlobalOptions
  @Argument(help: "The file; `-` is standard input.") var file: String
  @Option(help: "Whose it is: truenas, zettarepl or syncoid.", transform: Self.form)
  var from: ForeignTasks.Form?
  @Option(help: "The connection of all tasks that are not local.") var connection: String?
  @Option(help: "The task's name, where there is one.") var name: String?
  @Flag(help: "Only show the files that would be saved.") var dryRun = false
  @Flag(help: "Replace tasks that are there already.") var force = false
  @Flag(help: "Print the findings as JSON.") var json = false

  func run() async throws {
    if !dryRun { try await reporting { try global.requireChanging("task import") } }
    let place = Workplace(global)
    let read = try await reporting {
      var read = try self.read(place)
      read.findings += try findings(read, place)
      return read
    }
    try Report.verdict(read.findings, json: json)
    try await reporting {
      for task in read.snapshotTasks {
        if dryRun {
          show("snapshot-tasks/\(task.name).yaml", place.store.encode(task))
        } else {
          try place.store.save(task)
          if !json { Report.line("Saved the snapshot task \(task.name).") }
        }
      }
      for task in read.tasks {
        if dryRun {
          show("tasks/\(task.name).yaml", place.store.encode(task))
        } else {
          try place.store.save(task)
          if !json {
            Report.line(
              "Saved the task \(task.name). `zferry plan \(Command.quoted(task.name))` shows what it would do."
            )
          }
        }
      }
    }
  }

  private static let form: @Sendable (String) throws -> ForeignTasks.Form = { text in
    if let form = ForeignTasks.Form(rawValue: text.lowercased()) { return form }
    let all = ForeignTasks.Form.allCases.map(\.rawValue).joined(separator: ", ")
    throw ValidationError("--from is one of \(all).")
  }

  private func show(_ path: String, _ text: String) {
    if !json { Report.part("# \(path)\n\(text)\n") }
  }

  private func read(_ place: Workplace) throws -> ForeignTasks {
    let (text, _) = try TaskSource(file: file, name: name).load()
    guard let form = from ?? ForeignTasks.form(of: text) else {
      throw StoreError(
        .invalid, subject: file,
        findings: [
          Finding(
            "file", code: "import.form",
            "Nobody can tell whose settings these are. Say so with --from.")
        ])
    }
    var read = try ForeignTasks.read(text, as: form, known: try place.store.snapshotTasks())
    if let name {
      guard read.tasks.count == 1 else {
        throw ValidationError("--name goes with one task; these are \(read.tasks.count).")
      }
      read.tasks[0].name = name
    }
    for index in read.tasks.indices where read.tasks[index].transport != .local {
      read.tasks[index].connection = connection ?? read.tasks[index].connection
    }
    return read
  }

  /// What the rules say of the tasks, with the snapshot tasks that come along, and names that are taken.
  private func findings(_ read: ForeignTasks, _ place: Workplace) throws -> [Finding] {
    var findings: [Finding] = []
    let taken = (
      tasks: Set(try place.store.taskNames()),
      snapshots: Set(try place.store.snapshotTaskNames())
    )
    for task in read.snapshotTasks {
      findings += SnapshotTaskRules.findings(for: task).map { $0.of(task.name) }
      if taken.snapshots.contains(task.name), !force { findings.append(.taken(task.name)) }
    }
    for task in read.tasks {
      var context = try place.ruleContext(for: task.name)
      for snapshotTask in read.snapshotTasks {
        context.snapshotTasks[snapshotTask.name] = snapshotTask
      }
      let own = TaskRules.findings(for: task, in: context)
      findings += own.map { $0.of(task.name) }
      if taken.tasks.contains(task.name), !force { findings.append(.taken(task.name)) }
    }
    let names = read.tasks.map(\.name)
    for name in Set(names) where names.count(where: { $0 == name }) > 1 {
      findings.append(
        Finding(
          "\(name).name", code: "import.twice",
          "Task Name \(name) comes twice. Import them one by one, with --name."))
    }
    return findings
  }
}

extension Finding {
  /// With the name of its task before its field: a file may hold many.
  fileprivate func of(_ task: String) -> Finding {
    Finding("\(task).\(field)", severity, code: code, message)
  }

  fileprivate static func taken(_ name: String) -> Finding {
    Finding(
      "\(name).name", code: "import.exists",
      "Task Name \(name) is there already. Give another with --name, or replace it with --force.")
  }
}
