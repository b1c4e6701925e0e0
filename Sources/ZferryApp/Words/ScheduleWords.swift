public import ReplicationModel

extension Schedule {
  /// The same five fields, however they are written: `00` is `0`.
  func meansTheSame(as other: Schedule) -> Bool {
    guard let here = try? Timetable(Schedule(cron: cron) ?? self),
      let there = try? Timetable(Schedule(cron: other.cron) ?? other)
    else { return cron == other.cron }
    return here == there
  }

  /// `daily at 02:30`, `weekly on sun at 00:00`; the five fields where there are no short words.
  public var words: String {
    let whole = begin == "00:00" && end == "23:59"
    return Words.escaped(fieldWords + (whole ? "" : ", \(begin) to \(end)"))
  }

  private var fieldWords: String {
    guard month == "*", let minute = Int(minute) else { return "cron \(cron)" }
    let minutes = Amount.pad(minute, 2)
    guard hour != "*" else {
      guard dom == "*", dow == "*" else { return "cron \(cron)" }
      return minute == 0 ? "hourly" : "hourly at minute \(minute)"
    }
    guard let hour = Int(hour) else { return "cron \(cron)" }
    let time = "at \(Amount.pad(hour, 2)):\(minutes)"
    switch (dom, dow) {
    case ("*", "*"): return "daily \(time)"
    case ("*", _): return "weekly on \(dow) \(time)"
    case (_, "*"): return "monthly on day \(dom) \(time)"
    default: return "cron \(cron)"
    }
  }
}

extension Lifetime {
  /// `2 weeks`.
  var words: String { Amount.count(value, unit.rawValue.lowercased()) }
}

extension SnapshotTask {
  /// How long a snapshot stays, as `2 weeks`.
  public var lifetimeWords: String { Lifetime(lifetimeValue, lifetimeUnit).words }
}
