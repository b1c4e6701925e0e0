import FormKit
import ReplicationModel
import ReplicationPlanner

extension ScreenSpec {
  static let run = ScreenSpec(
    view: \.runScreen, press: { $0.pressInRun($1) },
    back: { state in
      if state.run.isRunning { state.ask(.leaveRun) } else { state.leaveRun() }
      return []
    }, changing: ["run.again"])
}

extension AppState {
  var runScreen: Screen {
    var blocks: [Block] = []
    if let result = run.result { blocks += resultBlocks(result) } else { blocks += progressBlocks }
    blocks += run.warnings.map { .paragraph(Words.warning($0).text, .warning) }
    if let plan = run.plan, !plan.steps.isEmpty {
      blocks.append(.heading("Datasets"))
      blocks.append(.table(TableView(rows: stepRows(plan))))
    }
    return Screen(
      id: route.id, title: "\(run.restore == nil ? "Run" : "Restore"): \(Words.escaped(run.task))",
      purpose: run.result != nil
        ? "How the run ended."
        : run.restore == nil ? "The copy is being made." : "The data is brought back.",
      blocks: blocks, actions: runActions, focus: place.focus)
  }

  private var runActions: [Action] {
    if run.result == nil {
      return [
        Action(id: "run.leave", title: "Leave, keep running"),
        Action(
          id: "run.cancel", title: "Cancel the run",
          enabled: run.isCancelling ? .no(reason: "It is being stopped.") : .yes, danger: true),
      ]
    }
    return [
      Action(id: "run.done", title: "Done"), Action(id: "run.again", title: "Run again"),
    ]
  }

  private var progressBlocks: [Block] {
    var blocks: [Block] = []
    if run.isCancelling { blocks.append(.paragraph("Stopping…", .warning)) }
    if let retry = run.retry {
      blocks.append(
        .paragraph(
          "\(Words.explain(retry.failure).message) Attempt \(retry.attempt) follows in"
            + " \(Amount.duration(retry.seconds)).", .warning))
    }
    guard let plan = run.plan else {
      let text = run.snapshots.isEmpty ? "Looking at both sides…" : "Taking the first snapshots…"
      return blocks + [.progress(ProgressView(label: text, text: elapsed, fraction: nil))]
    }
    let total = run.total
    let fraction = total.map { $0 == 0 ? 1 : min(1, Double(run.bytes) / Double($0)) }
    blocks.append(
      .progress(
        ProgressView(label: sendingText(plan), text: progressText(total), fraction: fraction)))
    return blocks
  }

  /// `tank/data and 1 more`
  private func sendingText(_ plan: Plan) -> String {
    let sending = run.sending
    guard let first = sending.first, plan.steps.indices.contains(first) else { return "Checking…" }
    return Words.escaped(plan.steps[first].source.text)
      + (sending.count > 1 ? " and \(sending.count - 1) more" : "")
  }

  private func progressText(_ total: UInt64?) -> String {
    var parts = [Amount.bytes(run.bytes) + (total.map { " of \(Amount.bytes($0))" } ?? "")]
    if let told = run.told, told.rate > 0 {
      parts.append(Amount.rate(told.rate))
      // Where it is known when it ends, how long it took so far would only be more to send.
      if let eta = told.etaSeconds {
        return (parts + ["\(Amount.duration(eta)) left"]).joined(separator: ", ")
      }
    }
    return (parts + [elapsed]).joined(separator: ", ")
  }

  private var elapsed: String { "\(Amount.duration(Double(now - run.started))) so far" }

  private func stepRows(_ plan: Plan) -> [TableView.Row] {
    plan.steps.enumerated().map { index, step in
      let state = run.steps.indices.contains(index) ? run.steps[index] : .waiting
      let (words, tone): (String, Tone) =
        switch state {
        case .waiting: (run.result == nil ? "waits" : "not sent", .dim)
        case .sending: ("sending", .info)
        case .stopped: ("stopped in the middle", .info)
        case .done(let bytes): ("done, \(Amount.bytes(bytes))", .success)
        }
      return TableView.Row(
        id: FocusID("run.step#\(index)"), label: Words.escaped(step.source.text),
        value: "\(words) -> \(Words.escaped(step.target.text))", tone: tone)
    }
  }

  private func resultBlocks(_ result: RunResult) -> [Block] {
    var blocks: [Block] = [.paragraph(runSentence(result), result.tone)]
    if let error = result.error {
      let words = Words.explain(error)
      blocks.append(.paragraph(words.message, .error))
      if !words.hint.isEmpty { blocks.append(.paragraph(words.hint, .plain)) }
    }
    blocks.append(.paragraph(nextStep(after: result), .plain))
    return blocks
  }

  private func nextStep(after result: RunResult) -> String {
    guard let restore = run.restore, result.outcome == "done" else { return result.nextStep }
    return Words.afterRestore(restore)
  }

  /// `offsite: done. 12 snapshots, 3.4 GiB in 1 min 2 s.`
  func runSentence(_ result: RunResult) -> String {
    let sent =
      "\(Amount.count(result.snapshots, "snapshot")), \(Amount.bytes(result.sentBytes)) in"
      + " \(Amount.duration(result.seconds))."
    let name = Words.escaped(run.task)
    let gone =
      result.destroyed > 0 ? " \(Amount.count(result.destroyed, "old snapshot")) let go." : ""
    return switch result.outcome {
    case "done": "\(name): done and checked. Sent \(sent)\(gone)"
    case "nothing": "\(name): nothing to send, the copy is up to date.\(gone)"
    case "partial": "\(name): done in part. Sent \(sent)\(gone)"
    case "refused": "\(name): refused before anything was sent."
    case "cancelled": "\(name): stopped by you. Sent \(sent)"
    default: "\(name): failed. Sent \(sent)"
    }
  }
}

extension RunResult {
  var tone: Tone {
    switch outcome {
    case "done", "nothing": .success
    case "partial", "cancelled": .warning
    default: .error
    }
  }

  /// What to do after it.
  var nextStep: String {
    switch outcome {
    case "done", "nothing": "Nothing to do. A run later sends only what is new since then."
    case "partial": "Look at the warnings, mend what they name, and run it again."
    case "refused": "Nothing was changed on either side. Mend the reason, and run it again."
    case "cancelled": "What has arrived is kept. Run again goes on from there."
    default: "Mend the reason and run it again: it goes on from where it stopped."
    }
  }
}
