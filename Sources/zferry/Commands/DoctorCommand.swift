internal import AppRuntime
internal import ArgumentParser
internal import ReplicationEngine
internal import ReplicationModel
internal import TaskStore
internal import ZferryApp

/// `zferry doctor [TASK|--connection NAME]`: the checklist "Before you begin".
struct DoctorCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Checks all that a task or a connection needs, and says how to mend what fails.",
    discussion: """
      Changes nothing on either side. Without a task or connection only this system is checked. \
      What hangs on a check that failed is not reached: [--].

      Ends with 0 where all is good or only doubtful, 69 where the host cannot be reached or logged \
      in to, 77 where a right or sudo is missing, 65 where the task or connection is not valid, and \
      1 where anything else fails.

      EXAMPLES
        zferry doctor offsite
        zferry doctor --connection vault --json
      """)
  @OptionGroup var global: GlobalOptions
  @Argument(help: "The task whose needs are checked.") var task: String?
  @Option(help: ArgumentHelp("Check a connection alone.", valueName: "name"))
  var connection: String?
  @Flag(help: "Print the checks as JSON.") var json = false

  func validate() throws {
    if task != nil, connection != nil {
      throw ValidationError("Give a task or --connection, not both.")
    }
  }

  func run() async throws {
    let place = Workplace(global)
    let results = try await reporting {
      let question = try question(place)
      let doctor = try place.ports().doctor
      let json = json
      return try await interruptible {
        let results = await doctor.examine(question) { result in
          if !json { DoctorReport.show(result) }
        }
        try Task.checkCancellation()
        return results
      }
    }
    if json { Report.line(JSONOutput.text(DoctorReport(results))) }
    let status = DoctorReport.status(results)
    if status != .done { throw status.code }
  }

  private func question(_ place: Workplace) throws(StoreError) -> CheckQuestion {
    if let task {
      let order = try place.runnable(task)
      if order.task.transport != .local, order.connection == nil {
        _ = try place.store.connection(order.task.connection ?? "")
      }
      return CheckQuestion(order)
    }
    guard let connection else { return CheckQuestion() }
    return CheckQuestion(connection: try place.store.connection(connection))
  }
}
