/// A schedule and the place it has in a file, so that one wording serves all schedules.
struct PlacedSchedule {
  let path: String
  let label: String
  let schedule: Schedule

  init(path: String, label: String, _ schedule: Schedule) {
    self.path = path
    self.label = label
    self.schedule = schedule
  }

  init(_ field: TaskField, _ part: String?, _ schedule: Schedule) {
    let path = part.map { "\(field.rawValue).\($0)" } ?? field.rawValue
    self.init(path: path, label: field.label, schedule)
  }

  var allFindings: [Finding] { cronFindings + timeFindings + windowFindings + neverFindings }

  /// M43: each of the five fields by itself, so that all mistakes show at once.
  var cronFindings: [Finding] {
    let alone = [
      Schedule(minute: schedule.minute), Schedule(hour: schedule.hour),
      Schedule(dom: schedule.dom), Schedule(month: schedule.month), Schedule(dow: schedule.dow),
    ]
    return alone.compactMap { problem(with: $0, code: "M43") }
  }

  /// M46: each end of the window by itself.
  var timeFindings: [Finding] {
    [Schedule(begin: schedule.begin), Schedule(end: schedule.end)]
      .compactMap { problem(with: $0, code: "M46") }
  }

  /// M44. A window over midnight is two schedules.
  var windowFindings: [Finding] {
    guard let window = try? Timetable(Schedule(begin: schedule.begin, end: schedule.end)),
      window.begin > window.end
    else { return [] }
    return [
      Finding(
        "\(path).end", code: "M44",
        "\(label) ends at \(schedule.end), before it begins at \(schedule.begin). Enter a later end."
      )
    ]
  }

  /// M45. Where it is asked from does not matter: thirty years hold every date and weekday.
  var neverFindings: [Finding] {
    guard let timetable = try? Timetable(schedule), timetable.begin <= timetable.end,
      timetable.nextRuns(after: Instant(0), count: 1, in: .utc).isEmpty
    else { return [] }
    return [
      Finding(
        path, code: "M45",
        "\(label) never comes: no day has such a time, or the window leaves it out. Correct it.")
    ]
  }

  private func problem(with schedule: Schedule, code: String) -> Finding? {
    do {
      _ = try Timetable(schedule)
      return nil
    } catch {
      return Finding(
        "\(path).\(error.field)", code: code, "\(label), \(error.field): \(error.words).")
    }
  }
}
