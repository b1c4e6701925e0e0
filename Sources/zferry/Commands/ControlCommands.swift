internal import AppRuntime
internal import ArgumentParser
internal import ReplicationEngine
internal import TaskStore
internal import ZferryApp

/// `zferry cancel TASK`: stops a run of any process, in order.
struct CancelCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cancel",
    abstract: "Stops the run of a task, wherever it was started.",
    discussion: """
      What has arrived is kept, and the next run goes on from there. Ends with 0 once the run
      has stopped, also where none went on, and with 75 where it has not after a minute.

      EXAMPLE
        zferry cancel offsite
      """)
  @OptionGroup var global: GlobalOptions
  @Argument(help: "The task's name.") var task: String

  func run() async throws {
    try await reporting {
      try global.requireChanging("cancel")
      let place = Workplace(global)
      let history = try place.history()
      if try await RunStop(task, history).stop() {
        Report.line("\(Words.escaped(task)) has stopped; the next run goes on where it ended.")
      } else {
        // A task that is not there is a mistake; one that does not run is as it was wanted.
        _ = try place.store.task(task)
        Report.line("\(Words.escaped(task)) is not running.")
      }
    }
  }
}

/// `zferry pause TASK`: stops it, and keeps it from running.
struct PauseCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pause",
    abstract: "Stops a task's run, and keeps it from running until it is resumed.",
    discussion: """
      The task is on hold: neither its schedule nor a person runs it. Its snapshot tasks go on.

      EXAMPLE
        zferry pause offsite
      """)
  @OptionGroup var global: GlobalOptions
  @Argument(help: "The task's name.") var task: String

  func run() async throws {
    try await reporting {
      try global.requireChanging("pause")
      let place = Workplace(global)
      let history = try place.history(of: task)
      // First the hold, so that nothing starts it again behind the stop.
      try history.pause(task, at: place.now)
      _ = try await RunStop(task, history).stop()
      Report.line("\(Words.escaped(task)) is paused; zferry resume lets it run again.")
    }
  }
}

/// `zferry resume TASK`: lets it run again.
struct ResumeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "resume",
    abstract: "Lets a paused task run again.",
    discussion: """
      What it missed meanwhile is made up for with the next tick, once.

      EXAMPLE
        zferry resume offsite
      """)
  @OptionGroup var global: GlobalOptions
  @Argument(help: "The task's name.") var task: String

  func run() async throws {
    try await reporting {
      try global.requireChanging("resume")
      let history = try Workplace(global).history(of: task)
      let wasPaused = try history.paused(task) != nil
      try history.pause(task, at: nil)
      Report.line("\(Words.escaped(task)) \(wasPaused ? "may run again" : "was not paused").")
    }
  }
}

extension Workplace {
  /// The history, to keep something of a task that is there; its file may be broken.
  fileprivate func history(of task: String) throws -> RunHistory {
    guard try store.taskNames().contains(task) else {
      throw StoreError(.notFound, subject: "\(folders.config)/tasks/\(task).yaml")
    }
    return try history()
  }
}

/// Asks a run to stop, and waits until it has.
private struct RunStop {
  private let task: String
  private let history: RunHistory

  init(_ task: String, _ history: RunHistory) {
    self.task = task
    self.history = history
  }

  /// False where nothing ran.
  func stop() async throws -> Bool {
    guard try history.askToStop(task) else { return false }
    for _ in 0..<240 {
      if try history.runs(of: task, limit: 1).first?.isRunning != true { return true }
      try await Task.sleep(for: .milliseconds(250))
    }
    throw Failure("run.not_stopped", subject: task)
  }
}
