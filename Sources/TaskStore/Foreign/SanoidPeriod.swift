internal import ReplicationModel

/// One of the kinds of snapshots that sanoid takes: the last word of their names.
enum SanoidPeriod: String, CaseIterable {
  case frequently, hourly, daily, weekly, monthly, yearly

  var schema: String { "autosnap_%Y-%m-%d_%H:%M:%S_\(rawValue)" }

  /// How many of them are kept, where a sanoid.conf does not say.
  var standardCount: Int {
    switch self {
    case .frequently, .weekly, .yearly: 0
    case .hourly: 48
    case .daily: 90
    case .monthly: 6
    }
  }

  /// The parts of its time that a sanoid.conf may set, with what they are where it does not.
  var times: [(key: String, standard: Int, range: ClosedRange<Int>)] {
    let minute = ("\(rawValue)_min", 0, 0...59)
    let hour = ("\(rawValue)_hour", 0, 0...23)
    let day = ("\(rawValue)_mday", 1, 1...31)
    switch self {
    case .frequently: return [("frequent_period", 15, 1...60)]
    case .hourly: return [minute]
    case .daily: return [(minute.0, 59, minute.2), (hour.0, 23, hour.2)]
    case .weekly:
      return [(minute.0, 30, minute.2), (hour.0, 23, hour.2), ("weekly_wday", 1, 1...7)]
    case .monthly: return [minute, hour, day]
    case .yearly: return [minute, hour, day, ("yearly_mon", 1, 1...12)]
    }
  }

  /// When they are taken, from the values of `times`.
  func schedule(_ values: [Int]) -> Schedule {
    let texts = values.map(String.init)
    switch self {
    case .frequently: return Schedule.every(Int64(values[0]) * 60).schedule
    case .hourly: return Schedule(minute: texts[0])
    case .daily: return Schedule(minute: texts[0], hour: texts[1])
    case .weekly: return Schedule(minute: texts[0], hour: texts[1], dow: texts[2])
    case .monthly: return Schedule(minute: texts[0], hour: texts[1], dom: texts[2])
    case .yearly:
      return Schedule(minute: texts[0], hour: texts[1], dom: texts[2], month: texts[3])
    }
  }

  /// How long so many of them are kept: sanoid lets go of what is older than their time together.
  func lifetime(_ count: Int, minutes: Int = 15) -> Lifetime {
    switch self {
    case .frequently: Lifetime(atLeast: Int64(count) * Int64(minutes) * 60)
    case .hourly: Lifetime(count, .hour)
    case .daily: Lifetime(count, .day)
    case .weekly: Lifetime(count, .week)
    case .monthly: Lifetime(count, .month)
    case .yearly: Lifetime(count, .year)
    }
  }
}
