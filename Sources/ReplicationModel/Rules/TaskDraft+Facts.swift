extension TaskDraft {
  /// The bound snapshot tasks that exist, with their names, in the order of the draft.
  func boundTasks(in context: RuleContext) -> [(name: String, task: SnapshotTask)] {
    periodicSnapshotTasks.compactMap { name in
      context.snapshotTasks[name].map { (name, $0) }
    }
  }

  /// Whether `exclude` takes out all that `path` does: word for word, or as what lies above it.
  func leavesOut(_ path: String) -> Bool {
    exclude.contains { entry in
      entry == path
        || !DatasetPattern(path).isGlob
          && DatasetPattern(entry).matches(DatasetName(trusted: path))
    }
  }

  /// Every schedule of the task, with its place.
  var schedules: [PlacedSchedule] {
    var places: [PlacedSchedule] = []
    if let schedule {
      places.append(PlacedSchedule(.schedule, nil, schedule))
    }
    if let restrictSchedule {
      places.append(PlacedSchedule(.restrictSchedule, nil, restrictSchedule))
    }
    for (index, lifetime) in lifetimes.enumerated() {
      places.append(PlacedSchedule(.lifetimes, "\(index).schedule", lifetime.schedule))
    }
    return places
  }
}

extension SnapshotTask {
  /// Whether the task's dataset is `dataset`, or lies above it.
  func covers(_ dataset: String) -> Bool {
    DatasetName(trusted: dataset).isWithin(DatasetName(trusted: self.dataset))
  }
}

extension DatasetPattern {
  /// Whether it can match a dataset below `source`, by what stands before its first wildcard.
  func canLieBelow(_ source: String) -> Bool {
    let below = source + "/"
    let literal = text.prefix { $0 != "*" && $0 != "?" && $0 != "[" }
    if isGlob && below.utf8.starts(with: literal.utf8) { return true }
    return literal.utf8.starts(with: below.utf8) && text.utf8.count > below.utf8.count
  }
}
