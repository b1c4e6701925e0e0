import FormKit
import ReplicationModel

extension FieldSpec {
  private static let editedPreset = FieldSpec(
    id: "schedule.preset", label: "How often",
    help: "Fills the fields below; a change there makes it Custom.",
    kind: .choice(
      options: { _ in ["Hourly", "Daily", "Weekly", "Monthly", "Custom"] },
      get: { state in
        WizardChoices.Preset.allCases.firstIndex(of: .init(state.scheduleEdit.schedule))
      },
      set: { state, index in
        guard let schedule = WizardChoices.Preset.allCases[index].schedule else { return }
        let old = state.scheduleEdit.schedule
        state.scheduleEdit.schedule = schedule
        state.scheduleEdit.schedule.begin = old.begin
        state.scheduleEdit.schedule.end = old.end
      }))

  private static func part(
    _ unit: String, _ label: String, _ help: String,
    _ path: any WritableKeyPath<AppState, String> & Sendable,
    refuses: @escaping @Sendable (Character) -> String? = Refusal.space, columns: Int = 20
  ) -> FieldSpec {
    FieldSpec(
      id: FocusID("schedule.\(unit)"), label: label, help: help, required: true,
      kind: .text(path, refuses: refuses), columns: columns)
  }

  /// The schedule editor: a preset, cron's five fields, and the window of the day.
  static let scheduleEditFields: [FieldSpec] = [
    editedPreset,
    part(
      "minute", "Minutes", "0 is on the hour; 0,30 twice an hour; */15 every quarter.",
      \.scheduleEdit.schedule.minute),
    part(
      "hour", "Hours", "* is every hour; 2 is at two; 8-18 from eight to six; */6 four times.",
      \.scheduleEdit.schedule.hour),
    part(
      "dom", "Days of Month", "* is every day; 1 the first; 1,15 both.",
      \.scheduleEdit.schedule.dom),
    part(
      "month", "Months", "* is every month; 1-6 or jan-jun the first half of the year.",
      \.scheduleEdit.schedule.month),
    part(
      "dow", "Days of Week", "* is every day; mon-fri working days; sat,sun the weekend.",
      \.scheduleEdit.schedule.dow),
    part(
      "begin", "Begin", "The first time of the day it may start, as 08:00.",
      \.scheduleEdit.schedule.begin, refuses: Refusal.notTime, columns: 6),
    part(
      "end", "End", "The last time of the day it may start; a run may end later.",
      \.scheduleEdit.schedule.end, refuses: Refusal.notTime, columns: 6),
  ]
}
