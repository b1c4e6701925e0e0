internal import ArgumentParser
internal import ReplicationEngine
internal import ReplicationModel
internal import TaskStore
internal import ZferryApp

/// `zferry limit TASK LIMIT`: how fast a run may send, while it runs.
struct LimitCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "limit",
    abstract: "Changes how fast a task's run may send, while it runs.",
    discussion: """
      LIMIT is bytes a second with a unit, as 5M or 500K; `none` lets the run take what the line \
      gives; `task` goes back to what the task says. The run takes it over within two seconds, \
      wherever it was started, and forgets it at its end. For all runs to come set speed_limit or \
      bandwidth in the task. Ends with 75 where the task does not run.

      EXAMPLE
        zferry limit offsite 5M
      """)
  @OptionGroup var global: GlobalOptions
  @Argument(help: "The task's name.") var task: String
  @Argument(help: "5M, 500K, none, or task.") var limit: String

  func run() async throws {
    var wish: SpeedWish?
    if limit.lowercased() != "task" {
      do throws(SpeedWish.Problem) { wish = try SpeedWish(limit) } catch {
        throw ValidationError(
          "The limit \(Words.escaped(error.words)). `task` takes the task's own.")
      }
    }
    let wished = wish
    try await reporting {
      try global.requireChanging("limit")
      let place = Workplace(global)
      guard try place.history().wish(wished, of: task) else {
        // A task that is not there is a mistake of another kind.
        _ = try place.store.task(task)
        throw Failure("run.not_running", subject: task)
      }
      let name = Words.escaped(task)
      switch wished {
      case .limit(let bytes):
        Report.line("This run of \(name) sends at most \(Amount.rate(Double(bytes))) from now on.")
      case .unlimited: Report.line("This run of \(name) takes what the line gives from now on.")
      case nil: Report.line("This run of \(name) is as fast as its task says again.")
      }
    }
  }
}
