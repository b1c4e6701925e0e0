import FormKit
import ReplicationModel

extension FieldSpec {
  /// A field of the form of a snapshot task: its name and help are the model's.
  private static func snapshots(
    _ field: SnapshotTaskField, id: FocusID? = nil, label: String? = nil, required: Bool = true,
    help: String? = nil, kind: Kind, columns: Int? = nil,
    shown: @escaping @Sendable (AppState) -> Bool = { _ in true },
    off: @escaping @Sendable (AppState) -> String? = { _ in nil }
  ) -> FieldSpec {
    FieldSpec(
      id: id ?? FocusID("snap.\(field.rawValue)"), label: label ?? field.label,
      help: help ?? field.help, required: required,
      paths: ["snapshot_task.\(field.rawValue)", field.rawValue], kind: kind,
      columns: columns, shown: shown, off: off)
  }

  static let snapshotTaskForm: [FieldSpec] = [
    snapshots(
      .dataset, help: "The dataset that is snapshotted, chosen from a list.",
      kind: .opener(
        value: { $0.management.snapshotTask.task.dataset },
        open: { $0.openBrowser(.snapshotTask) })),
    snapshots(
      .name,
      kind: .text(
        get: { $0.management.snapshotTask.task.name },
        set: { state, text in
          state.management.snapshotTask.task.name = text
          state.management.snapshotTask.nameIsTyped = !text.isEmpty
        }, secret: false, refuses: Refusal.notFileName),
      off: { state in
        guard let was = state.management.snapshotTask.was else { return nil }
        let users = state.library.tasks(boundTo: was).map(\.name)
        return users.isEmpty ? nil : "Fixed: \(Words.names(users)) knows it by this name."
      }),
    snapshots(
      .recursive, required: false, kind: .check(\.management.snapshotTask.task.recursive)),
    snapshots(
      .exclude, required: false,
      help: "Datasets below that get no snapshot, with commas between them.",
      kind: .text(\.management.snapshotTask.exclude),
      off: { state in
        let task = state.management.snapshotTask
        return task.task.recursive || !task.exclude.isEmpty
          ? nil : "Off: without Recursive nothing below is snapshotted."
      }),
    snapshots(
      .schedule, id: "snap.preset",
      help: "Daily is at 00:00, weekly on Sunday at 00:00, monthly on the first at 00:00.",
      kind: .choice(
        \.management.snapshotTask.preset,
        [
          (.hourly, "Hourly"), (.daily, "Daily"), (.weekly, "Weekly"), (.monthly, "Monthly"),
          (.custom, "Custom"),
        ])),
    snapshots(
      .schedule, id: "snap.cron", label: "Custom Schedule",
      help: "Minute, hour, day, month, weekday. 30 2 * * mon-fri is 02:30 on working days.",
      kind: .text(\.management.snapshotTask.cron),
      shown: { $0.management.snapshotTask.preset == .custom }),
    window(id: "snap.begin", label: "From", \.management.snapshotTask.task.schedule.begin),
    window(id: "snap.end", label: "Until", \.management.snapshotTask.task.schedule.end),
    snapshots(
      .lifetimeValue, kind: .text(\.management.snapshotTask.lifetime, refuses: Refusal.notDigit),
      columns: 6),
    snapshots(
      .lifetimeUnit, help: "The unit of the lifetime.",
      kind: .choice(\.management.snapshotTask.task.lifetimeUnit, units)),
    snapshots(.namingSchema, kind: .text(\.management.snapshotTask.task.namingSchema)),
    snapshots(
      .allowEmpty, required: false, kind: .check(\.management.snapshotTask.task.allowEmpty)),
    snapshots(
      .enabled, required: false, kind: .check(\.management.snapshotTask.task.enabled),
      off: { state in
        guard let was = state.management.snapshotTask.was else { return nil }
        return state.needed(snapshotTask: was)
      }),
  ]

  /// One end of the window of the day in which it runs.
  private static func window(id: FocusID, label: String, _ path: Kind.Text) -> FieldSpec {
    snapshots(
      .schedule, id: id, label: label,
      help: "It runs in this part of the day only, as from 08:00 until 18:00.",
      kind: .text(path), columns: 6,
      shown: { [.hourly, .custom].contains($0.management.snapshotTask.preset) })
  }
}

extension AppState {
  /// What is wrong with the snapshot task that is edited.
  var snapshotTaskFindings: [Finding] {
    let form = management.snapshotTask
    let task = form.composed
    var findings = SnapshotTaskRules.findings(for: task)
    if task.name != form.was, library.snapshotTasks.contains(where: { $0.name == task.name }) {
      findings.append(
        Finding(
          "name", code: "name.taken",
          "\(SnapshotTaskField.name.label) is taken: a snapshot task"
            + " \(Words.escaped(task.name)) exists. Choose another."))
    }
    if form.chosenSchedule == nil {
      findings.append(
        Finding(
          "schedule", code: "schedule.fields",
          "Custom Schedule needs five fields: minute, hour, day, month and weekday."))
    }
    return findings
  }

  /// Why a snapshot task has to stay on, or nil: an enabled task would wait for its snapshots.
  func needed(snapshotTask name: String) -> String? {
    let users = library.tasks(boundTo: name).filter(\.enabled).map(\.name)
    return users.isEmpty
      ? nil : "\(Words.names(users)) sends its snapshots. Disable that first."
  }
}
