internal import AppRuntime
internal import ReplicationEngine
internal import ReplicationModel
internal import ReplicationPlanner
internal import ZferryApp

/// Tells on standard output what the wizard's flow does without a terminal.
struct AnswersTeller: Sendable {
  let clock: any ClockPort

  @Sendable func tell(_ news: AnswersRun.News) {
    switch news {
    case .paired(let connection, let host):
      Report.line(
        "The connection \(connection.name) is set up: \(connection.username)@\(connection.host)"
          + ":\(connection.port), \(host.system), \(host.zfsVersion ?? "no zfs").")
    case .planned(let preview, let first): plan(preview, first)
    case .saved(let order):
      Report.line("Saved the task \(order.task.name).")
    case .run(let news): run(news)
    }
  }

  private func plan(_ preview: Preview, _ first: FirstRun) {
    Report.line("The first run:")
    for snapshot in first.snapshots {
      Report.line(
        "  snapshot \(Words.escaped(snapshot.dataset))@\(Words.escaped(snapshot.name))"
          + (snapshot.recursive ? " and all below" : ""))
    }
    let plan = first.snapshots.isEmpty ? preview.plan : preview.afterFirst ?? preview.plan
    for line in PlanText.lines(plan) { Report.line("  \(line)") }
  }

  private func run(_ news: RunNews) {
    switch news {
    case .takingSnapshots(let snapshots):
      Report.line("Taking \(Amount.count(snapshots.count, "snapshot")).")
    case .planned: break
    case .stepStarted(let index, let count, let step):
      Report.line(
        "[\(index + 1)/\(count)] \(Words.escaped(step.source.text)) -> "
          + "\(Words.escaped(step.target.text))  to @\(Words.escaped(step.to.name))")
    case .progress(_, let bytes, let total, let rate, let eta):
      Report.line("  " + RunTeller.progress(bytes, total, rate, eta))
    case .stepFinished(let index, let bytes):
      Report.line("  [\(index + 1)] \(Amount.bytes(bytes)) sent")
    case .stepFailed: break
    case .retry(let attempt, let failure, let seconds):
      Report.explain(code: failure.code, subject: failure.subject, detail: failure.detail)
      Report.trouble("Trying again in \(Amount.duration(seconds)) (attempt \(attempt)).")
    case .warning(let warning): Report.trouble("[!] " + Words.warning(warning).text)
    case .finished(let result):
      if let error = result.error {
        Report.explain(code: error.code, subject: error.subject, detail: error.detail)
      }
      Report.line(
        "The run ended: \(result.outcome). \(Amount.count(result.snapshots, "snapshot")), "
          + "\(Amount.bytes(result.sentBytes)) in \(Amount.duration(result.seconds)).")
    }
  }
}
