internal import AppRuntime
internal import ArgumentParser
internal import ReplicationEngine
internal import ReplicationModel
internal import TaskStore
internal import ZferryApp

/// `zferry notify …`: who is told how a task fares.
struct NotifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "notify", abstract: "Tries what a task tells people, and how.",
    discussion: """
      A task's `notify` names a command, receivers of mail and an address to ping, and \
      what they hear of: FAILURE, RECOVERED, SUCCESS, LAG.

      EXAMPLE
        zferry notify test offsite
      """, subcommands: [NotifyTest.self])
}

struct NotifyTest: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test", abstract: "Sends a test to all that a task tells.",
    discussion: """
      All of them get it, whatever they hear of otherwise; a ping goes to the address for \
      success. Each has 30 seconds. Ends with 1 where one of them did not work.

      EXAMPLE
        zferry notify test offsite
      """)
  @OptionGroup var global: GlobalOptions
  @Argument(help: "The task's name.") var task: String

  func run() async throws {
    let told = try await reporting {
      try global.requireChanging("notify test")
      let place = Workplace(global)
      let draft = try place.runnable(task).task
      guard draft.notify != nil else {
        throw Failure("notify.none", subject: task)
      }
      let notices = try place.ports().notices
      return try await interruptible { await notices?.test(draft) ?? [] }
    }
    for one in told {
      if let trouble = one.trouble {
        Report.explain(code: "notify.failed", subject: task, detail: "\(one.way): \(trouble)")
      } else {
        Report.line("\(Words.escaped(task)): told by \(one.way).")
      }
    }
    if told.contains(where: { $0.trouble != nil }) { throw ExitStatus.failed.code }
  }
}
