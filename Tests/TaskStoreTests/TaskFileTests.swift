import ReplicationEngine
import ReplicationModel
import Testing

@testable import TaskStore

@Suite("Task files")
struct TaskFileTests {
  let folder = TemporaryFolder()
  var store: FileStore { FileStore(folder.folders) }

  /// The example of the contract, word for word.
  static let example = """
    direction: PUSH
    transport: SSH
    connection: vault
    source_datasets: [tank/data, tank/home]
    target_dataset: backup/site-a
    recursive: true
    exclude: [tank/data/scratch]
    periodic_snapshot_tasks: [hourly]
    also_include_naming_schema: []
    auto: true
    schedule: {minute: "15", hour: "*", dom: "*", month: "*", dow: "*", begin: "00:00", end: "23:59"}
    retention_policy: CUSTOM
    lifetime_value: 2
    lifetime_unit: WEEK
    readonly: SET
    allow_from_scratch: false
    """

  @Test("The example of the contract is read as it says")
  func example() throws {
    try folder.write(Self.example, to: "etc/tasks/offsite.yaml")
    let task = try store.task("offsite")
    #expect(task.name == "offsite")
    #expect(task.sourceDatasets == ["tank/data", "tank/home"])
    #expect(task.schedule?.minute == "15")
    #expect(task.schedule?.end == "23:59")
    #expect(task.retentionPolicy == .custom)
    #expect(task.lifetimeUnit == .week)
    #expect(task.periodicSnapshotTasks == ["hourly"])
  }

  @Test("What is written is read back the same, every field")
  func roundTrip() throws {
    var task = TaskDraft()
    task.name = "all fields"
    task.direction = .pull
    task.transport = .sshNetcat
    task.connection = "vault"
    task.sourceDatasets = ["tank/it's", "tank/a b", "15", "true", "- x", "{a: b}", "tank/ü"]
    task.targetDataset = "backup/#not a comment"
    task.recursive = true
    task.exclude = ["*/scratch"]
    task.periodicSnapshotTasks = ["a"]
    task.namingSchema = ["auto-%Y-%m-%d_%H-%M"]
    task.alsoIncludeNamingSchema = ["%s"]
    task.nameRegex = "^auto: .*$"
    task.restrictSchedule = Schedule(minute: "*/5", begin: "08:00", end: "18:00")
    task.onlyMatchingSchedule = true
    task.holdPendingSnapshots = true
    task.auto = false
    task.schedule = .weekly
    task.enabled = false
    task.retentionPolicy = .custom
    task.lifetimeValue = 3
    task.lifetimeUnit = .month
    task.lifetimes = [
      ScheduledLifetime(schedule: .daily, lifetimeValue: 2, lifetimeUnit: .year)
    ]
    task.readonly = .ignore
    task.allowFromScratch = .replace
    task.properties = false
    task.propertiesExclude = ["quota"]
    task.propertiesOverride = ["compression": "zstd", "org.example:a": "b=c"]
    task.replicate = true
    task.encryption = true
    task.encryptionInherit = false
    task.encryptionKey = Secret("correct horse: battery")
    task.encryptionKeyFormat = .passphrase
    task.encryptionKeyLocation = "/root/key"
    task.sudo = true
    task.netcatActiveSide = .remote
    task.netcatActiveSideListenAddress = "::1"
    task.netcatActiveSidePortMin = 1024
    task.netcatActiveSidePortMax = 2048
    task.netcatPassiveSideConnectAddress = "10.0.0.1"
    task.compression = .zstd
    task.speedLimit = 1_000_000
    task.bandwidth = [
      BandwidthWindow(begin: "08:00", end: "18:00", limit: "10M"),
      BandwidthWindow(begin: "22:00", end: "06:00", limit: "none"),
    ]
    task.conflict = .skip
    task.parallel = 8
    task.streams = 4
    task.largeBlock = false
    task.compressed = false
    task.embed = true
    task.retries = 7
    task.retryMinutes = 90
    task.loggingLevel = .debug
    var notify = Notify()
    notify.on = [.lag, .success]
    notify.lagHours = 26
    notify.mail = ["ops@example.org", "root"]
    notify.command = ["/usr/local/bin/tell", "a b", "#", "true"]
    notify.ping = Secret("https://hc.example.org/a?b=c#d")
    task.notify = notify

    try store.save(task)
    #expect(try store.task("all fields") == task)
    #expect(folder.mode(of: "etc/tasks/all fields.yaml") == 0o600)
    #expect(try store.taskNames() == ["all fields"])
    // The key is in a file of its own.
    #expect(folder.mode(of: "etc/dataset-keys/all fields.key") == 0o600)
    #expect(folder.mode(of: "etc/dataset-keys") == 0o700)
    #expect(!store.encode(task).contains("correct horse"))
    // Each field is set above, so each is written, and nothing that is no field.
    let lines = store.encode(task).split(separator: "\n")
    let keys = lines.filter { !$0.hasPrefix(" ") && !$0.hasPrefix("-") }.map {
      String($0.prefix { $0 != ":" })
    }
    #expect(
      Set(keys) == Set(TaskField.allCases.map(\.rawValue)).subtracting(["name", "encryption_key"]))
  }

  @Test("Unknown keys and wrong kinds are findings with their field")
  func findings() throws {
    try folder.write(
      """
      direction: SIDEWAYS
      transport: SSH
      source_datasets: {a: b}
      recursive: maybe
      retries: many
      surprise: 1
      schedule: {minute: "0", seconds: "1"}
      """, to: "etc/tasks/bad.yaml")
    let error = try #require(throws: StoreError.self) { try store.task("bad") }
    #expect(error.code == .invalid)
    let fields = Set(error.findings.map(\.field))
    #expect(
      fields == [
        "direction", "source_datasets", "recursive", "retries", "surprise", "schedule.seconds",
      ])
  }

  @Test(
    "Text that is no task is refused",
    arguments: ["", "just words", "- a\n- b", "a: [", "a: 1\na: 2", "\u{FEFF}\t: x", "&a [*a]"])
  func notATask(text: String) throws {
    try folder.write(text, to: "etc/tasks/bad.yaml")
    let error = try #require(throws: StoreError.self) { try store.task("bad") }
    #expect(error.code == .invalid)
    #expect(!error.findings.isEmpty)
  }

  @Test(
    "Aliases that multiply are refused before they do; a few are read, and stars in quotes are none"
  )
  func aliases() throws {
    let levels = (1...30).map { "a\($0): &a\($0) [*a\($0 - 1), *a\($0 - 1)]" }
    try folder.write(
      "a0: &a0 x\n" + levels.joined(separator: "\n") + "\n? *a30\n: 1\n", to: "etc/tasks/bomb.yaml")
    let error = try #require(throws: StoreError.self) { try store.task("bomb") }
    #expect(error.code == .invalid)
    #expect(error.findings.first?.message.contains("aliases") == true)
    try folder.write(
      Self.example.replacing("[tank/data, tank/home]", with: "[&s tank/data, tank/home]")
        .replacing("[tank/data/scratch]", with: "[*s]"), to: "etc/tasks/few.yaml")
    #expect(try store.task("few").exclude == ["tank/data"])
    let globs = (0..<40).map { "\"*/\($0)\"" }.joined(separator: ", ")
    try folder.write(
      Self.example.replacing("[tank/data/scratch]", with: "[\(globs)]"), to: "etc/tasks/globs.yaml")
    #expect(try store.task("globs").exclude.count == 40)
  }

  @Test("must_not_B10: a bad file harms no other")
  func must_not_B10() throws {
    try folder.write("][", to: "etc/connections/broken.yaml")
    var good = Connection()
    good.name = "good"
    good.host = "203.0.113.9"
    try store.save(good)
    #expect(try store.connections() == [good])

    // A transport that nobody knows, a key that is none, lifetimes in months beside days.
    try folder.write(Self.example, to: "etc/tasks/good.yaml")
    try folder.write(
      Self.example.replacing("transport: SSH", with: "transport: FTP"), to: "etc/tasks/ftp.yaml")
    try folder.write(
      "host: vault\nhost_key: [\"ssh-rsa not*base64\", 7]\n", to: "etc/connections/odd.yaml")
    try folder.write(
      Self.example + """

        lifetimes:
          - {schedule: {minute: "0"}, lifetime_value: 1, lifetime_unit: MONTH}
          - {schedule: {minute: "0"}, lifetime_value: 7, lifetime_unit: DAY}
        """, to: "etc/tasks/mixed.yaml")
    #expect(try store.task("good").connection == "vault")
    #expect(try store.task("mixed").lifetimes.map(\.lifetimeUnit) == [.month, .day])
    let error = try #require(throws: StoreError.self) { try store.task("ftp") }
    #expect(error.findings.map(\.field) == ["transport"])
    #expect(try store.connections().map(\.name).contains("good"))
  }

  @Test(
    "A name that leads out of the folder is refused",
    arguments: ["../x", "a/b", "", ".hidden", "a\nb", String(repeating: "n", count: 201)])
  func badNames(name: String) throws {
    var task = TaskDraft()
    task.name = name
    let error = try #require(throws: StoreError.self) { try store.save(task) }
    #expect(error.code == .invalid)
    #expect(throws: StoreError.self) { try store.task(name) }
    #expect(throws: StoreError.self) { try store.deleteTask(name) }
  }

  @Test("What is not there is not found")
  func notFound() throws {
    #expect(try store.taskNames() == [])
    #expect(try #require(throws: StoreError.self) { try store.task("x") }.code == .notFound)
    #expect(try #require(throws: StoreError.self) { try store.deleteTask("x") }.code == .notFound)
  }

  @Test("A file that ends in the middle of a character, or is huge, is refused")
  func strangeFiles() throws {
    try folder.write(String(repeating: "#", count: 2 << 20), to: "etc/tasks/huge.yaml")
    #expect(try #require(throws: StoreError.self) { try store.task("huge") }.code == .invalid)
  }

  @Test("Snapshot tasks and connections are read back the same")
  func others() throws {
    var task = SnapshotTask()
    task.name = "hourly"
    task.dataset = "tank/data"
    task.recursive = true
    task.exclude = ["tank/data/x"]
    task.lifetimeValue = 3
    task.lifetimeUnit = .day
    task.namingSchema = "a-%Y%m%d%H%M"
    task.schedule = .daily
    task.allowEmpty = false
    task.enabled = false
    try store.save(task)
    #expect(try store.snapshotTasks() == [task])
    try store.deleteSnapshotTask("hourly")
    #expect(try store.snapshotTasks() == [])

    var connection = Connection()
    connection.name = "vault"
    connection.host = "fe80::1"
    connection.port = 2222
    connection.username = "replica"
    connection.key = "vault"
    connection.hostKey = ["ssh-ed25519 AAAA"]
    connection.connectTimeout = 3
    connection.sudo = true
    try store.save(connection)
    #expect(try store.connections() == [connection])
  }

  @Test("The file's keys are the fields of the model, one for one")
  func keysAreFields() throws {
    for field in TaskField.allCases where field != .name {
      // A key the codec knows draws no finding about an unknown key.
      let text = "direction: PUSH\ntransport: SSH\n\(field.rawValue): null\n"
      let findings = (try? TaskCodec.read(text, name: "t"))?.1 ?? []
      #expect(
        !findings.contains { $0.code == "file.unknown_key" }, "\(field.rawValue) is not read")
    }
  }
}
