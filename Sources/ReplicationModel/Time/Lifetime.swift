/// How long a snapshot is kept: a number and a unit, TrueNAS' `lifetime_value` and `lifetime_unit`.
public struct Lifetime: Hashable, Sendable {
  /// Units of a lifetime; months and years by the calendar.
  public enum Unit: String, CaseIterable, Sendable {
    case hour = "HOUR"
    case day = "DAY"
    case week = "WEEK"
    case month = "MONTH"
    case year = "YEAR"

    /// A month counts 30 days and a year 365 (engine.md 1.3).
    public var seconds: Int64 {
      switch self {
      case .hour: 3_600
      case .day: 86_400
      case .week: 7 * 86_400
      case .month: 30 * 86_400
      case .year: 365 * 86_400
      }
    }
  }

  public var value: Int
  public var unit: Unit

  public init(_ value: Int, _ unit: Unit) {
    self.value = value
    self.unit = unit
  }

  public var seconds: Int64 { Int64(value) * unit.seconds }
}

/// A further, longer lifetime for the snapshots whose time matches a schedule.
public struct ScheduledLifetime: Hashable, Sendable {
  public var schedule: Schedule
  public var lifetimeValue: Int?
  public var lifetimeUnit: Lifetime.Unit?

  public init(schedule: Schedule, lifetimeValue: Int?, lifetimeUnit: Lifetime.Unit?) {
    self.schedule = schedule
    self.lifetimeValue = lifetimeValue
    self.lifetimeUnit = lifetimeUnit
  }
}
