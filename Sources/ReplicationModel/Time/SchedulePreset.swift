/// The schedules that have a name: the entries of a schedule field besides one of one's own.
public enum SchedulePreset: String, CaseIterable, Sendable {
  case hourly, daily, weekly, monthly

  public var schedule: Schedule {
    switch self {
    case .hourly: .hourly
    case .daily: .daily
    case .weekly: .weekly
    case .monthly: .monthly
    }
  }

  /// The preset that means the same as a schedule, however that is written; nil where none does.
  public init?(_ schedule: Schedule) {
    guard let table = try? Timetable(schedule),
      let preset = Self.allCases.first(where: { (try? Timetable($0.schedule)) == table })
    else { return nil }
    self = preset
  }
}
