import ReplicationModel

extension TaskOrder {
  /// When it runs by itself: its own schedule, else that of its snapshot tasks.
  var schedules: [Schedule] {
    guard task.auto, task.enabled else { return [] }
    if let schedule = task.schedule { return [schedule] }
    return (snapshotTasks + boundTasks).filter(\.enabled).map(\.schedule)
  }

  /// The next three times it runs, in words; empty where it does not run by itself.
  func nextRunWords(after now: Instant, zone: Zone) -> [String] {
    let runs = schedules.compactMap { try? Timetable($0) }
      .flatMap { $0.nextRuns(after: now, count: 3, in: zone) }
    return Set(runs).sorted { $0.seconds < $1.seconds }.prefix(3).map { run in
      "\(Amount.time(CivilTime(run, in: zone))) (\(zone.name))"
    }
  }
}
