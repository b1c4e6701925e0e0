internal import ArgumentParser
internal import Foundation
internal import ReplicationEngine
internal import ReplicationModel
internal import TaskStore
internal import ZferryApp

/// `zferry timer …`: who calls `zferry tick` once a minute.
struct TimerCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "timer",
    abstract: "Lets the schedules run by themselves: by systemd, or else by cron.",
    discussion: "EXAMPLE\n  zferry timer install --dry-run",
    subcommands: [TimerInstall.self, TimerRemove.self, TimerStatus.self])
}

/// What the three share.
struct TimerOptions: ParsableArguments {
  @Flag(help: "For this user's own systemd, instead of the system's.") var user = false
  @Option(
    help: ArgumentHelp(
      "Write below this folder, and call no systemctl; for images and tests.", valueName: "dir"))
  var root = ""

  func place(_ global: GlobalOptions) throws -> TimerPlace {
    let folders = global.folders
    return try TimerPlace(
      root: root, isUser: user,
      arguments: ["--config", Self.whole(folders.config), "--state", Self.whole(folders.state)],
      environment: ProcessInfo.processInfo.environment)
  }

  private static func whole(_ path: String) -> String { URL(filePath: path).standardized.path }
}

struct TimerInstall: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "install",
    abstract: "Writes a systemd timer and starts it; where there is no systemd, a cron file.",
    discussion: """
      The timer uses the folders that are in force now. A file that zferry did not write is
      left as it is, with 73.

      EXAMPLE
        zferry timer install --dry-run
      """)
  @OptionGroup var global: GlobalOptions
  @OptionGroup var options: TimerOptions
  @Flag(help: "Only show what would be written and called.") var dryRun = false

  func run() async throws {
    try await reporting {
      if !dryRun { try global.requireChanging("timer install") }
      let place = try options.place(global)
      try place.requireOurs()
      if dryRun {
        for file in place.timer.files {
          Report.line("\(Words.escaped(file.path)):")
          Report.part(file.text)
          Report.line()
        }
        TimerText.tell(place, place.timer.commands(installing: true), "Would call")
        return
      }
      try place.install()
      for file in place.timer.files { Report.line("Wrote \(Words.escaped(file.path)).") }
      TimerText.tell(place, place.timer.commands(installing: true), "Called")
      if options.user {
        Report.line(
          "It runs while you are logged in; loginctl enable-linger lets it run always.")
      }
    }
  }
}

struct TimerRemove: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove",
    abstract: "Takes the timer away. Runs that go on now go on to their end.",
    discussion: "EXAMPLE\n  zferry timer remove")
  @OptionGroup var global: GlobalOptions
  @OptionGroup var options: TimerOptions
  @Flag(help: "Only show what would be called and deleted.") var dryRun = false

  func run() async throws {
    try await reporting {
      if !dryRun { try global.requireChanging("timer remove") }
      let place = try options.place(global)
      try place.requireOurs()
      let there = place.timer.files.filter { place.isOurs($0.path) }
      guard !there.isEmpty else {
        Report.line("There is no timer to take away.")
        return
      }
      let commands = place.timer.commands(installing: false)
      if !dryRun { _ = try place.remove() }
      TimerText.tell(place, commands, dryRun ? "Would call" : "Called")
      for file in there {
        Report.line("\(dryRun ? "Would delete" : "Deleted") \(Words.escaped(file.path)).")
      }
    }
  }
}

struct TimerStatus: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "Says whether the timer is there, and when the last tick was.",
    discussion: """
      Ends with 0 where ticks come, and with 1 where they do not.

      EXAMPLE
        zferry timer status
      """)
  @OptionGroup var global: GlobalOptions
  @OptionGroup var options: TimerOptions

  func run() async throws {
    let isAlive = try await reporting {
      let timer = try options.place(global)
      for file in timer.timer.files {
        let standing =
          timer.isOurs(file.path)
          ? "is there" : timer.text(file.path) == nil ? "is not there" : "is not zferry's"
        Report.line("\(Words.escaped(file.path)) \(standing).")
      }
      let place = Workplace(global)
      guard let last = try place.history().lastTick() else {
        Report.line("No tick has come yet.")
        return false
      }
      Report.line("The last tick came at \(RunText.time(last.at, zone: place.zone)).")
      return last.isFresh(at: place.now)
    }
    if !isAlive { throw ExitStatus.failed.code }
  }
}

private enum TimerText {
  static func tell(_ place: TimerPlace, _ commands: [[String]], _ verb: String) {
    for words in commands {
      let line = words.joined(separator: " ")
      Report.line(place.root.isEmpty ? "\(verb): \(line)" : "Not called below a root: \(line)")
    }
  }
}
