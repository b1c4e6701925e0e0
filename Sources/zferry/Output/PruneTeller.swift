internal import ReplicationEngine
internal import ReplicationModel
internal import ReplicationPlanner
internal import Synchronization
internal import ZferryApp

/// Tells what `prune` lets go, as it goes on for people, or at its end for programs.
final class PruneTeller: Sendable {
  private struct State {
    var plan: Plan?
    var destroyed: [PruneDoneJSON.Gone] = []
    var troubles: [RunEventJSON.Failure] = []
  }
  private let task: String
  private let json: Bool
  private let state = Mutex(State())

  init(task: String, json: Bool) {
    self.task = task
    self.json = json
  }

  /// What was shown; nil before that.
  var plan: Plan? { state.withLock { $0.plan } }

  func show(_ plan: Plan) {
    state.withLock { $0.plan = plan }
    if !json { for line in PruneText.lines(plan) { Report.line(line) } }
  }

  /// Shows what would go of snapshots that no task copies; only that where nothing is to be done.
  func show(_ plan: RetentionPlan, dryRun: Bool) {
    if !json {
      for line in PruneText.lines(plan) { Report.line(line) }
    } else if dryRun {
      Report.line(JSONOutput.text(PruneDoneJSON(task: task, retention: plan, dryRun: true)))
    }
  }

  /// What `snapshot-task prune --json` says at its end.
  func end(_ plan: RetentionPlan) {
    guard json else { return }
    let (destroyed, troubles) = state.withLock { ($0.destroyed, $0.troubles) }
    Report.line(
      JSONOutput.text(
        PruneDoneJSON(task: task, retention: plan, destroyed: destroyed, warnings: troubles)))
  }

  func tell(_ event: RunEvent) {
    switch event {
    case .pruned(let side, let dataset, let names):
      state.withLock { state in
        state.destroyed += names.map {
          .init(side: side.rawValue, dataset: dataset.text, name: $0)
        }
      }
      if !json { Report.line(PruneText.done(side, dataset, names)) }
    case .warning(let code, let subject, let detail):
      let failure = RunFailure(code: code, subject: subject, detail: detail)
      state.withLock { $0.troubles.append(.init(failure)) }
      if !json {
        Report.trouble(
          "[!] " + Words.warning(.init(code: code, subject: subject, detail: detail)).text)
      }
    default: break
    }
  }

  /// The last words, and what they mean for the caller; nil where nothing was to go.
  func end(_ summary: RunSummary?) -> ExitStatus {
    if json {
      let (destroyed, troubles) = state.withLock { ($0.destroyed, $0.troubles) }
      Report.line(
        JSONOutput.text(
          PruneDoneJSON(task: task, plan: plan, destroyed: destroyed, warnings: troubles)))
    }
    guard let summary else {
      if !json { Report.line("\(Words.escaped(task)): nothing is to go.") }
      return plan?.retention.refused.isEmpty == false
        ? .refused : plan?.undecided.isEmpty == false ? .partial : .done
    }
    if !json { Report.line(RunText.summary(summary, task: Words.escaped(task))) }
    return RunTeller.status(summary)
  }
}

/// `prune --json`: one object at the end; keys are only ever added.
struct PruneDoneJSON: Encodable {
  /// A snapshot that was destroyed.
  struct Gone: Encodable {
    var side: String
    var dataset: String
    var name: String
  }
  var task: String
  var dry_run = false
  /// What was listed before the first of them went.
  var destroys: [PruneJSON.Fate]
  var keeps: [PruneJSON.Fate]
  var destroyed: [Gone]
  var warnings: [RunEventJSON.Failure]

  init(task: String, plan: Plan?, destroyed: [Gone], warnings: [RunEventJSON.Failure]) {
    self.init(
      task: task, retention: plan?.retention ?? RetentionPlan(), destroyed: destroyed,
      warnings: warnings)
  }

  init(
    task: String, retention: RetentionPlan, dryRun: Bool = false, destroyed: [Gone] = [],
    warnings: [RunEventJSON.Failure] = []
  ) {
    self.task = task
    dry_run = dryRun
    destroys = PruneJSON.Fate.all(retention) { $0 == .goes }
    keeps = PruneJSON.Fate.all(retention) { $0 != .goes }
    self.destroyed = destroyed
    self.warnings = warnings
  }
}
