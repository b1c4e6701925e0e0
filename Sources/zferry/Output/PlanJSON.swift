internal import ReplicationModel
internal import ReplicationPlanner
internal import ZferryApp

/// `plan --json`: one object; keys are only ever added.
struct PlanJSON: Encodable {
  struct Point: Encodable {
    var name: String
    var guid: String
    var type: String?
  }
  struct StepRow: Encodable {
    var source: String
    var target: String
    var kind: String
    var from: Point?
    var to: Point
    var snapshots: Int
    var bytes: UInt64?
    var raw: Bool
    var commands: [String]

    private enum Key: CodingKey {
      case source, target, kind, from, to, snapshots, bytes, raw, commands
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Key.self)
      try container.encode(source, forKey: .source)
      try container.encode(target, forKey: .target)
      try container.encode(kind, forKey: .kind)
      // Null where there is none: the contract names the key.
      try container.encode(from, forKey: .from)
      try container.encode(to, forKey: .to)
      try container.encode(snapshots, forKey: .snapshots)
      try container.encode(bytes, forKey: .bytes)
      try container.encode(raw, forKey: .raw)
      try container.encode(commands, forKey: .commands)
    }
  }
  struct RollbackRow: Encodable {
    var target: String
    var to: Point
    var loses: [Point]
  }
  struct Moment: Encodable {
    var name: String
    var guid: String
    var createtxg: UInt64
    var creation: Int64
  }
  struct ConflictRow: Encodable {
    var source: String
    var target: String
    var code: String
    var detail: String
    var choices: [String]
    var message: String
    var hint: String
    var base: Moment?
    var source_timeline: [Moment]
    var target_timeline: [Moment]
  }
  struct MoveRow: Encodable {
    var target: String
    var to: String
    /// Datasets below it, which go with it.
    var moves: [String]

    init(_ move: Move) {
      target = move.from.text
      to = move.to.text
      moves = move.below.map(\.text)
    }
  }
  struct KeyRow: Encodable {
    var datasets: [String]
    var format: String
    var location: String?

    init(_ keys: KeyDelivery) {
      datasets = keys.roots.map(\.text)
      format = keys.key.format.rawValue
      location = keys.key.location
    }
  }
  struct ReplacementRow: Encodable {
    var target: String
    var beside: String
    var destroys: [String]

    init(_ replacement: Replacement) {
      target = replacement.target.text
      beside = replacement.standIn.text
      destroys = replacement.destroys
    }
  }
  struct WarningRow: Encodable {
    var code: String
    var subject: String
    var message: String
  }

  private let plan: Plan

  init(_ plan: Plan) { self.plan = plan }

  private enum Key: String, CodingKey {
    case task, direction, steps, creates, destroys, prunes, rollbacks, conflicts, warnings, bytes,
      discards,
      seals, asides, renames, replaces, key, unlocks
    case isUpToDate = "up_to_date"
    case leftOut = "left_out"
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(plan.task, forKey: .task)
    try container.encode(plan.direction.rawValue, forKey: .direction)
    try container.encode(plan.steps.map(StepRow.init), forKey: .steps)
    try container.encode(plan.arrivals.map(\.text), forKey: .creates)
    try container.encode(plan.destroys, forKey: .destroys)
    try container.encode(
      plan.conflicts.isEmpty ? PruneJSON.Fate.all(plan.retention) { $0 == .goes } : [],
      forKey: .prunes)
    try container.encode(plan.discards.map(\.text), forKey: .discards)
    try container.encode(plan.seals.map(\.close.shellText), forKey: .seals)
    try container.encode(plan.asides.map(MoveRow.init), forKey: .asides)
    try container.encode(plan.renames.map(MoveRow.init), forKey: .renames)
    try container.encode(
      plan.keys.flatMap { $0.isNeeded ? KeyRow($0) : nil }, forKey: .key)
    try container.encode(plan.unlocks.map(\.root.text), forKey: .unlocks)
    try container.encode(plan.replacements.map(ReplacementRow.init), forKey: .replaces)
    try container.encode(
      plan.rollbacks.map {
        RollbackRow(
          target: $0.target.text, to: Point($0.to), loses: $0.loses.map { Point($0) })
      }, forKey: .rollbacks)
    try container.encode(plan.conflicts.map(ConflictRow.init), forKey: .conflicts)
    try container.encode(plan.leftOut.map(ConflictRow.init), forKey: .leftOut)
    try container.encode(
      plan.warnings.map {
        WarningRow(code: $0.code, subject: $0.subject, message: Words.warning($0).text)
      }, forKey: .warnings)
    try container.encode(plan.isUpToDate, forKey: .isUpToDate)
    try container.encode(plan.bytes, forKey: .bytes)
  }
}

extension PlanJSON.Point {
  init(_ snapshot: Snapshot) {
    self.init(name: snapshot.name, guid: "\(snapshot.guid.value)", type: nil)
  }
}

extension PlanJSON.Moment {
  init(_ snapshot: Snapshot) {
    self.init(
      name: snapshot.name, guid: "\(snapshot.guid.value)", createtxg: snapshot.createtxg,
      creation: snapshot.creation.seconds)
  }
}

extension PlanJSON.StepRow {
  init(_ step: Step) {
    let from = step.from.map {
      PlanJSON.Point(name: $0.name, guid: "\($0.guid.value)", type: $0.origin.rawValue)
    }
    self.init(
      source: step.source.text, target: step.target.text, kind: step.kind.word, from: from,
      to: PlanJSON.Point(step.to), snapshots: step.snapshots, bytes: step.bytes, raw: step.raw,
      commands: [step.send.shellText, step.receive.shellText])
  }
}

extension PlanJSON.ConflictRow {
  init(_ conflict: Conflict) {
    let words = Words.conflict(conflict)
    self.init(
      source: conflict.source.text, target: conflict.target.text, code: conflict.code.rawValue,
      detail: conflict.detail, choices: conflict.choices.map(\.rawValue), message: words.message,
      hint: words.hint, base: conflict.base.map(PlanJSON.Moment.init),
      source_timeline: conflict.sourceTimeline.map(PlanJSON.Moment.init),
      target_timeline: conflict.targetTimeline.map(PlanJSON.Moment.init))
  }
}

extension Step.Kind {
  /// The word of the contract: `full`, `incremental`, `resume`.
  var word: String {
    switch self {
    case .full: "full"
    case .incremental: "incremental"
    case .resume: "resume"
    }
  }
}
