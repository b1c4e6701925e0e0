internal import ReplicationEngine
internal import ReplicationModel
internal import ZferryApp

/// Runs and their numbers, for people.
enum RunText {
  /// `2026-11-24 10:05` by the clock on the wall.
  static func time(_ instant: Instant, zone: Zone) -> String {
    let time = CivilTime(instant, in: zone)
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(time.year)-\(two(time.month))-\(two(time.day)) \(two(time.hour)):\(two(time.minute))"
  }

  static func duration(_ seconds: Double) -> String { Amount.duration(seconds) }

  static func bytes(_ count: UInt64) -> String { Amount.bytes(count) }

  /// One run of the history.
  static func line(_ run: RunRecord, zone: Zone) -> String {
    let mark = run.kind == .run ? "" : "\(run.kind.rawValue) "
    let started = "\(time(run.started, zone: zone))  \(mark)"
    guard let summary = run.summary else {
      return
        "\(started)\(run.isRunning ? "running" : "ended without a word: its process was killed")"
    }
    var line =
      "\(started)\(summary.outcome.rawValue)  \(bytes(summary.sentBytes)) in "
      + "\(duration(summary.seconds)), \(Amount.count(summary.snapshots, "snapshot"))"
    if let error = summary.error {
      line +=
        "  "
        + Words.explain(code: error.code, subject: error.subject, detail: error.detail).message
    }
    return line
  }

  /// What a run came to, with the next step.
  static func summary(_ summary: RunSummary, task: String, kind: RunKind = .run) -> String {
    let next = kind == .restore ? "The same restore" : "The next run"
    let sent =
      "\(Amount.count(summary.snapshots, "snapshot")), \(bytes(summary.sentBytes)) in "
      + duration(summary.seconds)
      + (summary.packedBytes.map { ", packed into \(bytes($0))" } ?? "")
    let gone =
      summary.destroyed > 0
      ? " \(Amount.count(summary.destroyed, "old snapshot")) let go." : ""
    return switch summary.outcome {
    case .done: "\(task): done. Sent and verified \(sent).\(gone)"
    case .nothing: "\(task): nothing to send; the destination has all of it.\(gone)"
    case .partial: "\(task): finished in part. Sent and verified \(sent).\(gone)"
    case .pruned: "\(task): \(Amount.count(summary.destroyed, "snapshot")) let go."
    case .failed: "\(task): failed after \(sent). \(next) goes on where this one ended."
    case .refused: "\(task): refused. Nothing was changed on either side."
    case .cancelled: "\(task): stopped after \(sent). \(next) goes on where this one ended."
    }
  }
}
