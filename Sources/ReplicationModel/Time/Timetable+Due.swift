extension Timetable {
  /// How late a minute may be looked at and still count as on time, in seconds.
  private static let grace: Int64 = 300

  /// The newest matching minute after `mark` that may be served at `now`; nil where there is none.
  ///
  /// Minutes that were missed are one, the newest. A missed one is made up for only while the window
  /// is open: what is to run at night does not run at noon because the machine was off.
  public func due(after mark: Instant, at now: Instant, in zone: Zone) -> Instant? {
    guard let newest = runs(after: mark, through: now, in: zone).last else { return nil }
    return now - newest <= Self.grace || isOpen(at: now, in: zone) ? newest : nil
  }

  /// Whether a clock in `zone` shows a time within the window of the day.
  public func isOpen(at instant: Instant, in zone: Zone) -> Bool {
    let clock = CivilTime(instant, in: zone)
    return isOpen(clock.hour * 60 + clock.minute)
  }

  /// Whether the window holds a minute of the day.
  ///
  /// One that ends before it begins goes over midnight. One that begins as it ends is that minute
  /// alone (engine.md, B7).
  func isOpen(_ time: Int) -> Bool {
    begin <= end ? (begin...end).contains(time) : time >= begin || time <= end
  }
}
