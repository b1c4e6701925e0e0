import FormKit
import ReplicationModel

extension FieldSpec {
  static let method = FieldSpec(
    id: "schedule_method", label: "Replication Schedule",
    help: "On a schedule the copy stays up to date; once is when you start it.",
    required: true, paths: ["auto"],
    kind: .choice(
      \.wizard.choices.method, [(.schedule, "Run On a Schedule"), (.once, "Run Once")]))

  static let preset = FieldSpec(
    id: "schedule_picker", label: "Schedule",
    help: "Daily is at 00:00, weekly on Sunday at 00:00, monthly on the first at 00:00.",
    required: true, paths: ["schedule", "periodic_snapshot_tasks"],
    kind: .choice(
      \.wizard.choices.preset,
      [
        (.hourly, "Hourly"), (.daily, "Daily"), (.weekly, "Weekly"), (.monthly, "Monthly"),
        (.custom, "Custom"),
      ]),
    shown: { $0.wizard.choices.method == .schedule })

  static let cron = FieldSpec(
    id: "schedule_custom", label: "Custom Schedule",
    help: "Minute, hour, day, month, weekday: 30 2 * * mon-fri is 02:30, Mon to Fri.",
    required: true, kind: .text(\.wizard.choices.cron),
    shown: { $0.wizard.choices.method == .schedule && $0.wizard.choices.preset == .custom })

  static let begin = FieldSpec(
    id: "schedule_begin", label: "Begin",
    help: "The first time of the day it may start, as 08:00.", required: true,
    paths: ["schedule.begin"], kind: .text(\.wizard.choices.begin, refuses: Refusal.notTime),
    columns: 6, shown: { $0.wizard.choices.method == .schedule && $0.wizard.choices.hasWindow },
    isDetail: true)

  static let end = FieldSpec(
    id: "schedule_end", label: "End",
    help: "The last time of the day it may start, as 17:59. A run may end later.",
    required: true, paths: ["schedule.end"],
    kind: .text(\.wizard.choices.end, refuses: Refusal.notTime), columns: 6,
    shown: { $0.wizard.choices.method == .schedule && $0.wizard.choices.hasWindow },
    isDetail: true)

  static let readonlyOnce = FieldSpec(
    id: "readonly", label: "Make Destination Dataset Read-only?",
    help: "Nobody can change the copy by accident then, which would stop the next run.",
    paths: ["readonly"], kind: .check(\.wizard.choices.readonlyOnce),
    shown: { $0.wizard.choices.method == .once }, isDetail: true)

  static let units: [(Lifetime.Unit, String)] = [
    (.hour, "Hours"), (.day, "Days"), (.week, "Weeks"), (.month, "Months"), (.year, "Years"),
  ]

  static let sourceLifetimeValue = FieldSpec(
    id: "source_lifetime_value", label: "Source Snapshot Lifetime",
    help: "How long snapshots stay on the source: a number, and the unit below.", required: true,
    kind: .text(\.wizard.choices.sourceLifetimeValue, refuses: Refusal.notDigit), columns: 6,
    shown: { $0.wizard.choices.makesSnapshotTasks }, isDetail: true)

  static let sourceLifetimeUnit = FieldSpec(
    id: "source_lifetime_unit", label: "Unit",
    help: "The unit of the source's snapshot lifetime.", required: true,
    kind: .choice(\.wizard.choices.sourceLifetimeUnit, units),
    shown: { $0.wizard.choices.makesSnapshotTasks }, isDetail: true)

  static let retention = FieldSpec(
    id: "retention_policy", label: "Destination Snapshot Lifetime",
    help: "When old snapshots go. The newest that both sides hold always stays.",
    required: true, paths: ["retention_policy"],
    kind: .choice(
      options: { $0.retentions.map(\.1) },
      get: { state in
        state.retentions.firstIndex { $0.0 == state.wizard.choices.retention }
      }, set: { $0.wizard.choices.retention = $0.retentions[$1].0 }))

  static let lifetimeValue = FieldSpec(
    id: "lifetime_value", label: "Keep for",
    help: "How long snapshots stay on the destination: a number, and the unit below.",
    required: true, paths: ["lifetime_value", "lifetimes"],
    kind: .text(\.wizard.choices.lifetimeValue, refuses: Refusal.notDigit), columns: 6,
    shown: { $0.wizard.choices.retention == .custom })

  static let lifetimeUnit = FieldSpec(
    id: "lifetime_unit", label: "Unit",
    help: "The unit of the destination's snapshot lifetime.", required: true,
    paths: ["lifetime_unit"], kind: .choice(\.wizard.choices.lifetimeUnit, units),
    shown: { $0.wizard.choices.retention == .custom })

  static let scheduleStep: [FieldSpec] = [
    method, preset, cron, begin, end, readonlyOnce, sourceLifetimeValue, sourceLifetimeUnit,
    retention,
    lifetimeValue, lifetimeUnit,
  ]
}

extension AppState {
  /// A name that an expression matches tells no time: no lifetime can be counted from it.
  fileprivate var retentions: [(TaskDraft.Retention, String)] {
    let all: [(TaskDraft.Retention, String)] = [
      (.source, "Same as Source"), (.none, "Never Delete"), (.custom, "Custom"),
    ]
    return wizard.choices.usesRegex ? all.dropLast() : all
  }
}
