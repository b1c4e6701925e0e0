import ReplicationModel
import Testing

/// A rule with a task that it refuses and the nearest one that it lets through.
struct RulePair: Sendable {
  /// All names of the rule, as engine.md has them.
  let ids: String
  let code: String
  let field: String
  let rejected: Change
  let accepted: Change

  init(
    _ ids: String, code: String, at field: String, from start: TaskDraft = RuleBench.good,
    reject: @escaping @Sendable (inout TaskDraft) -> Void,
    accept: @escaping @Sendable (inout TaskDraft) -> Void = { _ in }
  ) {
    self.ids = ids
    self.code = code
    self.field = field
    rejected = Change("\(ids) refuses", start, reject)
    accepted = Change("\(ids) accepts", start, accept)
  }

  /// M11 asks for a role, and there are none; D1, D3, D5 and D8 have no meaning here either
  /// (`TaskRules`).
  static let all: [RulePair] = places + exclude + selection + schedules + retention + route + rest

  private static let places = [
    RulePair(
      "M48 sources", code: "M48", at: "source_datasets", reject: { $0.sourceDatasets = [] }),
    RulePair(
      "source name", code: "source.name", at: "source_datasets.1",
      reject: { $0.sourceDatasets.append("tank/a//b") },
      accept: { $0.sourceDatasets.append("tank/a b") }),
    RulePair(
      "source empty", code: "source.name", at: "source_datasets.0",
      reject: { $0.sourceDatasets = [""] }),
    RulePair(
      "source twice", code: "source.duplicate", at: "source_datasets.1",
      reject: { $0.sourceDatasets.append("tank/data") },
      accept: { $0.sourceDatasets.append("tank/data2") }),
    RulePair(
      "M20", code: "M20", at: "connection", from: RuleBench.ssh,
      reject: { $0.connection = nil }),
    RulePair(
      "M20 empty", code: "M20", at: "connection", from: RuleBench.ssh,
      reject: { $0.connection = "" }),
    RulePair(
      "M21 D2", code: "M21", at: "connection", from: RuleBench.ssh,
      reject: { $0.connection = "attic" }),
    RulePair(
      "M17", code: "M17", at: "connection", reject: { $0.connection = "vault" }),
    RulePair(
      "target", code: "target.required", at: "target_dataset",
      reject: { $0.targetDataset = "" }),
    RulePair(
      "target name", code: "target.name", at: "target_dataset",
      reject: { $0.targetDataset = "backup/data@now" }),
    RulePair(
      "B12", code: "overlap", at: "target_dataset", reject: { $0.targetDataset = "tank/data" },
      accept: { $0.targetDataset = "tank/data2" }),
    RulePair("name", code: "name.required", at: "name", reject: { $0.name = "" }),
    RulePair(
      "name of a file", code: "name.file", at: "name", reject: { $0.name = "a/b" },
      accept: { $0.name = "tank/data - backup".replacing("/", with: "-") }),
    RulePair(
      "M1", code: "M1", at: "name", reject: { $0.name = "taken" },
      accept: { $0.name = "free" }),
  ]

  private static var recursive: TaskDraft {
    var draft = RuleBench.good
    draft.recursive = true
    return draft
  }

  private static var below: TaskDraft {
    var draft = recursive
    draft.sourceDatasets = ["tank/exclude/work"]
    draft.periodicSnapshotTasks = ["X"]
    draft.exclude = ["tank/exclude/work/garbage"]
    return draft
  }

  private static let exclude = [
    RulePair(
      "M24", code: "M24", at: "exclude", from: recursive,
      reject: {
        $0.recursive = false
        $0.exclude = ["tank/data/a"]
      }, accept: { $0.exclude = ["tank/data/a"] }),
    RulePair(
      "exclude name", code: "exclude.name", at: "exclude.0", from: recursive,
      reject: { $0.exclude = ["tank/data/"] }, accept: { $0.exclude = ["tank/data/?"] }),
    RulePair(
      "M25", code: "M25", at: "exclude.0", from: recursive,
      reject: { $0.exclude = ["tank/data"] }, accept: { $0.exclude = ["tank/data/a"] }),
    RulePair(
      "M25 glob B9", code: "M25", at: "exclude.0", from: recursive,
      reject: { $0.exclude = ["tank/home/*"] }, accept: { $0.exclude = ["*/.system"] }),
    RulePair(
      "M22 R2", code: "M22", at: "exclude", from: below, reject: { $0.exclude = [] },
      accept: { $0.sourceDatasets = ["tank/exclude/work", "tank/other"] }),
    RulePair(
      "M23", code: "M23", at: "source_datasets.0", from: below,
      reject: {
        $0.sourceDatasets = ["tank/exclude/work/garbage"]
        $0.exclude = []
      }),
  ]

  private static let selection = [
    RulePair(
      "M2 R1", code: "M2", at: "periodic_snapshot_tasks.1",
      reject: { $0.periodicSnapshotTasks = ["A", "nowhere"] },
      accept: { $0.periodicSnapshotTasks = ["A", "W"] }),
    RulePair(
      "M47", code: "M47", at: "periodic_snapshot_tasks",
      reject: { $0.periodicSnapshotTasks = ["A", "A"] }),
    RulePair(
      "M41", code: "M41", at: "periodic_snapshot_tasks.0",
      reject: { $0.periodicSnapshotTasks = ["off"] },
      accept: {
        $0.periodicSnapshotTasks = ["off"]
        $0.enabled = false
      }),
    RulePair(
      "M7 R15", code: "M7", at: "periodic_snapshot_tasks", from: RuleBench.pull,
      reject: { $0.periodicSnapshotTasks = ["A"] }),
    RulePair(
      "M4 R10", code: "M4", at: "periodic_snapshot_tasks", from: RuleBench.base,
      reject: { _ in }, accept: { $0.alsoIncludeNamingSchema = [RuleBench.schema] }),
    RulePair(
      "M8 R11", code: "M8", at: "naming_schema", from: RuleBench.pull,
      reject: { $0.namingSchema = [] },
      accept: {
        $0.namingSchema = []
        $0.nameRegex = "a.*"
      }),
    RulePair(
      "M3 R9", code: "M3", at: "naming_schema",
      reject: { $0.namingSchema = [RuleBench.schema] },
      accept: { $0.alsoIncludeNamingSchema = [RuleBench.schema] }),
    RulePair(
      "M9 R12", code: "M9", at: "also_include_naming_schema", from: RuleBench.pull,
      reject: { $0.alsoIncludeNamingSchema = [RuleBench.schema] }),
    RulePair(
      "M10 R18", code: "M10", at: "hold_pending_snapshots", from: RuleBench.pull,
      reject: { $0.holdPendingSnapshots = true }),
    RulePair(
      "M10 R18, push", code: "M10", at: "hold_pending_snapshots", from: RuleBench.good,
      reject: {
        $0 = RuleBench.pull
        $0.holdPendingSnapshots = true
      }, accept: { $0.holdPendingSnapshots = true }),
    RulePair(
      "M35 R19", code: "M35", at: "name_regex", from: RuleBench.byRegex,
      reject: { $0.nameRegex = "a(" }, accept: { $0.nameRegex = "a()" }),
    RulePair(
      "M35 empty", code: "M35", at: "name_regex", from: RuleBench.byRegex,
      reject: { $0.nameRegex = "" }),
    RulePair(
      "M35 backtracking", code: "M35", at: "name_regex", from: RuleBench.byRegex,
      reject: { $0.nameRegex = #"(a+)\1"# }, accept: { $0.nameRegex = "(a+)+$" }),
    RulePair(
      "M35 repetitions", code: "M35", at: "name_regex", from: RuleBench.byRegex,
      reject: { $0.nameRegex = "((a{99}){99}){99}" }, accept: { $0.nameRegex = "(a{9}){9}" }),
    RulePair(
      "M36 R20", code: "M36", at: "name_regex", from: RuleBench.byRegex,
      reject: { $0.periodicSnapshotTasks = ["A"] }),
    RulePair(
      "M37 R21", code: "M37", at: "name_regex", from: RuleBench.byRegex,
      reject: { $0.alsoIncludeNamingSchema = [RuleBench.schema] }),
    RulePair(
      "M38 R22", code: "M38", at: "retention_policy", from: RuleBench.byRegex,
      reject: { custom(&$0) }, accept: { $0.retentionPolicy = .source }),
    RulePair(
      "B6", code: "B6", at: "restrict_schedule", from: RuleBench.byRegex,
      reject: { $0.restrictSchedule = .daily }),
  ]

  private static var scheduled: TaskDraft {
    var draft = RuleBench.good
    draft.auto = true
    draft.schedule = .daily
    return draft
  }

  private static let schedules = [
    RulePair(
      "M5 R13", code: "M5", at: "auto", from: scheduled,
      reject: {
        $0.schedule = nil
        $0.periodicSnapshotTasks = []
        $0.alsoIncludeNamingSchema = [RuleBench.schema]
      }, accept: { $0.schedule = nil }),
    RulePair(
      "M6 R14", code: "M6", at: "auto", from: RuleBench.pull, reject: { $0.auto = true },
      accept: {
        $0.auto = true
        $0.schedule = .daily
      }),
    RulePair(
      "M33 R16", code: "M33", at: "schedule", from: scheduled, reject: { $0.auto = false }),
    RulePair(
      "M34 R17", code: "M34", at: "only_matching_schedule", from: scheduled,
      reject: {
        $0.schedule = nil
        $0.onlyMatchingSchedule = true
      }, accept: { $0.onlyMatchingSchedule = true }),
    RulePair(
      "M43", code: "M43", at: "schedule.minute", from: scheduled,
      reject: { $0.schedule?.minute = "99" }, accept: { $0.schedule?.minute = "*/5" }),
    RulePair(
      "M44", code: "M44", at: "schedule.end", from: scheduled,
      reject: { $0.schedule = Schedule(begin: "18:00", end: "08:00") },
      accept: { $0.schedule = Schedule(begin: "08:00", end: "18:00") }),
    RulePair(
      "M45", code: "M45", at: "schedule", from: scheduled,
      reject: { $0.schedule = Schedule(hour: "3", begin: "08:00", end: "18:00") },
      accept: { $0.schedule = Schedule(hour: "8", begin: "08:00", end: "08:00") }),
    RulePair(
      "M46 D6", code: "M46", at: "schedule.begin", from: scheduled,
      reject: { $0.schedule?.begin = "8 am" }, accept: { $0.schedule?.begin = "00:00" }),
  ]

  private static func custom(_ draft: inout TaskDraft) {
    draft.retentionPolicy = .custom
    draft.lifetimeValue = 2
    draft.lifetimeUnit = .week
  }

  private static var kept: TaskDraft {
    var draft = RuleBench.good
    custom(&draft)
    return draft
  }

  private static func further(_ value: Int?, _ unit: Lifetime.Unit?) -> ScheduledLifetime {
    ScheduledLifetime(schedule: .daily, lifetimeValue: value, lifetimeUnit: unit)
  }

  private static let retention = [
    RulePair(
      "M39 D7", code: "M39", at: "lifetime_value", from: kept,
      reject: { $0.lifetimeValue = nil }),
    RulePair(
      "M39 D7, further", code: "M39", at: "lifetimes.0.lifetime_unit", from: kept,
      reject: { $0.lifetimes = [further(1, nil)] },
      accept: { $0.lifetimes = [further(1, .year)] }),
    RulePair(
      "M40", code: "M40", at: "lifetime_unit", from: kept,
      reject: { $0.retentionPolicy = .source }),
    RulePair(
      "M48 lifetime", code: "M48", at: "lifetime_value", from: kept,
      reject: { $0.lifetimeValue = 0 }, accept: { $0.lifetimeValue = 1 }),
    RulePair(
      "M48 further lifetime", code: "M48", at: "lifetimes.1.lifetime_value", from: kept,
      reject: { $0.lifetimes = [further(1, .day), further(-1, .day)] },
      accept: { $0.lifetimes = [further(1, .day), further(2, .day)] }),
    RulePair(
      "M26 R3", code: "M26", at: "recursive", from: RuleBench.whole,
      reject: { $0.recursive = false }),
    RulePair(
      "M27 R4", code: "M27", at: "exclude", from: RuleBench.whole,
      reject: { $0.exclude = ["tank/data/a"] }),
    RulePair(
      "M28 R5", code: "M28", at: "properties", from: RuleBench.whole,
      reject: { $0.properties = false }),
    RulePair(
      "M29 R6", code: "M29", at: "retention_policy", from: RuleBench.whole,
      reject: { $0.retentionPolicy = .none }),
    RulePair(
      "M30 R7", code: "M30", at: "source_datasets.0", from: RuleBench.whole,
      reject: { $0.sourceDatasets = ["tank/data/a", "tank/data"] },
      accept: { $0.sourceDatasets = ["tank/data/a", "tank/data/ab"] }),
    RulePair(
      "M31 R8", code: "M31", at: "periodic_snapshot_tasks.0", from: RuleBench.whole,
      reject: { $0.periodicSnapshotTasks = ["W"] },
      accept: { $0.sourceDatasets = ["tank/data/work"] }),
  ]

  private static let route = [
    RulePair(
      "M12", code: "M12", at: "netcat_active_side", from: RuleBench.netcat,
      reject: { $0.netcatActiveSide = nil }),
    RulePair(
      "M13", code: "M13", at: "netcat_active_side_port_max", from: RuleBench.netcat,
      reject: { ports(&$0, 2_000, 1_999) }, accept: { ports(&$0, 2_000, 2_000) }),
    RulePair(
      "M48 ports", code: "M48", at: "netcat_active_side_port_min", from: RuleBench.netcat,
      reject: { ports(&$0, 0, 65_535) }, accept: { ports(&$0, 1, 65_535) }),
    RulePair(
      "M48 ports, upper", code: "M48", at: "netcat_active_side_port_max", from: RuleBench.netcat,
      reject: { ports(&$0, 1, 65_536) }),
    RulePair(
      "an option is no address", code: "netcat.address", at: "netcat_active_side_listen_address",
      from: RuleBench.netcat, reject: { $0.netcatActiveSideListenAddress = "-e" },
      accept: { $0.netcatActiveSideListenAddress = "fe80::1%eth0" }),
    RulePair(
      "a line of sh is no address", code: "netcat.address",
      at: "netcat_passive_side_connect_address", from: RuleBench.netcat,
      reject: { $0.netcatPassiveSideConnectAddress = "a;b" },
      accept: { $0.netcatPassiveSideConnectAddress = "nas.lan" }),
    RulePair(
      "M16", code: "M16", at: "netcat_passive_side_connect_address", from: RuleBench.ssh,
      reject: { $0.netcatPassiveSideConnectAddress = "::1" }),
    RulePair(
      "windows of the day", code: "bandwidth.end", at: "bandwidth.1.end", from: RuleBench.ssh,
      reject: {
        $0.compression = .zstd
        windows(&$0, ("08:00", "18:00", "10M"), ("06:00", "06:00", "1M"))
      }, accept: { windows(&$0, ("08:00", "18:00", "10M"), ("22:00", "6:00", "none")) }),
    RulePair(
      "windows of the day, begin", code: "bandwidth.begin", at: "bandwidth.0.begin",
      from: RuleBench.ssh, reject: { windows(&$0, ("8", "18:00", "10M")) }),
    RulePair(
      "windows of the day, limit", code: "bandwidth.limit", at: "bandwidth.0.limit",
      from: RuleBench.ssh, reject: { windows(&$0, ("08:00", "18:00", "10")) }),
    RulePair(
      "windows of the day, local", code: "bandwidth.transport", at: "bandwidth",
      from: RuleBench.ssh,
      reject: {
        $0 = RuleBench.good
        windows(&$0, ("08:00", "18:00", "10M"))
      }),
    RulePair(
      "M14", code: "M14", at: "compression", from: RuleBench.netcat,
      reject: { $0.compression = .zstd }),
    RulePair(
      "M18", code: "M18", at: "compression", from: RuleBench.ssh,
      reject: {
        $0 = RuleBench.good
        $0.compression = .lz4
      }, accept: { $0.compression = .lz4 }),
    RulePair(
      "M15", code: "M15", at: "speed_limit", from: RuleBench.netcat,
      reject: { $0.speedLimit = 1 }),
    RulePair(
      "M19", code: "M19", at: "speed_limit", from: RuleBench.ssh,
      reject: {
        $0 = RuleBench.good
        $0.speedLimit = 1
      }, accept: { $0.speedLimit = 1 }),
    RulePair(
      "streams over SSH only", code: "streams.transport", at: "streams",
      reject: { $0.streams = 2 }),
    RulePair(
      "streams", code: "streams.range", at: "streams", from: RuleBench.ssh,
      reject: { $0.streams = 0 }, accept: { $0.streams = 1 }),
    RulePair(
      "streams at most", code: "streams.range", at: "streams", from: RuleBench.ssh,
      reject: { $0.streams = 9 }, accept: { $0.streams = 8 }),
    RulePair(
      "connections in all", code: "streams.in_all", at: "streams", from: RuleBench.ssh,
      reject: { ($0.parallel, $0.streams) = (16, 5) },
      accept: { ($0.parallel, $0.streams) = (16, 4) }),
    RulePair(
      "parallel", code: "parallel.range", at: "parallel",
      reject: { $0.parallel = 0 }, accept: { $0.parallel = 1 }),
    RulePair(
      "parallel at most", code: "parallel.range", at: "parallel",
      reject: { $0.parallel = 17 }, accept: { $0.parallel = 16 }),
    RulePair(
      "M48 speed", code: "M48", at: "speed_limit", from: RuleBench.ssh,
      reject: { $0.speedLimit = -1 }, accept: { $0.speedLimit = 1 }),
  ]

  private static func windows(_ draft: inout TaskDraft, _ windows: (String, String, String)...) {
    draft.bandwidth = windows.map { BandwidthWindow(begin: $0.0, end: $0.1, limit: $0.2) }
  }

  private static func ports(_ draft: inout TaskDraft, _ low: Int, _ high: Int) {
    draft.netcatActiveSidePortMin = low
    draft.netcatActiveSidePortMax = high
  }

  private static func own(
    _ draft: inout TaskDraft, _ format: TaskDraft.KeyFormat, _ key: String
  ) {
    draft.encryption = true
    draft.encryptionKeyFormat = format
    draft.encryptionKey = Secret(key)
  }

  private static let rest = [
    RulePair(
      "notify", code: "notify.nobody", at: "notify", reject: { $0.notify = Notify() },
      accept: {
        $0.notify = Notify()
        $0.notify?.mail = ["root"]
      }),
    RulePair(
      "notify lag", code: "notify.lag_required", at: "notify.lag_hours",
      reject: {
        $0.notify = Notify()
        $0.notify?.mail = ["root"]
        $0.notify?.on = [.lag]
      },
      accept: {
        $0.notify = Notify()
        $0.notify?.mail = ["root"]
        $0.notify?.on = [.lag]
        $0.notify?.lagHours = 26
      }),
    RulePair(
      "M32", code: "M32", at: "encryption_key_format",
      reject: { $0.encryption = true },
      accept: {
        $0.encryption = true
        $0.encryptionInherit = true
      }),
    RulePair(
      "a key of 64 digits", code: "key.hex", at: "encryption_key",
      reject: { own(&$0, .hex, String(repeating: "g", count: 64)) },
      accept: { own(&$0, .hex, String(repeating: "0f", count: 32)) }),
    RulePair(
      "a passphrase that ZFS takes", code: "key.passphrase", at: "encryption_key",
      reject: { own(&$0, .passphrase, "seven.7") },
      accept: { own(&$0, .passphrase, "eight..8") }),
    RulePair(
      "a key's place is a path", code: "key.location", at: "encryption_key_location",
      reject: {
        own(&$0, .passphrase, "eight..8")
        $0.encryptionKeyLocation = "keys/a"
      },
      accept: {
        own(&$0, .passphrase, "eight..8")
        $0.encryptionKeyLocation = "$TrueNAS"
      }),
    RulePair(
      "M48 excluded property", code: "M48", at: "properties_exclude.1",
      reject: { $0.propertiesExclude = ["quota", ""] },
      accept: { $0.propertiesExclude = ["quota", "org.example:note"] }),
    RulePair(
      "M48 overridden property", code: "M48", at: "properties_override",
      reject: { $0.propertiesOverride = ["a=b": "c"] },
      accept: { $0.propertiesOverride = ["compression": "a=b"] }),
    RulePair(
      "M48 retries", code: "M48", at: "retries", reject: { $0.retries = 0 },
      accept: { $0.retries = 1 }),
    RulePair(
      "retry minutes", code: "retry_minutes.range", at: "retry_minutes",
      reject: { $0.retryMinutes = -1 }, accept: { $0.retryMinutes = 0 }),
    schema("N1", "%%Y-%m-%d_%H-%M"), schema("N2", "auto@%Y-%m-%d_%H-%M"), schema("N3", "%s-%Y"),
    schema("N4", "daily-%Y-%m-%d"), schema("N5", "%Y-%m-%d--%H-%M%z"),
    schema("N6", "%Y-%m-%d_%H-%M-%M"), schema("N7", "%Y-%m-%d_%H-%M-%q"),
  ]

  /// M42 with one of N1 to N7. Every schema that keeps those comes back as it went in, as far as is
  /// known, so N8 is a net below them that no task here falls into; `%Z`, upstream's case, is N7.
  private static func schema(_ code: String, _ text: String) -> RulePair {
    RulePair(
      "M42 \(code)", code: code, at: "also_include_naming_schema.1",
      reject: { $0.alsoIncludeNamingSchema = [RuleBench.schema, text] },
      accept: { $0.alsoIncludeNamingSchema = [RuleBench.schema, "%s"] })
  }
}

extension RulePair: CustomTestStringConvertible {
  var testDescription: String { ids }
}
