internal import AppRuntime
internal import ArgumentParser
internal import ReplicationEngine
internal import ReplicationPlanner
internal import Synchronization
internal import TaskStore
internal import ZferryApp

/// `zferry tick`: what the timer calls.
struct TickCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tick",
    abstract: "Takes the snapshots and runs the tasks that are due; the timer calls it.",
    discussion: """
      Says nothing where nothing is due. While tasks run it looks again every minute, and a
      second tick leaves that to it. What was missed while the machine was off is made up
      for once. At most 5 tasks run at a time, or as many as max_parallel_replication_tasks
      in settings.yaml says.

      EXAMPLE
        zferry tick
      """)
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let teller = TickTeller()
    try await reporting {
      try global.requireChanging("tick")
      let place = Workplace(global)
      let lock: TickLock
      do throws(StoreError) { lock = try TickLock(place.folders) } catch {
        guard error.code == .locked else { throw error }
        // Not a trouble: the other one does what this one would.
        let holder = error.detail.isEmpty ? "" : " (\(error.detail))"
        Report.line("Another tick is at work\(holder); it looks every minute.")
        return
      }
      defer { withExtendedLifetime(lock) {} }
      let history = try place.history()
      let tick = Tick(
        try place.ports(), schedule: history, limit: try place.limit(),
        check: { _ = try place.runnable($0) }, tell: teller.tell)
      try await interruptible { try await tick.run() }
    }
    if teller.worst != .done { throw teller.worst.code }
  }
}

extension Workplace {
  /// How many tasks run at a time. Settings that cannot be read are told, and the standard holds.
  fileprivate func limit() throws -> Int? {
    do throws(StoreError) {
      return try store.settings().maxParallelReplicationTasks
    } catch {
      _ = Report.exit(error)
      return Settings().maxParallelReplicationTasks
    }
  }
}

/// Tells a tick in lines that stand alone, for a journal.
final class TickTeller: Sendable {
  private let status = Mutex(ExitStatus.done)

  /// What the tick's end means for the caller.
  var worst: ExitStatus { status.withLock { $0 } }

  func tell(_ event: TickEvent) {
    switch event {
    case .taken(let taking):
      Report.line("\(Words.escaped(taking.task)): \(TakingText.line(taking))")
      if let error = taking.error {
        worsen(ExitStatus(Failure(error.code, subject: error.subject, detail: error.detail)))
      }
    case .started(let task): Report.line("\(Words.escaped(task)): started.")
    case .catchesUp(let task):
      Report.line("\(Words.escaped(task)): its last run was killed, so it is run once again.")
    case .run(let task, let event): tell(event, of: task)
    case .waits(let waiting):
      let words = Words.explain(
        code: waiting.reason.rawValue, subject: waiting.task, detail: waiting.detail)
      Report.line(words.message)
    case .failed(let task, let failure):
      explain(failure, of: task)
      // Somebody else runs it, or wants it not to run: that is as it should be.
      if !Tick.othersReasons.contains(failure.code) { worsen(ExitStatus(failure)) }
    case .trouble(let failure):
      explain(failure, of: failure.subject)
      worsen(.failed)
    }
  }

  private func tell(_ event: RunEvent, of task: String) {
    switch event {
    case .retry(let attempt, let reason, let seconds):
      let words = Words.explain(
        code: reason.code, subject: reason.subject, detail: reason.detail)
      Report.line(
        "\(Words.escaped(task)): \(words.message) Attempt \(attempt) in "
          + "\(RunText.duration(seconds)).")
    case .warning(let code, let subject, let detail):
      let words = Words.warning(.init(code: code, subject: subject, detail: detail))
      Report.line("\(Words.escaped(task)): \(words.text)")
    case .finished(let summary):
      Report.line(RunText.summary(summary, task: Words.escaped(task)))
      if let error = summary.error {
        explain(Failure(error.code, subject: error.subject, detail: error.detail), of: task)
      }
      switch summary.outcome {
      case .done, .nothing, .pruned, .cancelled: break
      case .partial: worsen(.partial)
      case .failed, .refused: worsen(.failed)
      }
    default: break
    }
  }

  private func explain(_ failure: Failure, of task: String) {
    if failure.findings.isEmpty {
      Report.explain(code: failure.code, subject: failure.subject, detail: failure.detail)
    } else {
      Report.trouble("\(Words.escaped(task)) cannot run as it is:")
      Report.findings(failure.findings)
    }
  }

  private func worsen(_ status: ExitStatus) {
    self.status.withLock { if $0 == .done || $0 == .partial { $0 = status } }
  }
}
