internal import ReplicationModel
internal import ReplicationPlanner

/// What the log of a run keeps of its events: facts and codes, one line each.
///
/// Progress is left out: it comes four times a second, and the end of a step has the sum.
enum RunLine {
  /// The lines for an event, in the order they are read.
  static func lines(_ event: RunEvent) -> [String] {
    switch event {
    case .started(let task): ["run of \(task) started"]
    case .planned(let plan): planned(plan)
    case .stepStarted(let index, let count, let step):
      ["step \(index + 1) of \(count) started: \(words(step))"]
    case .progress: []
    case .stepFinished(let index, let bytes, let packed):
      [
        "step \(index + 1) sent \(Amount.bytes(bytes)) (\(bytes) bytes)"
          + (packed.map { ", packed into \(Amount.bytes($0)) (\($0) bytes)" } ?? "")
      ]
    case .stepFailed(let index, let bytes):
      ["step \(index + 1) ended early, after \(Amount.bytes(bytes)) (\(bytes) bytes)"]
    case .pruned(let side, let dataset, let snapshots):
      ["\(Amount.count(snapshots.count, "snapshot")) of \(dataset) on the \(side.rawValue) let go"]
    case .retry(let attempt, let reason, let seconds):
      ["attempt \(attempt) in \(Amount.duration(seconds)), because of \(words(reason))"]
    case .warning(let code, let subject, let detail):
      ["warning \(words(RunFailure(code: code, subject: subject, detail: detail)))"]
    case .finished(let summary): [words(summary)]
    }
  }

  private static func planned(_ plan: Plan) -> [String] {
    let size = plan.bytes.map { ", about \(Amount.bytes($0))" } ?? ""
    let conflicts = plan.undecided.map { conflict in
      "in the way: "
        + words(
          RunFailure(
            code: conflict.code.rawValue, subject: conflict.target.text, detail: conflict.detail))
    }
    let leftOut = plan.leftOut.map { "left out, with all below it: \($0.source)" }
    return ["planned \(Amount.count(plan.steps.count, "step"))\(size)"] + conflicts + leftOut
  }

  private static func words(_ step: Step) -> String {
    let kind =
      switch step.kind {
      case .full: "full"
      case .incremental: "incremental"
      case .resume: "resumed"
      }
    let base = step.from.map { "from \($0.origin.rawValue) \($0.name) " } ?? ""
    let size = step.bytes.map { ", about \(Amount.bytes($0))" } ?? ""
    return "\(kind), \(step.source) to \(step.target), \(base)up to \(step.to.name), "
      + Amount.count(step.snapshots, "snapshot") + size
  }

  private static func words(_ summary: RunSummary) -> String {
    let reason = summary.error.map { ", because of \(words($0))" } ?? ""
    return
      "run ended: \(summary.outcome.rawValue), \(Amount.count(summary.snapshots, "snapshot")), "
      + (summary.destroyed > 0 ? "\(summary.destroyed) let go, " : "")
      + "\(Amount.bytes(summary.sentBytes)) in \(Amount.duration(summary.seconds))\(reason)"
  }

  /// The code in brackets leads to the sentence in the message catalogue.
  private static func words(_ failure: RunFailure) -> String {
    let parts = [failure.subject, failure.detail].filter { !$0.isEmpty }
    return "[\(failure.code)] " + parts.joined(separator: ": ")
  }
}
