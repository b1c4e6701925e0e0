import ReplicationModel
import Testing

/// A case of engine.md 5.10: what is asked for on top of the base, and the field it is refused at.
struct AcceptanceCase: Sendable, CustomTestStringConvertible {
  let change: Change
  /// Nil where it is accepted. `ssh_credentials` is `connection` in our files.
  let field: String?
  /// The rules it shows.
  let rules: String

  init(
    _ id: String, _ field: String? = nil, _ rules: String = "",
    _ change: @escaping @Sendable (inout TaskDraft) -> Void
  ) {
    self.change = Change(id, RuleBench.base, change)
    self.field = field
    self.rules = rules
  }

  var testDescription: String { "\(change.name) \(rules)" }

  static let all: [AcceptanceCase] = selection + route + exclude + rest

  private static let schema = RuleBench.schema

  private static let selection = [
    AcceptanceCase("C01", "naming_schema", "M3 R9") { $0.namingSchema = [schema] },
    AcceptanceCase("C02") {
      $0.periodicSnapshotTasks = ["A"]
      $0.schedule = .hourly
      $0.auto = true
    },
    AcceptanceCase("C03") {
      $0.periodicSnapshotTasks = ["A"]
      $0.auto = true
    },
    AcceptanceCase("C04") {
      $0.alsoIncludeNamingSchema = [schema]
      $0.schedule = .hourly
      $0.auto = true
    },
    AcceptanceCase("C05", "auto", "M5 R13") {
      $0.alsoIncludeNamingSchema = [schema]
      $0.auto = true
    },
    AcceptanceCase("C06", "periodic_snapshot_tasks", "M7 R15") {
      $0.direction = .pull
      $0.periodicSnapshotTasks = ["A"]
    },
    AcceptanceCase("C07") {
      $0.direction = .pull
      $0.namingSchema = [schema]
    },
    AcceptanceCase("C08", "also_include_naming_schema", "M9 R12") {
      $0.direction = .pull
      $0.namingSchema = [schema]
      $0.alsoIncludeNamingSchema = [schema]
    },
    AcceptanceCase("C09", "hold_pending_snapshots", "M10 R18") {
      $0.direction = .pull
      $0.namingSchema = [schema]
      $0.holdPendingSnapshots = true
    },
  ]

  private static let route = [
    AcceptanceCase("C10") {
      netcat(&$0)
      $0.netcatActiveSidePortMin = 1_024
      $0.netcatActiveSidePortMax = 50_000
    },
    AcceptanceCase("C11", "netcat_active_side_port_max", "M13") {
      netcat(&$0)
      $0.netcatActiveSidePortMin = 60_000
      $0.netcatActiveSidePortMax = 50_000
    },
    AcceptanceCase("C12", "compression", "M14") {
      netcat(&$0)
      $0.compression = .lz4
    },
    AcceptanceCase("C13", "speed_limit", "M15") {
      netcat(&$0)
      $0.speedLimit = 1_024
    },
    AcceptanceCase("C28", "netcat_active_side", "M16") { $0.netcatActiveSide = .local },
    AcceptanceCase("C29", "netcat_active_side_port_min", "M16") {
      $0.netcatActiveSidePortMin = 1_024
    },
    AcceptanceCase("C30", "connection", "M17") { $0.connection = "vault" },
    AcceptanceCase("C31", "compression", "M18") { $0.compression = .lz4 },
    AcceptanceCase("C32", "speed_limit", "M19") { $0.speedLimit = 1_024 },
  ]

  private static func netcat(_ draft: inout TaskDraft) {
    draft.periodicSnapshotTasks = ["A"]
    draft.transport = .sshNetcat
    draft.connection = "vault"
    draft.netcatActiveSide = .local
  }

  private static let exclude = [
    AcceptanceCase("C14", "exclude", "M22 R2") {
      $0.sourceDatasets = ["tank/exclude/work"]
      $0.recursive = true
      $0.periodicSnapshotTasks = ["X"]
    },
    AcceptanceCase("C15") {
      $0.sourceDatasets = ["tank/exclude/work"]
      $0.recursive = true
      $0.exclude = ["tank/exclude/work/garbage"]
      $0.periodicSnapshotTasks = ["X"]
    },
    AcceptanceCase("C16") {
      $0.sourceDatasets = ["tank/exclude/work"]
      $0.periodicSnapshotTasks = ["X"]
    },
    AcceptanceCase("C17", "source_datasets.0", "M23") {
      $0.sourceDatasets = ["tank/exclude/work/garbage"]
      $0.periodicSnapshotTasks = ["X"]
    },
    AcceptanceCase("C18", "exclude", "M24") {
      $0.sourceDatasets = ["tank/exclude/work"]
      $0.exclude = ["tank/exclude/work/garbage"]
      $0.periodicSnapshotTasks = ["X"]
    },
    AcceptanceCase("C19", "exclude.0", "M25") {
      $0.recursive = true
      $0.exclude = ["tank/other"]
      $0.periodicSnapshotTasks = ["A"]
    },
    AcceptanceCase("C20") {
      $0.sourceDatasets = ["tank/exclude/work/important"]
      $0.recursive = true
      $0.periodicSnapshotTasks = ["X"]
    },
    AcceptanceCase("C26", "source_datasets.1", "M30 R7") {
      whole(&$0)
      $0.sourceDatasets = ["tank/data", "tank/data/work"]
    },
    AcceptanceCase("C27", "periodic_snapshot_tasks.1", "M31 R8") {
      whole(&$0)
      $0.periodicSnapshotTasks = ["A", "W"]
    },
    AcceptanceCase("C34", "recursive", "M26 R3") {
      whole(&$0)
      $0.recursive = false
    },
    AcceptanceCase("C35", "exclude", "M27 R4") {
      whole(&$0)
      $0.exclude = ["tank/data/work"]
    },
    AcceptanceCase("C36", "properties", "M28 R5") {
      whole(&$0)
      $0.properties = false
    },
  ]

  private static func whole(_ draft: inout TaskDraft) {
    draft.periodicSnapshotTasks = ["A"]
    draft.replicate = true
    draft.recursive = true
    draft.retentionPolicy = .source
  }

  private static let rest = [
    AcceptanceCase("C21") { custom(&$0) },
    AcceptanceCase("C22") {
      custom(&$0)
      $0.lifetimes = [
        ScheduledLifetime(schedule: .daily, lifetimeValue: 1, lifetimeUnit: .month),
        ScheduledLifetime(schedule: .weekly, lifetimeValue: 1, lifetimeUnit: .year),
      ]
    },
    AcceptanceCase("C23") { $0.nameRegex = "manual-.+" },
    AcceptanceCase("C24") {
      $0.direction = .pull
      $0.nameRegex = "manual-.+"
    },
    AcceptanceCase("C25", "retention_policy", "M38 R22") {
      custom(&$0)
      $0.periodicSnapshotTasks = []
      $0.nameRegex = "manual-.+"
    },
    AcceptanceCase("C33", "auto", "M6 R14") {
      $0.direction = .pull
      $0.namingSchema = [schema]
      $0.auto = true
    },
    AcceptanceCase("C37", "encryption_key", "M32") { $0.encryption = true },
    // C38 wants a place for the key as well; here zferry keeps it where there is no other.
    AcceptanceCase("C38", "encryption_key_location", "key.location") {
      $0.encryption = true
      $0.encryptionKey = Secret("correct horse battery")
      $0.encryptionKeyFormat = .passphrase
      $0.encryptionKeyLocation = "keys/site-a"
    },
    AcceptanceCase("C39", "schedule", "M33 R16") { $0.schedule = .hourly },
    AcceptanceCase("C40", "only_matching_schedule", "M34 R17") { $0.onlyMatchingSchedule = true },
    AcceptanceCase("C41", "name_regex", "M35 R19") { $0.nameRegex = "(" },
    AcceptanceCase("C42", "name_regex", "M36 R20") {
      $0.nameRegex = "manual-.+"
      $0.periodicSnapshotTasks = ["A"]
    },
    AcceptanceCase("C43", "name_regex", "M37 R21") {
      $0.nameRegex = "manual-.+"
      $0.alsoIncludeNamingSchema = [schema]
    },
    AcceptanceCase("C44", "lifetime_value", "M39 D7") {
      custom(&$0)
      $0.lifetimeValue = nil
    },
    AcceptanceCase("C45", "lifetime_unit", "M39 D7") {
      custom(&$0)
      $0.lifetimeUnit = nil
    },
    AcceptanceCase("C46", "lifetime_value", "M40") { $0.lifetimeValue = 2 },
    AcceptanceCase("C47", "lifetime_unit", "M40") { $0.lifetimeUnit = .week },
    AcceptanceCase("C48", "lifetimes", "M40") {
      $0.lifetimes = [
        ScheduledLifetime(schedule: .daily, lifetimeValue: 1, lifetimeUnit: .month)
      ]
    },
  ]

  private static func custom(_ draft: inout TaskDraft) {
    draft.periodicSnapshotTasks = ["A"]
    draft.retentionPolicy = .custom
    draft.lifetimeValue = 2
    draft.lifetimeUnit = .week
  }
}

@Suite("Upstream's own cases of tasks, C01 to C48")
struct AcceptanceCaseTests {
  @Test("Each is refused at its field, or accepted", arguments: AcceptanceCase.all)
  func acceptance(example: AcceptanceCase) {
    let errors = RuleBench.errors(example.change.draft)
    if let field = example.field {
      #expect(errors.contains { $0.field == field }, "\(errors)")
      let code = example.rules.prefix { $0 != " " }
      #expect(errors.contains { $0.field == field && $0.code == code }, "\(errors)")
    } else {
      #expect(errors.isEmpty)
    }
  }

  @Test("All forty-eight are there, once")
  func complete() {
    let ids = AcceptanceCase.all.map(\.change.name)
    #expect(ids.count == 48)
    #expect(Set(ids) == Set((1...48).map { $0 < 10 ? "C0\($0)" : "C\($0)" }))
  }
}
