internal import ReplicationModel
internal import ReplicationPlanner
internal import ZferryApp

/// `conflicts --json`: one object; keys are only ever added. A row has all that `plan --json` has of
/// a conflict, and beside it what each choice does.
struct ConflictsJSON: Encodable {
  struct Row: Encodable {
    var one: ConflictCase

    private enum Key: CodingKey { case resolutions }

    func encode(to encoder: any Encoder) throws {
      try PlanJSON.ConflictRow(one.conflict).encode(to: encoder)
      var container = encoder.container(keyedBy: Key.self)
      try container.encode(one.resolutions.map(ResolutionJSON.init), forKey: .resolutions)
    }
  }
  var task: String
  var conflicts: [Row]

  init(task: String, _ cases: [ConflictCase]) {
    self.task = task
    conflicts = cases.map(Row.init)
  }
}

/// What a decision does: `resolve --dry-run --json`, and a row of `conflicts --json`.
struct ResolutionJSON: Encodable {
  struct Loses: Encodable {
    var snapshots: [PlanJSON.Moment]
    var bookmarks: [String]
    /// Null where it is not known.
    var bytes: UInt64?
    var partial_transfer: Bool

    private enum Key: CodingKey { case snapshots, bookmarks, bytes, partial_transfer }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Key.self)
      try container.encode(snapshots, forKey: .snapshots)
      try container.encode(bookmarks, forKey: .bookmarks)
      try container.encode(bytes, forKey: .bytes)
      try container.encode(partial_transfer, forKey: .partial_transfer)
    }
  }
  var by: String
  var source: String
  var target: String
  var effect: String
  var commands: [String]
  var loses: Loses
  var moves: [String]
  var aside: String?
  /// Why it is refused as things are; absent where it is not.
  var refused: String?

  init(_ resolution: Resolution) {
    by = resolution.choice.rawValue
    source = resolution.source.text
    target = resolution.target.text
    effect = Words.effect(resolution)
    commands = resolution.commands.map(\.shellText)
    loses = Loses(
      snapshots: resolution.loses.snapshots.map(PlanJSON.Moment.init),
      bookmarks: resolution.loses.bookmarks.map(\.name), bytes: resolution.loses.bytes,
      partial_transfer: resolution.loses.partial)
    moves = resolution.moves.map(\.text)
    aside = resolution.aside?.text
    refused = Words.obstacle(resolution)
  }
}
