import FormKit
import ReplicationModel

extension FieldSpec {
  /// A schedule: how often, and where there is one, its times and its window.
  static func schedule(
    _ field: TaskField, _ path: any WritableKeyPath<AppState, ScheduleText> & Sendable
  ) -> [FieldSpec] {
    let names = ["Off", "Hourly", "Daily", "Weekly", "Monthly", "Custom"]
    let presets: [WizardChoices.Preset?] = [nil] + WizardChoices.Preset.allCases
    func part(
      _ name: String, _ label: String, _ help: String, paths: [String], columns: Int?,
      _ text: any WritableKeyPath<ScheduleText, String> & Sendable,
      refuses: @escaping @Sendable (Character) -> String?,
      shown: @escaping @Sendable (ScheduleText) -> Bool
    ) -> FieldSpec {
      FieldSpec(
        id: FocusID("advanced.\(field.rawValue).\(name)"), label: label, help: help,
        required: true, paths: paths.map { "\(field.rawValue).\($0)" } + [field.rawValue],
        kind: .text(
          get: { $0[keyPath: path][keyPath: text] }, set: { $0[keyPath: path][keyPath: text] = $1 },
          secret: false, refuses: refuses), columns: columns,
        shown: { shown($0[keyPath: path]) }, off: { $0.advancedOff(field) })
    }
    return [
      advanced(
        field,
        .choice(
          options: { _ in names }, get: { presets.firstIndex(of: $0[keyPath: path].preset) },
          set: { $0[keyPath: path].preset = presets[$1] })),
      part(
        "cron", "Custom Schedule", FieldSpec.cron.help,
        paths: CronUnit.allCases.map(\.rawValue), columns: nil, \.cron, refuses: { _ in nil },
        shown: { $0.preset == .custom }),
      part(
        "begin", "Begin", "The first time of the day it may start, as 08:00.", paths: ["begin"],
        columns: 6, \.begin, refuses: Refusal.notTime, shown: { $0.preset != nil }),
      part(
        "end", "End", "The last time of the day it may start, as 17:59. A run may end later.",
        paths: ["end"], columns: 6, \.end, refuses: Refusal.notTime, shown: { $0.preset != nil }),
      FieldSpec(
        id: FocusID("advanced.\(field.rawValue).editor"), label: "Schedule Editor",
        help: "Minutes, hours and days one by one, and a calendar of the runs.",
        paths: [field.rawValue],
        kind: .opener(
          value: { $0[keyPath: path].words },
          open: { state in
            state.openScheduleEditor(state[keyPath: path].schedule ?? .daily, for: .advanced(field))
            return []
          }), shown: { $0[keyPath: path].preset != nil }, off: { $0.advancedOff(field) }),
    ]
  }

  static let advancedRetention: [FieldSpec] = [
    advanced(
      .retentionPolicy,
      .choice(
        options: { _ in ["Same as Source", "Never Delete", "Custom"] },
        get: { policies.firstIndex(of: $0.advanced.form.base.retentionPolicy) },
        set: { state, index in
          state.advanced.form.base.retentionPolicy = policies[index]
          guard policies[index] == .custom, state.advanced.raw.lifetimeValue == nil else { return }
          // As the wizard begins.
          state.advanced.form.texts[.lifetimeValue] = WizardChoices().lifetimeValue
          state.advanced.form.base.lifetimeUnit = WizardChoices().lifetimeUnit
        }), required: true),
    advanced(.lifetimeValue, .number(.lifetimeValue), columns: 6),
    advanced(
      .lifetimeUnit,
      .choice(
        \.advanced.form.base.lifetimeUnit, units.map { (Lifetime.Unit?.some($0.0), $0.1) })),
    advanced(.lifetimes, .typed(.lifetimes)),
  ]

  private static let policies: [TaskDraft.Retention] = [.source, .none, .custom]

  static let advancedSchedule: [FieldSpec] =
    [advanced(.auto, .check(\.advanced.form.base.auto))]
    + schedule(.schedule, \.advanced.form.schedule)
    + [advanced(.onlyMatchingSchedule, .check(\.advanced.form.base.onlyMatchingSchedule))]
}
