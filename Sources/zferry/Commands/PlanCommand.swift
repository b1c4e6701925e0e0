internal import AppRuntime
internal import ArgumentParser
internal import ReplicationEngine
internal import ReplicationPlanner
internal import ZferryApp

/// `zferry plan TASK`: what a run would do now.
struct PlanCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan", abstract: "Shows what a run would do now. Writes nothing anywhere.",
    discussion: """
      Ends with 73 where something has to be decided first, and with 2 where it is left out because the
      task has `conflict: SKIP`.

      EXAMPLE
        zferry plan offsite --json
      """)
  @OptionGroup var global: GlobalOptions
  @Argument(help: "The task's name.") var task: String
  @Flag(help: "Print the plan as JSON.") var json = false

  func run() async throws {
    let place = Workplace(global)
    let plan = try await reporting {
      let ports = try place.ports()
      let order = try place.runnable(task)
      return try await interruptible { try await ports.preview(order).plan }
    }
    try PlanReport.show(plan, json: json)
  }
}

/// A plan as `plan` and `run --dry-run` print it.
enum PlanReport {
  /// Throws the exit code of a plan that waits for a decision, in all or in part.
  static func show(_ plan: Plan, json: Bool, restoring: Bool = false) throws {
    if json {
      Report.line(JSONOutput.text(PlanJSON(plan)))
    } else {
      for line in PlanText.lines(plan, restoring: restoring) { Report.line(line) }
    }
    if !plan.conflicts.isEmpty { throw ExitStatus.refused.code }
    if !plan.leftOut.isEmpty { throw ExitStatus.partial.code }
  }
}
