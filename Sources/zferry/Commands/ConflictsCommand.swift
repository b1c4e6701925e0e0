internal import AppRuntime
internal import ArgumentParser
internal import ReplicationPlanner

/// `zferry conflicts TASK`: what has to be decided, and what each way out loses.
struct ConflictsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "conflicts",
    abstract: "Shows what keeps a task from running, and what each way out loses.",
    discussion: """
      Both sides are looked at, and nothing is changed. Each conflict comes with the snapshots of both \
      sides since the newest that they share, the choices, and exactly what each of them does and \
      loses. Ends with 73 where there is any conflict, else with 0.

      EXAMPLE
        zferry conflicts offsite
      """)
  @OptionGroup var global: GlobalOptions
  @Argument(help: "The task's name.") var task: String
  @Flag(help: "Print the conflicts as JSON.") var json = false

  func run() async throws {
    let place = Workplace(global)
    let cases = try await reporting {
      let ports = try place.ports()
      let order = try place.runnable(task)
      return try await interruptible { try await ports.conflicts(order).cases }
    }
    if json {
      Report.line(JSONOutput.text(ConflictsJSON(task: task, cases)))
    } else {
      for one in cases {
        for line in ConflictText.lines(one, task: task, zone: place.zone) { Report.line(line) }
      }
      if cases.isEmpty { Report.line("\(task): no conflict; nothing has to be decided.") }
    }
    if !cases.isEmpty { throw ExitStatus.refused.code }
  }
}
