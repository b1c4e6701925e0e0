import FormKit
import ReplicationModel

extension AppState {
  /// A month with the days marked on which it runs, then the runs themselves.
  var calendarScreen: Screen {
    let lines = calendarLines
    return Screen(
      id: route.id, title: "Calendar: \(calendarMonth.words)",
      purpose: "Days in brackets have a run.",
      blocks: [
        .list(
          ListView(
            id: "calendar.list", label: "",
            rows: lines.enumerated().map {
              ListView.Row(id: "\($0)", text: $1)
            }, count: lines.count, cursor: min(place.row, max(0, lines.count - 1)),
            use: .read))
      ],
      actions: [
        Action(id: "calendar.later", title: "Later"),
        Action(
          id: "calendar.earlier", title: "Earlier",
          enabled: scheduleEdit.turned > 0
            ? .yes : .no(reason: "What is past does not run any more.")),
        Action(id: "calendar.back", title: "Back"),
      ], focus: place.focus)
  }

  /// How many runs are listed below the month.
  private static let listed = 25

  private var calendarMonth: MonthCalendar.Month {
    let present = MonthCalendar.Month(now, in: zone.zone)
    return (0..<scheduleEdit.turned).reduce(present) { month, _ in month.next }
  }

  private var calendarLines: [String] {
    guard let timetable = try? Timetable(scheduleEdit.schedule) else { return [] }
    let calendar = MonthCalendar(
      timetable, month: calendarMonth, now: now, in: zone.zone, listed: Self.listed)
    var lines = [" Mo   Tu   We   Th   Fr   Sa   Su"]
    for week in calendar.weeks {
      lines.append(
        week.map { day in
          guard let day else { return "     " }
          let number = (day.number < 10 ? " " : "") + "\(day.number)"
          return day.runs > 0 ? "[\(number)] " : " \(number)  "
        }.joined())
    }
    lines.append("")
    lines.append("\(Amount.count(calendar.runs, "run")) in this month (\(zone.zone.name)):")
    lines += calendar.firstRuns.map { "  \(Amount.time(CivilTime($0, in: zone.zone)))" }
    if calendar.runs > Self.listed { lines.append("  and \(calendar.runs - Self.listed) more") }
    return lines
  }

  mutating func pressInCalendar(_ id: FocusID) -> [Effect] {
    switch id {
    case "calendar.later": scheduleEdit.turned += 1
    case "calendar.earlier": scheduleEdit.turned = max(0, scheduleEdit.turned - 1)
    default: return goBack()
    }
    place.row = 0
    return []
  }
}
