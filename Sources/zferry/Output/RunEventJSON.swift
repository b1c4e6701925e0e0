internal import Foundation
internal import ReplicationEngine
internal import ReplicationModel
internal import ReplicationPlanner
internal import ZferryApp

/// The lines of `run --progress json`: one object each, with `event` and `time`.
struct RunEventJSON: Encodable {
  /// `{"code", "message", "hint"}`
  struct Failure: Encodable {
    var code: String
    var message: String
    var hint: String

    init(_ failure: RunFailure) {
      let words = Words.explain(
        code: failure.code, subject: failure.subject, detail: failure.detail)
      code = failure.code
      message = words.message
      hint = words.hint
    }
  }

  var event: String
  var time: String
  var task: String?
  var source: String?
  var target: String?
  var kind: String?
  var step: Int?
  var steps: Int?
  var snapshot: String?
  var bytes: UInt64?
  var bytesTotal: UInt64?
  var rate: Double?
  var etaSeconds: Double?
  var attempt: Int?
  var reason: Failure?
  var inSeconds: Double?
  var code: String?
  var subject: String?
  var detail: String?
  var message: String?
  var outcome: String?
  var sentBytes: UInt64?
  /// What packed streams took on their way.
  var packedBytes: UInt64?
  var snapshots: Int?
  var side: String?
  var dataset: String?
  /// The snapshots that were destroyed.
  var names: [String]?
  var destroyed: Int?
  var seconds: Double?
  var error: Failure?
  /// Whether `error` is written even where there is none.
  private var isLast = false

  private enum CodingKeys: String, CodingKey {
    case event, time, task, source, target, kind, step, steps, snapshot, bytes, rate, attempt
    case side, dataset, names, destroyed
    case reason, code, subject, detail, message, outcome, snapshots, seconds, error
    case bytesTotal = "bytes_total"
    case etaSeconds = "eta_seconds"
    case inSeconds = "in_seconds"
    case sentBytes = "sent_bytes"
    case packedBytes = "packed_bytes"
  }

  /// Nil for an event that the contract gives no line.
  init?(_ runEvent: RunEvent, at now: Instant) {
    time = Self.utc(now)
    switch runEvent {
    case .started(let task):
      event = "run_started"
      self.task = task
    case .planned: return nil
    case .stepStarted(let index, let of, let step):
      event = "step_started"
      self.step = index + 1
      steps = of
      source = step.source.text
      target = step.target.text
      snapshot = step.to.name
      snapshots = step.snapshots
      bytesTotal = step.bytes
      kind = step.kind.word
    case .progress(let index, let bytes, let total, let rate, let eta):
      event = "progress"
      step = index + 1
      self.bytes = bytes
      bytesTotal = total
      self.rate = rate
      etaSeconds = eta
    case .stepFinished(let index, let bytes, let packed):
      event = "step_finished"
      step = index + 1
      self.bytes = bytes
      packedBytes = packed
    case .stepFailed(let index, let bytes):
      event = "step_failed"
      step = index + 1
      self.bytes = bytes
    case .pruned(let side, let dataset, let snapshots):
      event = "pruned"
      self.side = side.rawValue
      self.dataset = dataset.text
      names = snapshots
    case .retry(let attempt, let reason, let seconds):
      event = "retry"
      self.attempt = attempt
      self.reason = Failure(reason)
      inSeconds = seconds
    case .warning(let code, let subject, let detail):
      event = "warning"
      self.code = code
      self.subject = subject
      self.detail = detail
      message = Words.explain(code: code, subject: subject, detail: detail).message
    case .finished(let summary):
      event = "run_finished"
      outcome = summary.outcome.rawValue
      sentBytes = summary.sentBytes
      packedBytes = summary.packedBytes
      snapshots = summary.snapshots
      destroyed = summary.destroyed
      seconds = summary.seconds
      error = summary.error.map(Failure.init)
      isLast = true
    }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(event, forKey: .event)
    try container.encode(time, forKey: .time)
    try container.encodeIfPresent(task, forKey: .task)
    try container.encodeIfPresent(source, forKey: .source)
    try container.encodeIfPresent(target, forKey: .target)
    try container.encodeIfPresent(kind, forKey: .kind)
    try container.encodeIfPresent(step, forKey: .step)
    try container.encodeIfPresent(steps, forKey: .steps)
    try container.encodeIfPresent(snapshot, forKey: .snapshot)
    try container.encodeIfPresent(bytes, forKey: .bytes)
    if event == "progress" {
      // The contract names these two; a reader finds them also where nothing is known.
      try container.encode(bytesTotal, forKey: .bytesTotal)
      try container.encode(etaSeconds, forKey: .etaSeconds)
    } else {
      try container.encodeIfPresent(bytesTotal, forKey: .bytesTotal)
    }
    try container.encodeIfPresent(rate, forKey: .rate)
    try container.encodeIfPresent(attempt, forKey: .attempt)
    try container.encodeIfPresent(reason, forKey: .reason)
    try container.encodeIfPresent(inSeconds, forKey: .inSeconds)
    try container.encodeIfPresent(code, forKey: .code)
    try container.encodeIfPresent(subject, forKey: .subject)
    try container.encodeIfPresent(detail, forKey: .detail)
    try container.encodeIfPresent(message, forKey: .message)
    try container.encodeIfPresent(outcome, forKey: .outcome)
    try container.encodeIfPresent(sentBytes, forKey: .sentBytes)
    try container.encodeIfPresent(packedBytes, forKey: .packedBytes)
    try container.encodeIfPresent(snapshots, forKey: .snapshots)
    try container.encodeIfPresent(side, forKey: .side)
    try container.encodeIfPresent(dataset, forKey: .dataset)
    try container.encodeIfPresent(names, forKey: .names)
    try container.encodeIfPresent(destroyed, forKey: .destroyed)
    try container.encodeIfPresent(seconds, forKey: .seconds)
    if isLast { try container.encode(error, forKey: .error) }
  }

  /// `2026-11-24T10:00:00Z`
  static func utc(_ instant: Instant) -> String {
    let time = CivilTime(instant, in: .utc)
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(time.year)-\(two(time.month))-\(two(time.day))T"
      + "\(two(time.hour)):\(two(time.minute)):\(two(time.second))Z"
  }
}
