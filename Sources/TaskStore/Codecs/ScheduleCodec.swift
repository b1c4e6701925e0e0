internal import ReplicationModel

extension YAMLMapping {
  /// The five cron fields and the window of the day; what is left out has its default.
  mutating func schedule(_ key: String) -> Schedule? {
    guard var inner = mapping(key) else { return nil }
    let schedule = inner.schedule()
    absorb(inner)
    return schedule
  }

  fileprivate mutating func schedule() -> Schedule {
    var schedule = Schedule()
    schedule.minute = text("minute") ?? schedule.minute
    schedule.hour = text("hour") ?? schedule.hour
    schedule.dom = text("dom") ?? schedule.dom
    schedule.month = text("month") ?? schedule.month
    schedule.dow = text("dow") ?? schedule.dow
    schedule.begin = text("begin") ?? schedule.begin
    schedule.end = text("end") ?? schedule.end
    return schedule
  }

  mutating func scheduledLifetimes(_ key: String) -> [ScheduledLifetime]? {
    guard let rows = mappings(key) else { return nil }
    return rows.map { row in
      var row = row
      let lifetime = ScheduledLifetime(
        schedule: row.schedule("schedule") ?? Schedule(),
        lifetimeValue: row.int("lifetime_value"),
        lifetimeUnit: row.choice("lifetime_unit", Lifetime.Unit.self))
      absorb(row)
      return lifetime
    }
  }
}

extension YAMLWriter {
  mutating func schedule(_ key: String, _ schedule: Schedule?) {
    guard let schedule else { return }
    var inner = YAMLWriter()
    inner.text("minute", schedule.minute)
    inner.text("hour", schedule.hour)
    inner.text("dom", schedule.dom)
    inner.text("month", schedule.month)
    inner.text("dow", schedule.dow)
    inner.text("begin", schedule.begin)
    inner.text("end", schedule.end)
    mapping(key, inner)
  }

  mutating func scheduledLifetimes(_ key: String, _ lifetimes: [ScheduledLifetime]) {
    mappings(
      key,
      lifetimes.map { lifetime in
        var row = YAMLWriter()
        row.schedule("schedule", lifetime.schedule)
        row.int("lifetime_value", lifetime.lifetimeValue)
        row.text("lifetime_unit", lifetime.lifetimeUnit?.rawValue)
        return row
      })
  }
}
