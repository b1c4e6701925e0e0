internal import ReplicationModel

/// The file of a replication task; its keys are TrueNAS' field names (engine.md 1.5).
enum TaskCodec {
  /// Reads a task; `name` is the file's. What is not understood is a finding, never ignored.
  static func read(_ text: String, name: String) throws(YAMLProblem) -> (TaskDraft, [Finding]) {
    var yaml = try YAMLMapping(text: text)
    let bound = yaml.texts("periodic_snapshot_tasks") ?? []
    var task = read(&yaml, name: name, bound: bound)
    task.connection = yaml.text("connection")
    task.parallel = yaml.int("parallel") ?? task.parallel
    task.streams = yaml.int("streams")
    task.conflict = yaml.choice("conflict", TaskDraft.ConflictPolicy.self) ?? task.conflict
    task.retryMinutes = yaml.int("retry_minutes") ?? task.retryMinutes
    task.notify = yaml.notify("notify")
    return (task, yaml.finished)
  }

  /// The fields that TrueNAS has too. The tasks it is `bound` to and its connection stand there in
  /// another form.
  static func read(_ yaml: inout YAMLMapping, name: String, bound: [String]) -> TaskDraft {
    var task = TaskDraft()
    task.name = name
    task.periodicSnapshotTasks = bound
    readRoute(&yaml, into: &task)
    readSelection(&yaml, into: &task)
    readTarget(&yaml, into: &task)
    readTransfer(&yaml, into: &task)
    return task
  }

  static func write(_ task: TaskDraft) -> String {
    let plain = TaskDraft()
    var yaml = YAMLWriter()
    yaml.text("direction", task.direction.rawValue)
    yaml.text("transport", task.transport.rawValue)
    yaml.text("connection", task.connection)
    yaml.texts("source_datasets", task.sourceDatasets)
    yaml.text("target_dataset", task.targetDataset)
    yaml.bool("recursive", task.recursive)
    yaml.texts("exclude", task.exclude)
    yaml.texts("periodic_snapshot_tasks", task.periodicSnapshotTasks)
    yaml.texts("naming_schema", task.namingSchema)
    yaml.texts("also_include_naming_schema", task.alsoIncludeNamingSchema)
    yaml.text("name_regex", task.nameRegex)
    yaml.schedule("restrict_schedule", task.restrictSchedule)
    yaml.bool("only_matching_schedule", task.onlyMatchingSchedule.unless(false))
    yaml.bool("hold_pending_snapshots", task.holdPendingSnapshots.unless(false))
    yaml.bool("auto", task.auto)
    yaml.schedule("schedule", task.schedule)
    yaml.bool("enabled", task.enabled.unless(true))
    yaml.text("retention_policy", task.retentionPolicy.rawValue)
    yaml.int("lifetime_value", task.lifetimeValue)
    yaml.text("lifetime_unit", task.lifetimeUnit?.rawValue)
    yaml.scheduledLifetimes("lifetimes", task.lifetimes)
    yaml.text("readonly", task.readonly.rawValue)
    yaml.fromScratch("allow_from_scratch", task.allowFromScratch)
    yaml.text("conflict", task.conflict == plain.conflict ? nil : task.conflict.rawValue)
    yaml.bool("properties", task.properties.unless(true))
    yaml.texts("properties_exclude", task.propertiesExclude)
    if !task.propertiesOverride.isEmpty {
      var inner = YAMLWriter()
      for (name, value) in task.propertiesOverride.sorted(by: { $0.key < $1.key }) {
        inner.text(name, value)
      }
      yaml.mapping("properties_override", inner)
    }
    yaml.bool("replicate", task.replicate.unless(false))
    yaml.bool("encryption", task.encryption.unless(false))
    yaml.bool("encryption_inherit", task.encryptionInherit)
    // The key itself stands in a file of its own (FileStore+DatasetKeys).
    yaml.text("encryption_key_format", task.encryptionKeyFormat?.rawValue)
    yaml.text("encryption_key_location", task.encryptionKeyLocation)
    yaml.bool("sudo", task.sudo.unless(false))
    yaml.text("netcat_active_side", task.netcatActiveSide?.rawValue)
    yaml.text("netcat_active_side_listen_address", task.netcatActiveSideListenAddress)
    yaml.int("netcat_active_side_port_min", task.netcatActiveSidePortMin)
    yaml.int("netcat_active_side_port_max", task.netcatActiveSidePortMax)
    yaml.text("netcat_passive_side_connect_address", task.netcatPassiveSideConnectAddress)
    yaml.text("compression", task.compression?.rawValue)
    yaml.int("speed_limit", task.speedLimit)
    yaml.bandwidth("bandwidth", task.bandwidth)
    yaml.int("parallel", task.parallel == plain.parallel ? nil : task.parallel)
    yaml.int("streams", task.streams)
    yaml.bool("large_block", task.largeBlock.unless(plain.largeBlock))
    yaml.bool("compressed", task.compressed.unless(plain.compressed))
    yaml.bool("embed", task.embed.unless(plain.embed))
    yaml.int("retries", task.retries == plain.retries ? nil : task.retries)
    yaml.int("retry_minutes", task.retryMinutes == plain.retryMinutes ? nil : task.retryMinutes)
    yaml.text("logging_level", task.loggingLevel?.rawValue)
    yaml.notify("notify", task.notify)
    return yaml.text()
  }

  private static func readRoute(_ yaml: inout YAMLMapping, into task: inout TaskDraft) {
    if let direction = yaml.choice("direction", TaskDraft.Direction.self) {
      task.direction = direction
    } else {
      yaml.require("direction", "PUSH or PULL")
    }
    if let transport = yaml.choice("transport", TaskDraft.Transport.self) {
      task.transport = transport
    } else {
      yaml.require("transport", "SSH or LOCAL")
    }
    task.sourceDatasets = yaml.texts("source_datasets") ?? []
    task.targetDataset = yaml.text("target_dataset") ?? ""
    task.recursive = yaml.bool("recursive") ?? task.recursive
    task.exclude = yaml.texts("exclude") ?? []
    task.sudo = yaml.bool("sudo") ?? task.sudo
    task.netcatActiveSide = yaml.choice("netcat_active_side", TaskDraft.Side.self)
    task.netcatActiveSideListenAddress = yaml.text("netcat_active_side_listen_address")
    task.netcatActiveSidePortMin = yaml.int("netcat_active_side_port_min")
    task.netcatActiveSidePortMax = yaml.int("netcat_active_side_port_max")
    task.netcatPassiveSideConnectAddress = yaml.text("netcat_passive_side_connect_address")
  }

  private static func readSelection(_ yaml: inout YAMLMapping, into task: inout TaskDraft) {
    task.namingSchema = yaml.texts("naming_schema") ?? []
    task.alsoIncludeNamingSchema = yaml.texts("also_include_naming_schema") ?? []
    task.nameRegex = yaml.text("name_regex")
    task.restrictSchedule = yaml.schedule("restrict_schedule")
    task.onlyMatchingSchedule = yaml.bool("only_matching_schedule") ?? task.onlyMatchingSchedule
    task.holdPendingSnapshots = yaml.bool("hold_pending_snapshots") ?? task.holdPendingSnapshots
    task.auto = yaml.bool("auto") ?? task.auto
    task.schedule = yaml.schedule("schedule")
    task.enabled = yaml.bool("enabled") ?? task.enabled
  }

  private static func readTarget(_ yaml: inout YAMLMapping, into task: inout TaskDraft) {
    task.retentionPolicy =
      yaml.choice("retention_policy", TaskDraft.Retention.self) ?? task.retentionPolicy
    task.lifetimeValue = yaml.int("lifetime_value")
    task.lifetimeUnit = yaml.choice("lifetime_unit", Lifetime.Unit.self)
    task.lifetimes = yaml.scheduledLifetimes("lifetimes") ?? []
    task.readonly = yaml.choice("readonly", TaskDraft.Readonly.self) ?? task.readonly
    task.allowFromScratch = yaml.fromScratch("allow_from_scratch") ?? task.allowFromScratch
    task.properties = yaml.bool("properties") ?? task.properties
    task.propertiesExclude = yaml.texts("properties_exclude") ?? []
    task.propertiesOverride = yaml.textsByName("properties_override") ?? [:]
    task.replicate = yaml.bool("replicate") ?? task.replicate
    task.encryption = yaml.bool("encryption") ?? task.encryption
    task.encryptionInherit = yaml.bool("encryption_inherit")
    task.encryptionKey = yaml.text("encryption_key").map(Secret.init)
    task.encryptionKeyFormat = yaml.choice("encryption_key_format", TaskDraft.KeyFormat.self)
    task.encryptionKeyLocation = yaml.text("encryption_key_location")
  }

  private static func readTransfer(_ yaml: inout YAMLMapping, into task: inout TaskDraft) {
    task.compression = yaml.choice("compression", TaskDraft.Compression.self)
    task.speedLimit = yaml.int("speed_limit")
    task.bandwidth = yaml.bandwidth("bandwidth") ?? []
    task.largeBlock = yaml.bool("large_block") ?? task.largeBlock
    task.compressed = yaml.bool("compressed") ?? task.compressed
    task.embed = yaml.bool("embed") ?? task.embed
    task.retries = yaml.int("retries") ?? task.retries
    task.loggingLevel = yaml.choice("logging_level", TaskDraft.LogLevel.self)
  }
}

extension Bool {
  /// Nil for the default, which a file leaves out.
  func unless(_ standard: Bool) -> Bool? { self == standard ? nil : self }
}

extension YAMLMapping {
  /// A finding for a key without which a file says too little, unless its value was already reported.
  mutating func require(_ key: String, _ choices: String) {
    guard !findings.contains(where: { $0.field == key }) else { return }
    report(key, "is required: write \(choices)")
  }
}
