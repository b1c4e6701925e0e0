internal import ArgumentParser
internal import Foundation
internal import ReplicationEngine
internal import ReplicationModel
internal import TaskStore

/// A task or snapshot task that comes from a file which need not be in the store.
struct TaskSource {
  var file: String
  var name: String?

  /// The file's text and the task's name: `--name`, or the file's name without its ending.
  func load() throws -> (text: String, name: String) {
    let stem = URL(filePath: file).deletingPathExtension().lastPathComponent
    return (try GivenText.read(file), name ?? stem)
  }

  /// Wrong usage where a name cannot be told from these words.
  static func validate(_ files: [String], name: String?) throws {
    if name != nil && files.count > 1 {
      throw ValidationError("--name goes with one file; these are \(files.count).")
    }
    if name == nil && files.contains("-") {
      throw ValidationError("A task from standard input needs --name.")
    }
  }
}

struct TaskCheck: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Says what is wrong with a task, field by field.",
    discussion: "EXAMPLE\n  zferry task check offsite --json")
  @OptionGroup var global: GlobalOptions
  @Argument(help: "A task's name, or a file that holds one.") var task: String
  @Flag(help: "Print the findings as JSON.") var json = false

  func run() async throws {
    let findings = try await reporting { try self.findings() }
    if json {
      Report.line(JSONOutput.text(JSONOutput.Findings(findings)))
    } else {
      Report.findings(findings)
      if findings.isEmpty { Report.line("\(task): nothing is wrong with it.") }
    }
    if findings.contains(where: { $0.severity == .error }) { throw ExitStatus.invalid.code }
  }

  private func findings() throws -> [Finding] {
    let place = Workplace(global)
    do {
      let draft: TaskDraft
      if task.contains("/") || task.hasSuffix(".yaml") || task.hasSuffix(".yml") {
        let (text, name) = try TaskSource(file: task, name: nil).load()
        draft = try place.store.decodeTask(text, name: name)
      } else {
        draft = try place.store.task(task)
      }
      return TaskRules.findings(for: draft, in: try place.ruleContext(for: draft.name))
    } catch let error as StoreError where !error.findings.isEmpty {
      return error.findings
    }
  }
}

struct TaskApply: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "apply",
    abstract: "Checks tasks from files and saves them; all of them, or none.",
    discussion: """
      The task's name is the file's name without its ending.

      EXAMPLE
        zferry task apply offsite.yaml
      """)
  @OptionGroup var global: GlobalOptions
  @Argument(help: "Files that hold one task each; `-` is standard input.") var files: [String]
  @Option(help: "The task's name, when there is one file.") var name: String?
  @Flag(help: "Print the findings as JSON.") var json = false

  func validate() throws { try TaskSource.validate(files, name: name) }

  func run() async throws {
    try await reporting { try global.requireChanging("task apply") }
    let place = Workplace(global)
    var tasks: [TaskDraft] = []
    var findings: [Finding] = []
    try await reporting {
      for file in files {
        let (text, name) = try TaskSource(file: file, name: name).load()
        do {
          let task = try place.store.decodeTask(text, name: name)
          findings += TaskRules.findings(for: task, in: try place.ruleContext(for: task.name))
          tasks.append(task)
        } catch let error as StoreError where !error.findings.isEmpty {
          findings += error.findings
        }
      }
    }
    try Report.verdict(findings, json: json)
    try await reporting {
      for task in tasks {
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
