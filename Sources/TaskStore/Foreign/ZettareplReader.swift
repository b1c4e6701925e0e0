internal import ReplicationModel

/// Reads a definition of zettarepl (engine.md 1.1 to 1.6). What its defaults are other than ours is
/// written out.
struct ZettareplReader {
  func read(_ text: String) throws(YAMLProblem) -> ForeignTasks {
    var result = ForeignTasks()
    var all = try YAMLMapping(text: text)
    var transports: [String: YAMLMapping] = [:]
    for (id, transport) in all.mappingsByName("transports") { transports[id] = transport }
    for (id, row) in all.mappingsByName("periodic-snapshot-tasks") {
      var row = row
      result.snapshotTasks.append(snapshotTask(&row, id))
      result.note(row.finished)
    }
    for (id, row) in all.mappingsByName("replication-tasks") {
      var row = row
      result.tasks.append(task(&row, id, transports, &result))
      result.note(row.finished)
    }
    result.note(all.finished)
    return result
  }

  private func snapshotTask(_ row: inout YAMLMapping, _ id: String) -> SnapshotTask {
    var task = SnapshotTask()
    task.name = id
    task.dataset = row.text("dataset") ?? ""
    task.recursive = row.bool("recursive") ?? false
    task.exclude = row.texts("exclude") ?? []
    task.namingSchema = row.text("naming-schema") ?? ""
    task.allowEmpty = row.bool("allow-empty") ?? true
    task.schedule = schedule(&row, "schedule") ?? Schedule(minute: "*")
    // None means for ever.
    let lifetime = lifetime(&row, "lifetime") ?? .forEver
    (task.lifetimeValue, task.lifetimeUnit) = (lifetime.value, lifetime.unit)
    return task
  }

  private func task(
    _ row: inout YAMLMapping, _ id: String, _ transports: [String: YAMLMapping],
    _ result: inout ForeignTasks
  ) -> TaskDraft {
    var task = TaskDraft()
    task.name = id
    task.direction = row.choice("direction", TaskDraft.Direction.self) ?? task.direction
    transport(&row, transports, &task, &result)
    task.sourceDatasets = row.texts("source-dataset") ?? []
    task.targetDataset = row.text("target-dataset") ?? ""
    task.recursive = row.bool("recursive") ?? false
    task.exclude = row.texts("exclude") ?? []
    task.properties = row.bool("properties") ?? true
    task.propertiesExclude = row.texts("properties-exclude") ?? []
    task.propertiesOverride = row.textsByName("properties-override") ?? [:]
    task.replicate = row.bool("replicate") ?? false
    task.periodicSnapshotTasks = row.texts("periodic-snapshot-tasks") ?? []
    task.namingSchema = row.texts("naming-schema") ?? []
    task.alsoIncludeNamingSchema = row.texts("also-include-naming-schema") ?? []
    task.nameRegex = row.text("name-regex")
    task.auto = row.bool("auto") ?? true
    task.schedule = schedule(&row, "schedule")
    task.restrictSchedule = schedule(&row, "restrict-schedule")
    task.onlyMatchingSchedule = row.bool("only-matching-schedule") ?? false
    task.readonly = row.choice("readonly", TaskDraft.Readonly.self) ?? .ignore
    let mayBeginAnew = row.bool("allow-from-scratch") ?? false
    task.allowFromScratch = mayBeginAnew ? .keepAside : .refuse
    task.holdPendingSnapshots = row.bool("hold-pending-snapshots") ?? false
    task.retentionPolicy = row.choice("retention-policy", TaskDraft.Retention.self) ?? .none
    if let lifetime = lifetime(&row, "lifetime") {
      (task.lifetimeValue, task.lifetimeUnit) = (lifetime.value, lifetime.unit)
    }
    task.lifetimes = row.mappingsByName("lifetimes").map { entry in
      var inner = entry.mapping
      let schedule = schedule(&inner, "schedule") ?? Schedule(minute: "*")
      let lifetime = lifetime(&inner, "lifetime")
      row.absorb(inner)
      return ScheduledLifetime(
        schedule: schedule, lifetimeValue: lifetime?.value, lifetimeUnit: lifetime?.unit)
    }
    if row.text("compression")?.lowercased() == "xz" {
      result.findings.append(
        .leftOut(row.path("compression"), "zferry does not pack with xz. Choose another."))
    } else {
      task.compression = row.choice("compression", TaskDraft.Compression.self)
    }
    task.speedLimit = row.int("speed-limit")
    task.largeBlock = row.bool("large-block") ?? false
    task.embed = row.bool("embed") ?? false
    task.compressed = row.bool("compressed") ?? false
    task.retries = row.int("retries") ?? task.retries
    if row.text("logging-level")?.lowercased() != "notset" {
      task.loggingLevel = row.choice("logging-level", TaskDraft.LogLevel.self)
    }
    return task
  }

  /// The kind of transport. Addresses and keys belong to a connection, which is set up by itself.
  private func transport(
    _ row: inout YAMLMapping, _ known: [String: YAMLMapping], _ task: inout TaskDraft,
    _ result: inout ForeignTasks
  ) {
    let path = row.path("transport")
    var inner: YAMLMapping?
    if row.isMapping("transport") {
      inner = row.mapping("transport")
    } else if let id = row.text("transport") {
      inner = known[id]
      if inner != nil { task.connection = id }
    }
    guard var inner else {
      row.report("transport", "names no transport of the file")
      return
    }
    if let kind = inner.choice("type", TaskDraft.Transport.self) { task.transport = kind }
    task.sudo = inner.bool("sudo") ?? false
    if task.transport == .local {
      task.connection = nil
    } else {
      let place = inner.text("hostname") ?? "the host"
      result.findings.append(
        Finding(
          path, .warning, code: "import.connection",
          "`\(path)`: keys and host keys are not carried over. Make a connection to \(place), and name it with --connection."
        ))
    }
    task.netcatActiveSide = inner.choice("active-side", TaskDraft.Side.self)
    task.netcatActiveSideListenAddress = inner.text("active-side-listen-address")
    task.netcatActiveSidePortMin = inner.int("active-side-min-port")
    task.netcatActiveSidePortMax = inner.int("active-side-max-port")
    task.netcatPassiveSideConnectAddress = inner.text("passive-side-connect-address")
    inner.ignore("port", "username", "private-key", "host-key", "connect-timeout")
    row.absorb(inner)
  }

  private func schedule(_ row: inout YAMLMapping, _ key: String) -> Schedule? {
    guard var inner = row.mapping(key) else { return nil }
    var schedule = Schedule(minute: "*")
    schedule.minute = inner.text("minute") ?? schedule.minute
    schedule.hour = inner.text("hour") ?? schedule.hour
    schedule.dom = inner.text("day-of-month") ?? schedule.dom
    schedule.month = inner.text("month") ?? schedule.month
    schedule.dow = inner.text("day-of-week") ?? schedule.dow
    schedule.begin = inner.text("begin") ?? schedule.begin
    schedule.end = inner.text("end") ?? schedule.end
    row.absorb(inner)
    return schedule
  }

  /// An ISO 8601 duration in the largest unit that counts it without a rest.
  private func lifetime(_ row: inout YAMLMapping, _ key: String) -> Lifetime? {
    guard let text = row.text(key) else { return nil }
    guard let lifetime = Lifetime(duration: text) else {
      row.report(key, "has to be a duration of whole hours, as P2W or PT36H, not `\(text)`")
      return nil
    }
    return lifetime
  }
}

extension Lifetime {
  /// `P2W`, `P1Y6M`, `PT3600S`: nil where it is none, or no whole number of hours.
  init?(duration text: String) {
    guard text.first == "P", text.count > 1 else { return nil }
    var seconds: Int64 = 0
    var number = ""
    var isTime = false
    for character in text.dropFirst() {
      if character.isASCII, character.isNumber {
        number.append(character)
        continue
      }
      if character == "T", !isTime, number.isEmpty {
        isTime = true
        continue
      }
      let units: [Character: Int64] =
        isTime
        ? ["H": 3_600, "M": 60, "S": 1]
        : [
          "Y": Unit.year.seconds, "M": Unit.month.seconds, "W": Unit.week.seconds,
          "D": Unit.day.seconds,
        ]
      guard let unit = units[character], let count = Int64(number), count < 1_000_000_000 else {
        return nil
      }
      seconds += count * unit
      number = ""
    }
    guard number.isEmpty, seconds > 0, seconds % Unit.hour.seconds == 0 else { return nil }
    self.init(atLeast: seconds)
  }
}
