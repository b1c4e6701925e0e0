import ReplicationModel

extension AppState {
  /// The next three times it runs, in words; empty where it does not run by itself.
  var nextRunWords: [String] {
    let order = self.order
    // A bound snapshot task starts it each time.
    let bound = (order.snapshotTasks + order.boundTasks).first?.schedule
    guard order.task.auto, order.task.enabled, let schedule = bound ?? order.task.schedule,
      let timetable = try? Timetable(schedule)
    else { return [] }
    return timetable.nextRuns(after: now, count: 3, in: zone.zone).map { run in
      "\(Amount.time(CivilTime(run, in: zone.zone))) (\(zone.zone.name))"
    }
  }
}
