import FormKit
import ReplicationModel

/// A schedule while it is edited field by field, for whichever form asked.
struct ScheduleEdit: Hashable, Sendable {
  /// Who gets it when it is done.
  enum Owner: Hashable, Sendable {
    case wizard
    /// A schedule of the advanced screen.
    case advanced(TaskField)
    case snapshotTask
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
  var schedule: Schedule? { SchedulePreset(rawValue: rawValue)?.schedule }

  /// The preset that a schedule means, whatever its window; `custom` where it means none.
  init(_ schedule: Schedule) {
    let wholeDay = Schedule(cron: schedule.cron) ?? schedule
    self = SchedulePreset(wholeDay).flatMap { Self(rawValue: $0.rawValue) } ?? .custom
  }
}
