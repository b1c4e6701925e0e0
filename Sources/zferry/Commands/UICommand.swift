internal import ArgumentParser

/// `zferry` alone: the screens.
struct UICommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ui",
    abstract: "Opens the screens: the tasks, or the wizard when there is no task yet.",
    discussion: "EXAMPLE\n  zferry")
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    try await UserInterface(Workplace(global), look: global).run()
  }
}
