internal import ReplicationModel

/// A snapshot of a forecast: where it is, and from when to when.
struct SnapshotLife {
  let holding: RetentionForecast.Holding
  /// The moment its name tells, which lifetimes count from; else its creation.
  let time: Instant
  let isSelected: Bool
  /// When it comes to be on the source, the beginning of time for what is there now; nil where it
  /// is on the target alone.
  let made: Instant?
  /// Its place in the source's history; what is yet to be taken comes after all that is there.
  let txg: UInt64
  /// When its lifetime on the source ends; nil where nobody prunes it.
  let expires: Instant?
  /// When it comes to be on the target; nil where it never does.
  var arrives: Instant?

  static let past = Instant(.min)

  /// Whether it is on the source at a moment, were nothing kept beyond its lifetime.
  func isOnSource(at moment: Instant) -> Bool {
    guard let made, made <= moment else { return false }
    return expires.map { $0 > moment } ?? true
  }

  /// Whether it has arrived by a moment, were nothing pruned on the target.
  func isOnTarget(at moment: Instant) -> Bool { arrives.map { $0 <= moment } ?? false }

  /// Whether both sides have it, as the base must be.
  func isCommon(at moment: Instant) -> Bool { made != nil && isOnTarget(at: moment) }
}

/// A snapshot task that takes and prunes: what it names, when, and for how long.
struct SnapshotOwner {
  let task: SnapshotTask
  let table: Timetable
  private let schema: NamingSchema
  private let lifetime: Int64
  let zone: Zone

  /// Nil where it is off or cannot be read: then it takes and prunes nothing.
  init?(_ task: SnapshotTask, zone: Zone) {
    guard task.enabled, let table = try? Timetable(task.schedule),
      let schema = try? NamingSchema(task.namingSchema)
    else { return nil }
    self.task = task
    self.table = table
    self.schema = schema
    self.zone = zone
    lifetime = Lifetime(task.lifetimeValue, task.lifetimeUnit).seconds
  }

  func name(at instant: Instant) -> String { schema.name(at: instant, in: zone) }

  /// The moment of a name that is its own: it has the form, and its schedule comes at that time.
  func time(of name: String) -> Instant? {
    schema.instant(of: name, in: zone).flatMap { table.matches($0, in: zone) ? $0 : nil }
  }

  /// When a snapshot of its own has lived its time; nil for others.
  func end(of name: String) -> Instant? { time(of: name).map { $0 + lifetime } }
}
