internal import ArgumentParser

/// `zferry` alone: the screens.
struct UICommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ui",
    abstract: "Opens the screens: the tasks, or the wizard when there is no task yet.",
    discussion: "EXAMPLE\n  zferry")
  @OptionGroup var global: GlobalOptions
  @OptionGroup var look: LookOptions

  func run() async throws {
    try await UserInterface(Workplace(global), look: look).run()
  }
}

/// How the screens look and what they may do.
struct LookOptions: ParsableArguments {
  @Flag(help: "Draw with ASCII characters only.") var ascii = false
  @Flag(help: "Draw without colours.") var mono = false
  @Flag(help: "Change nothing: neither files nor pools.") var readOnly = false
}
