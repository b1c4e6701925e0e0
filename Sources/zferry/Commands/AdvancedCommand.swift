internal import ArgumentParser
internal import ReplicationEngine
internal import TaskStore
internal import ZferryApp

/// `zferry advanced`: every option of a task, on one screen.
struct AdvancedCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "advanced",
    abstract: "Opens the screen with every option of a task: a new one, or a stored one.",
    discussion: """
      Without a screen, `zferry task apply FILE` takes the same options from a file.

      EXAMPLES
        zferry advanced             a new task
        zferry advanced offsite     change a task
      """)
  @OptionGroup var global: GlobalOptions
  @Argument(help: "The task to change; none for a new one.") var task: String?

  func run() async throws {
    let place = Workplace(global)
    if let task { try await reporting { _ = try place.store.task(task) } }
    try await UserInterface(place, look: global, opening: .advanced(task: task)).run()
  }
}
