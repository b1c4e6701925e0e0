internal import ReplicationModel

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
