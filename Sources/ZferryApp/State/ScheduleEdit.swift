import FormKit
import ReplicationModel

/// A schedule while it is edited field by field, for whichever form asked.
struct ScheduleEdit: Hashable, Sendable {
  /// Who gets it when it is done.
  enum Owner: Hashable, Sendable {
    case wizard
  }
  var owner = Owner.wizard
  var schedule = Schedule.daily
  /// Fields that were left once.
  var isTouched = false
  /// Months from the present one that the calendar is turned by.
  var turned = 0

  /// Why a field cannot be read, or nil.
  func problem(of field: FocusID) -> String? {
    do {
      _ = try Timetable(schedule)
      return nil
    } catch {
      return "schedule.\(error.field)" == field.text ? error.words : nil
    }
  }
}

extension WizardChoices.Preset {
  /// The schedule of this name; nil for `custom`.
  var schedule: Schedule? {
    switch self {
    case .hourly: .hourly
    case .daily: .daily
    case .weekly: .weekly
    case .monthly: .monthly
    case .custom: nil
    }
  }

  /// The preset that a schedule is, whatever its window; `custom` where it is none.
  init(_ schedule: Schedule) {
    self = Self.allCases.first { $0.schedule?.cron == schedule.cron } ?? .custom
  }
}
