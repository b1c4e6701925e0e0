internal import ArgumentParser
internal import ZFSCommand

/// The command line. Alone, it opens the screens.
@main
struct Zferry: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "zferry",
    abstract: "Replicates OpenZFS datasets to another pool, or to and from another host.",
    discussion: """
      Without a command it opens the screens: the list of tasks, or a checklist and the wizard \
      when there is no task yet. Every screen has its command here.

      EXAMPLES
        zferry                      open the screens
        zferry plan offsite         what a run would do now; changes nothing
        zferry run offsite          run a task now
        zferry status               state and lag of all tasks
        zferry timer install        let all of it run by itself
        zferry restore offsite      bring the copy back, beside the original
        zferry doctor offsite       what a task needs, and what is missing
        zferry demo                 practise on two pretend hosts
      """,
    version: Version.text,
    subcommands: [
      UICommand.self, WizardCommand.self, AdvancedCommand.self, TaskCommand.self,
      SnapshotTaskCommand.self, PlanCommand.self, RunCommand.self, ConflictsCommand.self,
      ResolveCommand.self, RestoreCommand.self, PruneCommand.self, StatusCommand.self,
      HistoryCommand.self, CancelCommand.self, PauseCommand.self, ResumeCommand.self,
      LimitCommand.self, NotifyCommand.self, TickCommand.self, TimerCommand.self,
      ConnectionCommand.self, KeyCommand.self, DoctorCommand.self, DemoCommand.self,
    ],
    defaultSubcommand: UICommand.self)

  static func main() async {
    MemoryRoom.economize()
    let words = GlobalOptions.behindTheCommand(Array(CommandLine.arguments.dropFirst()))
    await main(words)
  }
}
