public import ReplicationModel

/// The rules for a task, looked up in what is stored.
extension TaskFilesPort {
  /// What the rules may look at, for a task that is to be saved under `name`.
  public func ruleContext(for name: String, zone: Zone, now: Instant) throws(StoreError)
    -> RuleContext
  {
    var others = Set(try taskNames())
    others.remove(name)
    return RuleContext(
      otherTaskNames: others,
      snapshotTasks: Dictionary(
        try snapshotTasks().map { ($0.name, $0) }, uniquingKeysWith: { $1 }),
      connections: Dictionary(
        try connections().map { ($0.name, $0) }, uniquingKeysWith: { $1 }),
      zone: zone, now: now)
  }

  /// Leaves a dataset out of a stored task, with all below it, by the rules that hold for every
  /// task; `.invalid` with the findings where they forbid it.
  public func leaveOut(_ dataset: DatasetName, of name: String, zone: Zone, now: Instant)
    throws(StoreError)
  {
    var task = try task(name)
    if !task.exclude.contains(dataset.text) { task.exclude.append(dataset.text) }
    let errors = TaskRules.findings(
      for: task, in: try ruleContext(for: name, zone: zone, now: now)
    ).filter { $0.severity == .error }
    guard errors.isEmpty else { throw StoreError(.invalid, subject: name, findings: errors) }
    try save(task)
  }
}
