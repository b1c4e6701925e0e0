import FormKit
import ReplicationModel

extension ScreenSpec {
  static let schedule = ScreenSpec(
    view: \.scheduleScreen, fields: { _ in FieldSpec.scheduleEditFields },
    note: { state, field in
      state.scheduleEdit.problem(of: field.id).map { Note(.error, "\(field.label): \($0).") }
    }, press: { $0.pressInSchedule($1) })

  static let calendar = ScreenSpec(
    view: \.calendarScreen, press: { $0.pressInCalendar($1) })
}

extension AppState {
  var scheduleScreen: Screen {
    var blocks = FieldSpec.scheduleEditFields.map { Block.field(fieldView($0)) }
    blocks += scheduleWords(scheduleEdit.schedule)
    return Screen(
      id: route.id, title: "Schedule editor", purpose: "When it happens, field by field.",
      blocks: blocks,
      actions: [
        Action(id: "schedule.done", title: "Use it"),
        Action(
          id: "schedule.calendar", title: "Calendar",
          enabled: (try? Timetable(scheduleEdit.schedule)) == nil
            ? .no(reason: "A field cannot be read; mend it first.") : .yes),
        Action(id: "schedule.back", title: "Back"),
      ], status: StatusLine(field(place.focus)?.help ?? ""), focus: place.focus)
  }

  /// The schedule as a sentence, and when it comes next.
  func scheduleWords(_ schedule: Schedule) -> [Block] {
    guard let timetable = try? Timetable(schedule) else { return [] }
    let next = timetable.nextRuns(after: now, count: 1, in: zone.zone).first
    let when =
      next.map { "Next: \(Amount.time(CivilTime($0, in: zone.zone))) (\(zone.zone.name))." }
      ?? "It never comes: no such day exists."
    return [
      .paragraph("\(CronWords.words(timetable)). \(when)", next == nil ? .warning : .dim)
    ]
  }

  mutating func openScheduleEditor(_ schedule: Schedule, for owner: ScheduleEdit.Owner) {
    scheduleEdit = ScheduleEdit(owner: owner, schedule: schedule)
    push(.schedule)
  }

  mutating func pressInSchedule(_ id: FocusID) -> [Effect] {
    switch id {
    case "schedule.calendar":
      scheduleEdit.turned = 0
      push(.calendar)
      return []
    case "schedule.done": return useSchedule()
    default: return goBack()
    }
  }

  private mutating func useSchedule() -> [Effect] {
    for field in FieldSpec.scheduleEditFields {
      guard let problem = scheduleEdit.problem(of: field.id) else { continue }
      setFocus(field.id)
      notice = Note(.error, "\(field.label): \(problem).")
      return []
    }
    let schedule = scheduleEdit.schedule
    switch scheduleEdit.owner {
    case .wizard:
      wizard.choices.preset = WizardChoices.Preset(schedule)
      if wizard.choices.preset == .custom { wizard.choices.cron = schedule.cron }
      wizard.choices.begin = schedule.begin
      wizard.choices.end = schedule.end
    case .advanced(.restrictSchedule): advanced.form.restriction = ScheduleText(schedule)
    case .advanced: advanced.form.schedule = ScheduleText(schedule)
    case .snapshotTask: management.snapshotTask.use(schedule)
    }
    pop()
    return []
  }
}
