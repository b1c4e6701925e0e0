import ReplicationEngine
import ReplicationModel
import Testing

@testable import TaskStore

@Suite("Tasks of other programs")
struct ForeignTaskTests {
  func read(_ text: String, _ form: ForeignTasks.Form, known: [SnapshotTask] = []) throws
    -> ForeignTasks
  {
    #expect(ForeignTasks.form(of: text) == form)
    return try ForeignTasks.read(ForeignWish(form: form, texts: [text]), known: known)
  }

  @Test("TrueNAS and back gives the same task, whatever is in the fields that both have")
  func roundTrip() throws {
    for seed in UInt64(1)...200 {
      var dice = Dice(state: seed)
      let (task, stored) = dice.task()
      let text = TrueNASWriter.text(task, snapshotTasks: stored)
      let back = try read(text, .truenas, known: stored)
      #expect(back.tasks == [task], "seed \(seed)")
      #expect(back.findings.isEmpty && back.snapshotTasks.isEmpty, "seed \(seed)")
      #expect(TrueNASWriter.leftOut(task).isEmpty)
    }
  }

  @Test("What TrueNAS has no field for is named when it is written")
  func leftOut() {
    var task = TaskDraft()
    task.notify = Notify()
    task.retryMinutes = 5
    task.compression = .zstd
    let findings = TrueNASWriter.leftOut(task)
    #expect(findings.map(\.field) == ["notify", "retry_minutes", "compression"])
    #expect(findings.allSatisfy { $0.severity == .warning && $0.code == "import.left_out" })
    #expect(TrueNASWriter.text(task, snapshotTasks: []).contains("\"compression\": null"))
  }

  static let query = """
    [{"id": 7, "target_dataset": "backup/a", "recursive": true, "compression": null,
      "speed_limit": 1048576, "enabled": true, "direction": "PUSH", "transport": "SSH",
      "sudo": true, "source_datasets": ["tank/a"], "exclude": [], "naming_schema": [],
      "name_regex": null, "auto": true, "schedule": null, "only_matching_schedule": false,
      "readonly": "SET", "allow_from_scratch": false, "hold_pending_snapshots": false,
      "retention_policy": "SOURCE", "lifetime_unit": null, "lifetime_value": null,
      "lifetimes": [], "large_block": true, "embed": false, "compressed": true, "retries": 5,
      "netcat_active_side": null, "logging_level": null, "name": "off \\u00e9 site",
      "state": {"state": "FINISHED"}, "properties": true, "properties_exclude": [],
      "properties_override": {"compression": "zstd"}, "replicate": false, "encryption": false,
      "encryption_key_location": "$TrueNAS", "has_encrypted_dataset_keys": false, "job": null,
      "exclude_mountpoint_property": true,
      "periodic_snapshot_tasks": [{"id": 3, "dataset": "tank/a", "recursive": true,
        "lifetime_value": 2, "lifetime_unit": "WEEK", "enabled": true, "exclude": [],
        "naming_schema": "auto-%Y-%m-%d_%H-%M", "allow_empty": true, "vmware_sync": false,
        "state": {"state": "PENDING"}, "schedule": {"minute": "0", "hour": "*", "dom": "*",
        "month": "*", "dow": "*", "begin": "00:00", "end": "23:59"}}],
      "also_include_naming_schema": [],
      "ssh_credentials": {"id": 5, "name": "vault", "type": "SSH_CREDENTIALS",
        "attributes": {"host": "10.0.0.1", "private_key": 4}}}]
    """

  @Test("What midclt prints becomes a task with its snapshot task; what is not ours is named")
  func query() throws {
    let found = try read(Self.query, .truenas)
    let task = try #require(found.tasks.first)
    #expect(task.name == "off é site" && task.connection == "vault" && task.sudo)
    #expect(task.speedLimit == 1_048_576 && task.retentionPolicy == .source)
    #expect(task.propertiesOverride == ["compression": "zstd"])
    #expect(task.periodicSnapshotTasks == ["tank-a-3"])
    let bound = try #require(found.snapshotTasks.first)
    #expect(bound.name == "tank-a-3" && bound.recursive && bound.schedule == .hourly)
    #expect(
      Set(found.findings.map(\.field)) == [
        "off é site.encryption_key_location", "off é site.exclude_mountpoint_property",
      ])
    #expect(found.findings.allSatisfy { $0.severity == .warning })
    // One that does the same is there already: it is used.
    var same = bound
    same.name = "mine"
    let again = try read(Self.query, .truenas, known: [same])
    #expect(again.tasks.first?.periodicSnapshotTasks == ["mine"] && again.snapshotTasks.isEmpty)
  }

  @Test("Values of the wrong kind are errors, and credentials by number are named")
  func wrong() throws {
    let found = try read(
      #"{"name": "x", "direction": "PUSH", "transport": "SSH", "recursive": "perhaps", "ssh_credentials": 5}"#,
      .truenas)
    #expect(found.findings.contains { $0.field == "recursive" && $0.severity == .error })
    #expect(found.findings.contains { $0.field == "ssh_credentials" && $0.severity == .warning })
    #expect(found.tasks.first?.connection == nil)
  }

  @Test("Text of another kind is refused", arguments: ["[1, 2]", "{", "just words", ""])
  func unreadable(text: String) {
    #expect(throws: StoreError.self) {
      try ForeignTasks.read(ForeignWish(form: .truenas, texts: [text]), known: [])
    }
  }

  static let definition = """
    timezone: "UTC"
    transports:
      there: {type: ssh, hostname: vault.example.org, username: replica, private-key: "SECRET", sudo: true}
    periodic-snapshot-tasks:
      hourly:
        dataset: tank/a
        recursive: true
        lifetime: P2W
        naming-schema: auto-%Y-%m-%d_%H-%M
        schedule: {minute: "0", day-of-week: "1-5"}
    replication-tasks:
      offsite:
        direction: push
        transport: there
        source-dataset: tank/a
        target-dataset: backup/a
        recursive: true
        periodic-snapshot-tasks: [hourly]
        auto: true
        retention-policy: custom
        lifetime: PT36H
        lifetimes: {yearly: {schedule: {minute: "0", hour: "0"}, lifetime: P1Y}}
        compression: xz
        dedup: true
      inside:
        direction: push
        transport: {type: local}
        source-dataset: [tank/a, tank/b]
        target-dataset: second/all
        recursive: false
        name-regex: "auto-.+"
        auto: false
        retention-policy: none
    """

  @Test("A definition of zettarepl is read with its own defaults, and without its secrets")
  func zettarepl() throws {
    let found = try read(Self.definition, .zettarepl)
    let offsite = try #require(found.tasks.first { $0.name == "offsite" })
    #expect(offsite.transport == .ssh && offsite.connection == "there" && offsite.sudo)
    #expect(offsite.sourceDatasets == ["tank/a"] && offsite.periodicSnapshotTasks == ["hourly"])
    #expect(offsite.lifetimeValue == 36 && offsite.lifetimeUnit == .hour)
    #expect(offsite.lifetimes.first?.lifetimeUnit == .year)
    #expect(!offsite.largeBlock && !offsite.compressed && offsite.readonly == .ignore)
    let inside = try #require(found.tasks.first { $0.name == "inside" })
    #expect(inside.transport == .local && inside.connection == nil)
    #expect(inside.nameRegex == "auto-.+" && !inside.auto)
    let hourly = try #require(found.snapshotTasks.first)
    #expect(hourly.lifetimeValue == 2 && hourly.lifetimeUnit == .week)
    #expect(hourly.schedule.dow == "1-5" && hourly.schedule.hour == "*")
    let fields = Set(found.findings.map(\.field))
    #expect(
      fields == [
        "timezone", "replication-tasks.offsite.transport", "replication-tasks.offsite.compression",
        "replication-tasks.offsite.dedup",
      ], "\(fields)")
    #expect(!"\(found)".contains("SECRET"))
  }

  @Test(
    "Durations count in the largest unit without a rest",
    arguments: [
      ("P2W", 2, Lifetime.Unit.week), ("P14D", 2, .week), ("PT3600S", 1, .hour),
      ("PT1209600S", 2, .week), ("P1M", 1, .month), ("P1DT1H", 25, .hour), ("P365D", 1, .year),
    ])
  func durations(text: String, value: Int, unit: Lifetime.Unit) {
    #expect(Lifetime(duration: text) == Lifetime(value, unit))
  }

  @Test(
    "What is no duration of whole hours is none", arguments: ["", "P", "2W", "PT90S", "P1", "P-1D"])
  func noDuration(text: String) { #expect(Lifetime(duration: text) == nil) }

  static let crontab = """
    # syncoid in a comment
    SHELL=/bin/sh
    15 2 * * * root /usr/sbin/syncoid -r --no-sync-snap --compress=zstd-fast --source-bwlimit 10m tank/data replica@vault:backup/data >/dev/null
    syncoid --no-privilege-elevation --exclude='x.*' --sendoptions="Lc" --identifier=a root@old:tank/h tank/h
    syncoid tank/a
    syncoid a@x:tank/a b@y:tank/a
    """

  @Test("Lines that call syncoid become tasks, and each option that does not is named")
  func syncoid() throws {
    let found = try read(Self.crontab, .syncoid)
    #expect(found.tasks.map(\.name) == ["tank-data-backup-data", "tank-h-tank-h"])
    let push = found.tasks[0]
    #expect(push.direction == .push && push.transport == .ssh && push.connection == "vault")
    #expect(push.recursive && push.sudo && push.auto && push.schedule?.hour == "2")
    #expect(push.nameRegex == ".*" && !push.properties)
    #expect(push.compression == .zstd && push.speedLimit == 10 << 20)
    let pull = found.tasks[1]
    #expect(pull.direction == .pull && pull.connection == "old" && !pull.sudo && !pull.auto)
    #expect(
      found.findings.map { "\($0.field) \($0.severity)" } == [
        "line 3.>/dev/null warning", "line 4.exclude warning", "line 4.sendoptions warning",
        "line 4.identifier warning", "line 5.datasets error", "line 6.datasets error",
      ], "\(found.findings.map(\.field))")
  }
}

/// Tasks of every kind, by a number.
private struct Dice: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  mutating func flip() -> Bool { Bool.random(using: &self) }
  mutating func pick<Value>(_ values: [Value]) -> Value {
    values[Int.random(in: 0..<values.count, using: &self)]
  }
  mutating func maybe<Value>(_ value: Value) -> Value? { flip() ? value : nil }

  mutating func texts() -> [String] {
    let all = ["tank/a b", "true", "15", "null", "x\"y\\z", "*/tmp", "it's", "ü", "{a: b}", "- c"]
    return (0..<Int.random(in: 0...3, using: &self)).map { _ in pick(all) }
  }

  mutating func schedule() -> Schedule {
    Schedule(
      minute: pick(["0", "*/5", "00"]), hour: pick(["*", "3"]), dow: pick(["*", "sun", "1-5"]),
      begin: pick(["00:00", "08:00"]), end: pick(["23:59", "17:30"]))
  }

  mutating func snapshotTask(_ name: String) -> SnapshotTask {
    var task = SnapshotTask()
    task.name = name
    task.dataset = "tank/\(name)"
    task.recursive = flip()
    task.exclude = texts()
    task.lifetimeValue = Int.random(in: 1...9, using: &self)
    task.lifetimeUnit = pick(Lifetime.Unit.allCases)
    task.schedule = schedule()
    task.allowEmpty = flip()
    task.enabled = flip()
    return task
  }

  mutating func task() -> (TaskDraft, [SnapshotTask]) {
    let stored = [snapshotTask("one"), snapshotTask("two")]
    var task = TaskDraft()
    task.name = pick(["offsite", "a b", "7", "null", "é\"x"])
    task.direction = pick(TaskDraft.Direction.allCases)
    task.transport = pick(TaskDraft.Transport.allCases)
    task.connection = maybe(pick(["vault", "12a", "true"]))
    task.sourceDatasets = texts() + ["tank/a"]
    task.targetDataset = pick(["backup/a", "backup/0x1f"])
    (task.recursive, task.replicate, task.sudo, task.auto) = (flip(), flip(), flip(), flip())
    (task.exclude, task.propertiesExclude) = (texts(), texts())
    task.periodicSnapshotTasks = pick([[], ["one"], ["two", "one"]])
    (task.namingSchema, task.alsoIncludeNamingSchema) = (texts(), texts())
    task.nameRegex = maybe("auto: .*$")
    (task.schedule, task.restrictSchedule) = (maybe(schedule()), maybe(schedule()))
    (task.onlyMatchingSchedule, task.holdPendingSnapshots) = (flip(), flip())
    (task.enabled, task.properties) = (flip(), flip())
    task.allowFromScratch = pick([.refuse, .keepAside])
    task.retentionPolicy = pick(TaskDraft.Retention.allCases)
    task.lifetimeValue = maybe(3)
    task.lifetimeUnit = maybe(pick(Lifetime.Unit.allCases))
    if flip() {
      task.lifetimes = [
        ScheduledLifetime(schedule: schedule(), lifetimeValue: maybe(2), lifetimeUnit: maybe(.year))
      ]
    }
    task.readonly = pick(TaskDraft.Readonly.allCases)
    task.propertiesOverride = flip() ? ["compression": "zstd", "org.x:a": "b=c: \"d\""] : [:]
    task.encryption = flip()
    task.encryptionInherit = maybe(flip())
    task.encryptionKey = maybe(Secret("correct horse: \"battery\""))
    task.encryptionKeyFormat = maybe(pick(TaskDraft.KeyFormat.allCases))
    task.encryptionKeyLocation = maybe("/root/key")
    task.netcatActiveSide = maybe(pick(TaskDraft.Side.allCases))
    task.netcatActiveSideListenAddress = maybe("::1")
    (task.netcatActiveSidePortMin, task.netcatActiveSidePortMax) = (maybe(1_024), maybe(2_048))
    task.netcatPassiveSideConnectAddress = maybe("10.0.0.1")
    task.compression = maybe(pick([.lz4, .pigz, .plzip]))
    task.speedLimit = maybe(1_000_000)
    (task.largeBlock, task.compressed, task.embed) = (flip(), flip(), flip())
    task.retries = Int.random(in: 1...9, using: &self)
    task.loggingLevel = maybe(pick(TaskDraft.LogLevel.allCases))
    return (task, stored)
  }
}
