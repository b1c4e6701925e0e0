internal import Foundation
internal import Glibc
internal import ReplicationEngine
internal import ReplicationModel
internal import ReplicationPlanner
internal import Synchronization
internal import ZferryApp

/// Tells a run on standard output as it goes on: for people, for programs, or only its end.
final class RunTeller: Sendable {
  private struct State {
    var outcome: ExitStatus?
    var steps: (index: Int, count: Int) = (0, 0)
    /// Whether the last line on the terminal is a progress line that the next one takes the place of.
    var lineIsOpen = false
    var toldAt = -Double.infinity
    var hasLeftOut = false
    /// What stands in the way was told in full, with both timelines' ends.
    var hasToldConflicts = false
  }
  private let task: String
  private let mode: ProgressMode
  private let kind: RunKind
  private let clock: any ClockPort
  /// Whether one line may be written over again.
  private let isLive: Bool
  private let state = Mutex(State())

  init(task: String, kind: RunKind = .run, mode: ProgressMode, clock: any ClockPort) {
    self.task = task
    self.kind = kind
    self.mode = mode
    self.clock = clock
    let term = ProcessInfo.processInfo.environment["TERM"] ?? "dumb"
    isLive = mode == .auto && isatty(STDOUT_FILENO) == 1 && term != "dumb"
  }

  /// Warnings that a dataset did not come along: scripts are told by the exit code.
  private static let leavesOut: Set<String> = [
    "no_matching_snapshots", "parent_left_out", "left_out", "origin_left_out",
  ]

  /// What the run's end means for the caller; nil while it runs.
  var outcome: ExitStatus? { state.withLock { $0.outcome } }

  func tell(_ event: RunEvent) {
    state.withLock { state in
      if case .warning(let code, _, _) = event, Self.leavesOut.contains(code) {
        state.hasLeftOut = true
      }
      if case .finished(let summary) = event {
        let status = Self.status(summary)
        state.outcome = status == .done && state.hasLeftOut ? .partial : status
      }
      switch mode {
      case .json:
        // One write a line, so that a reader never sees half of one.
        if let row = RunEventJSON(event, at: clock.now()) {
          Report.line(JSONOutput.text(row, pretty: false))
        }
      case .none:
        if case .finished(let summary) = event, let failure = summary.error { explain(failure) }
      case .auto, .plain: tellPeople(event, &state)
      }
    }
  }

  private func tellPeople(_ event: RunEvent, _ state: inout State) {
    switch event {
    case .started: break
    case .planned(let plan):
      for conflict in plan.conflicts {
        let words = Words.conflict(conflict, restoring: kind == .restore)
        Report.trouble("[!!] \(words.message)")
        if !words.hint.isEmpty { Report.trouble("     \(words.hint)") }
      }
      for conflict in plan.leftOut {
        Report.trouble("[!] \(Words.conflict(conflict).message)")
      }
      state.hasToldConflicts = !plan.undecided.isEmpty
    case .stepStarted(let index, let count, let step):
      state.steps = (index + 1, count)
      let size = step.bytes.map { ", about \(Amount.bytes($0))" } ?? ""
      close(&state)
      Report.line(
        "[\(index + 1)/\(count)] \(Words.escaped(step.source.text)) -> "
          + "\(Words.escaped(step.target.text))  \(step.kind.word) to @\(Words.escaped(step.to.name))"
          + " (\(Amount.count(step.snapshots, "snapshot"))\(size))")
    case .progress(_, let bytes, let total, let rate, let eta):
      let now = clock.uptime()
      guard now - state.toldAt >= (isLive ? 0.25 : 10) else { return }
      state.toldAt = now
      let line = Self.progress(bytes, total, rate, eta)
      if isLive {
        Report.part("\r\u{1B}[K  " + line)
        state.lineIsOpen = true
      } else {
        Report.line("  " + line)
      }
    case .stepFinished, .stepFailed: break
    case .pruned(let side, let dataset, let snapshots):
      close(&state)
      Report.line(PruneText.done(side, dataset, snapshots))
    case .retry(let attempt, let reason, let seconds):
      close(&state)
      explain(reason)
      Report.trouble("Trying again in \(Amount.duration(seconds)) (attempt \(attempt)).")
    case .warning(let code, let subject, let detail):
      close(&state)
      Report.trouble(
        "[!] " + Words.warning(.init(code: code, subject: subject, detail: detail)).text)
    case .finished(let summary):
      close(&state)
      if let failure = summary.error, !state.hasToldConflicts { explain(failure) }
      Report.line(RunText.summary(summary, task: Words.escaped(task), kind: kind))
    }
  }

  private func close(_ state: inout State) {
    guard state.lineIsOpen else { return }
    Report.part("\r\u{1B}[K")
    state.lineIsOpen = false
  }

  private func explain(_ failure: RunFailure) {
    Report.explain(code: failure.code, subject: failure.subject, detail: failure.detail)
  }

  /// `1.2 GiB of 3.4 GiB (35 %), 85.0 MiB/s, 26 s left`
  static func progress(_ bytes: UInt64, _ total: UInt64?, _ rate: Double, _ eta: Double?) -> String
  {
    var line = Amount.bytes(bytes)
    if let total, total > 0 {
      line += " of \(Amount.bytes(total)) (\(min(100, Int(Double(bytes) / Double(total) * 100))) %)"
    }
    line += ", \(Amount.rate(rate))"
    if let eta { line += ", \(Amount.duration(eta)) left" }
    return line
  }

  static func status(_ summary: RunSummary) -> ExitStatus {
    ExitStatus(
      RunResult(
        outcome: summary.outcome.rawValue, sentBytes: summary.sentBytes,
        snapshots: summary.snapshots, seconds: summary.seconds,
        error: summary.error.map {
          Failure($0.code, subject: $0.subject, detail: $0.detail)
        }, destroyed: summary.destroyed))
  }
}
