internal import ReplicationModel

/// Tells which of a task's schemas names a snapshot, and the time that it reads out of the name.
struct NameTimes {
  enum Reading {
    case none
    /// The number of the schema, and the time.
    case one(Int, Instant)
    case ambiguous
  }
  private let schemas: [NamingSchema]
  private let matches: ((String) -> Bool)?
  private let zone: Zone

  init(_ selection: SnapshotSelection, zone: Zone) {
    self.zone = zone
    // What a schedule no longer selects was copied before it was set, and grows old all the same.
    if case .schemas(let schemas, _) = selection {
      var seen: Set<NamingSchema> = []
      self.schemas = schemas.filter { seen.insert($0).inserted }
      matches = nil
    } else {
      schemas = []
      matches = selection.matcher(zone: zone)
    }
  }

  /// How many groups there are, of each of which the newest stays.
  var groups: Int { matches == nil ? schemas.count : 1 }

  /// Without schemas the name tells no time, and the creation counts.
  func read(_ snapshot: Snapshot) -> Reading {
    if let matches { return matches(snapshot.name) ? .one(0, snapshot.creation) : .none }
    var found: (group: Int, time: Instant)?
    for (group, schema) in schemas.enumerated() {
      guard let time = schema.instant(of: snapshot.name, in: zone) else { continue }
      if let found, found.time != time { return .ambiguous }
      if found == nil { found = (group, time) }
    }
    return found.map { .one($0.group, $0.time) } ?? .none
  }
}
