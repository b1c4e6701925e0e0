internal import AppRuntime
internal import ArgumentParser
internal import ReplicationEngine
internal import ReplicationModel
internal import ReplicationPlanner
internal import Synchronization
internal import ZferryApp

/// `zferry run TASK…`: one after the other.
struct RunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Runs tasks now, one after the other.",
    discussion: """
      Ctrl-C stops in order: what has arrived is kept, and the next run goes on from there.

      EXAMPLE
        zferry run offsite --progress plain
      """)
  @OptionGroup var global: GlobalOptions
  @Argument(help: "The tasks' names.") var tasks: [String]
  @Flag(help: "Only show what would be done.") var dryRun = false
  @Option(help: "How progress is told: auto, plain, json or none.") var progress = ProgressMode.auto

  func validate() throws {
    if tasks.isEmpty {
      throw ValidationError("Name at least one task; `zferry task list` lists them.")
    }
  }

  func run() async throws {
    let place = Workplace(global)
    if !dryRun { try await reporting { try global.requireChanging("run") } }
    // All of them are valid before the first one runs.
    let orders = try await reporting { try tasks.map { try place.runnable($0) } }
    let ports = try await reporting { try place.ports() }
    if dryRun {
      for order in orders {
        let plan = try await reporting {
          try await interruptible { try await ports.preview(order).plan }
        }
        try PlanReport.show(plan, json: progress == .json)
      }
      return
    }
    var worst = ExitStatus.done
    for order in orders {
      let status = try await run(order.task.name, ports)
      if status != .done, worst == .done || status == .stopped { worst = status }
      if status == .stopped { break }
    }
    if worst != .done { throw worst.code }
  }

  private func run(_ task: String, _ ports: AppPorts) async throws -> ExitStatus {
    let teller = RunTeller(task: task, mode: progress, clock: ports.clock)
    do {
      try await interruptible { try await ports.run(task, .person) { teller.tell($0) } }
    } catch {
      // No run began, or its record could not be kept: one line of trouble, and no `run_finished`.
      let failure = Failure(describing: error)
      Report.explain(code: failure.code, subject: failure.subject, detail: failure.detail)
      return ExitStatus(failure)
    }
    return teller.outcome ?? .failed
  }
}

/// How a run's progress is told.
enum ProgressMode: String, CaseIterable, ExpressibleByArgument {
  case auto, plain, json, none
}
