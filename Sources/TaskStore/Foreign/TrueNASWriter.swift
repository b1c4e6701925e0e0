public import ReplicationModel

/// Writes a task as TrueNAS' `replication.query` prints it. Numbers of its database are null: they
/// are another machine's.
public enum TrueNASWriter {
  /// The JSON of a task; `snapshotTasks` are those that are stored.
  public static func text(_ task: TaskDraft, snapshotTasks: [SnapshotTask]) -> String {
    JSONText.list([.object(pairs(task, snapshotTasks))]).lines + "\n"
  }

  /// What TrueNAS has no field for, or no such value.
  public static func leftOut(_ task: TaskDraft) -> [Finding] {
    var findings: [Finding] = []
    func add(_ field: TaskField, where isSet: Bool) {
      guard isSet else { return }
      findings.append(
        .leftOut(field.rawValue, "TrueNAS has nothing like it."))
    }
    add(.notify, where: task.notify != nil)
    add(.bandwidth, where: !task.bandwidth.isEmpty)
    add(.parallel, where: task.parallel != TaskDraft().parallel)
    add(.streams, where: task.streams != nil)
    add(.allowFromScratch, where: task.allowFromScratch == .replace)
    add(.conflict, where: task.conflict != .stop)
    add(.retryMinutes, where: task.retryMinutes != TaskDraft().retryMinutes)
    add(.compression, where: task.compression != nil && compression(task) == nil)
    return findings
  }

  private static func compression(_ task: TaskDraft) -> String? {
    [.lz4, .pigz, .plzip].contains(task.compression) ? task.compression?.rawValue : nil
  }

  private static func pairs(_ task: TaskDraft, _ stored: [SnapshotTask])
    -> [(key: String, value: JSONText)]
  {
    var row = Row()
    row.text("id", nil)
    row.text("name", task.name)
    route(task, &row)
    selection(task, stored, &row)
    row.flag("allow_from_scratch", task.allowFromScratch != .refuse)
    row.text("readonly", task.readonly.rawValue)
    row.text("retention_policy", task.retentionPolicy.rawValue)
    row.number("lifetime_value", task.lifetimeValue)
    row.text("lifetime_unit", task.lifetimeUnit?.rawValue)
    row.add("lifetimes", .list(task.lifetimes.map(json)))
    row.flag("properties", task.properties)
    row.texts("properties_exclude", task.propertiesExclude)
    let overrides = task.propertiesOverride.sorted { $0.key < $1.key }
    row.add(
      "properties_override",
      .object(overrides.map { (key: $0.key, value: JSONText.string($0.value)) }))
    row.flag("replicate", task.replicate)
    row.flag("encryption", task.encryption)
    row.flag("encryption_inherit", task.encryptionInherit)
    row.text("encryption_key", task.encryptionKey?.revealed)
    row.text("encryption_key_format", task.encryptionKeyFormat?.rawValue)
    row.text("encryption_key_location", task.encryptionKeyLocation)
    row.text("compression", compression(task))
    row.number("speed_limit", task.speedLimit)
    row.flag("large_block", task.largeBlock)
    row.flag("embed", task.embed)
    row.flag("compressed", task.compressed)
    row.number("retries", task.retries)
    row.text("logging_level", task.loggingLevel?.rawValue)
    row.flag("enabled", task.enabled)
    return row.pairs
  }

  private static func route(_ task: TaskDraft, _ row: inout Row) {
    row.text("direction", task.direction.rawValue)
    row.text("transport", task.transport.rawValue)
    var credentials = Row()
    credentials.text("id", nil)
    credentials.text("name", task.connection)
    row.add("ssh_credentials", task.connection == nil ? .null : .object(credentials.pairs))
    row.text("netcat_active_side", task.netcatActiveSide?.rawValue)
    row.text("netcat_active_side_listen_address", task.netcatActiveSideListenAddress)
    row.number("netcat_active_side_port_min", task.netcatActiveSidePortMin)
    row.number("netcat_active_side_port_max", task.netcatActiveSidePortMax)
    row.text("netcat_passive_side_connect_address", task.netcatPassiveSideConnectAddress)
    row.flag("sudo", task.sudo)
    row.texts("source_datasets", task.sourceDatasets)
    row.text("target_dataset", task.targetDataset)
    row.flag("recursive", task.recursive)
    row.texts("exclude", task.exclude)
  }

  private static func selection(
    _ task: TaskDraft, _ stored: [SnapshotTask], _ row: inout Row
  ) {
    let bound = task.periodicSnapshotTasks.compactMap { name in
      stored.first { $0.name == name }
    }
    row.add("periodic_snapshot_tasks", .list(bound.map { .object(pairs($0)) }))
    row.texts("naming_schema", task.namingSchema)
    row.texts("also_include_naming_schema", task.alsoIncludeNamingSchema)
    row.text("name_regex", task.nameRegex)
    row.flag("auto", task.auto)
    row.add("schedule", json(task.schedule))
    row.add("restrict_schedule", json(task.restrictSchedule))
    row.flag("only_matching_schedule", task.onlyMatchingSchedule)
    row.flag("hold_pending_snapshots", task.holdPendingSnapshots)
  }

  private static func pairs(_ task: SnapshotTask) -> [(key: String, value: JSONText)] {
    var row = Row()
    row.text("id", nil)
    row.text("dataset", task.dataset)
    row.flag("recursive", task.recursive)
    row.texts("exclude", task.exclude)
    row.number("lifetime_value", task.lifetimeValue)
    row.text("lifetime_unit", task.lifetimeUnit.rawValue)
    row.text("naming_schema", task.namingSchema)
    row.add("schedule", json(task.schedule))
    row.flag("allow_empty", task.allowEmpty)
    row.flag("enabled", task.enabled)
    return row.pairs
  }

  private static func json(_ lifetime: ScheduledLifetime) -> JSONText {
    var row = Row()
    row.add("schedule", json(lifetime.schedule))
    row.number("lifetime_value", lifetime.lifetimeValue)
    row.text("lifetime_unit", lifetime.lifetimeUnit?.rawValue)
    return .object(row.pairs)
  }

  private static func json(_ schedule: Schedule?) -> JSONText {
    guard let schedule else { return .null }
    var row = Row()
    row.text("minute", schedule.minute)
    row.text("hour", schedule.hour)
    row.text("dom", schedule.dom)
    row.text("month", schedule.month)
    row.text("dow", schedule.dow)
    row.text("begin", schedule.begin)
    row.text("end", schedule.end)
    return .object(row.pairs)
  }

  /// An object that is written key by key; what is nil is null.
  private struct Row {
    private(set) var pairs: [(key: String, value: JSONText)] = []

    mutating func add(_ key: String, _ value: JSONText) { pairs.append((key, value)) }
    mutating func text(_ key: String, _ text: String?) { add(key, JSONText(text)) }
    mutating func number(_ key: String, _ number: Int?) { add(key, JSONText(number)) }
    mutating func texts(_ key: String, _ texts: [String]) { add(key, JSONText(texts)) }
    mutating func flag(_ key: String, _ flag: Bool?) {
      add(key, flag.map { .bool($0) } ?? .null)
    }
  }
}
