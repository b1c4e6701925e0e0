import ReplicationModel

extension AppState {
  /// The next three times it runs, in words; empty where it does not run by itself.
  var nextRunWords: [String] {
    guard wizard.choices.method == .schedule, let schedule = wizard.choices.chosenSchedule,
      let timetable = try? Timetable(schedule)
    else { return [] }
    return timetable.nextRuns(after: now, count: 3, in: zone.zone).map { run in
      "\(Amount.time(CivilTime(run, in: zone.zone))) (\(zone.zone.name))"
    }
  }
}
