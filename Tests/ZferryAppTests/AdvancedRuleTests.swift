import FormKit
import ReplicationModel
import Testing

@testable import AppGallery
@testable import ZferryApp

/// Every rule of a task, broken on the advanced screen: the finding stands at its field, or the
/// field does not apply and is left out.
@Suite struct AdvancedRuleTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let code: String
    let field: TaskField
    /// Whether the screen leaves the field out instead of refusing it.
    var isLeftOut = false
    let make: @Sendable (inout TaskDraft) -> Void
    var testDescription: String { "\(code) \(field.rawValue)" }
  }

  static let cases: [Case] = [
    Case(code: "M48", field: .sourceDatasets) { $0.sourceDatasets = [] },
    Case(code: "source.name", field: .sourceDatasets) { $0.sourceDatasets = ["tank/a//b"] },
    Case(code: "source.duplicate", field: .sourceDatasets) {
      $0.sourceDatasets = ["tank/data", "tank/data"]
    },
    Case(code: "M20", field: .connection) { $0.connection = nil },
    Case(code: "M21", field: .connection) { $0.connection = "attic" },
    Case(code: "M17", field: .connection, isLeftOut: true) { $0.transport = .local },
    Case(code: "target.required", field: .targetDataset) { $0.targetDataset = "" },
    Case(code: "target.name", field: .targetDataset) { $0.targetDataset = "backup@now" },
    Case(code: "overlap", field: .targetDataset) {
      $0.transport = .local
      $0.targetDataset = "tank/data"
    },
    Case(code: "name.required", field: .name) { $0.name = "" },
    Case(code: "name.file", field: .name) { $0.name = "a/b" },
    Case(code: "M1", field: .name) { $0.name = "taken" },
    Case(code: "M24", field: .exclude, isLeftOut: true) {
      $0.recursive = false
      $0.exclude = ["tank/data/a"]
    },
    Case(code: "exclude.name", field: .exclude) { $0.exclude = ["tank/data/"] },
    Case(code: "M25", field: .exclude) { $0.exclude = ["tank/data"] },
    Case(code: "M2", field: .periodicSnapshotTasks) { $0.periodicSnapshotTasks = ["nowhere"] },
    Case(code: "M47", field: .periodicSnapshotTasks) { $0.periodicSnapshotTasks = ["A", "A"] },
    Case(code: "M41", field: .periodicSnapshotTasks) { $0.periodicSnapshotTasks = ["off"] },
    Case(code: "M7", field: .periodicSnapshotTasks, isLeftOut: true) { $0.direction = .pull },
    Case(code: "M4", field: .periodicSnapshotTasks) { $0.periodicSnapshotTasks = [] },
    Case(code: "M8", field: .namingSchema) { $0.direction = .pull },
    Case(code: "M3", field: .namingSchema, isLeftOut: true) { $0.namingSchema = ["%s"] },
    Case(code: "M9", field: .alsoIncludeNamingSchema, isLeftOut: true) {
      $0.direction = .pull
      $0.alsoIncludeNamingSchema = ["%s"]
    },
    Case(code: "M10", field: .holdPendingSnapshots, isLeftOut: true) {
      $0.direction = .pull
      $0.holdPendingSnapshots = true
    },
    Case(code: "M35", field: .nameRegex) { $0.nameRegex = "a(" },
    Case(code: "M36", field: .nameRegex) { $0.nameRegex = "a" },
    Case(code: "M37", field: .nameRegex) {
      $0.nameRegex = "a"
      $0.alsoIncludeNamingSchema = ["%s"]
    },
    Case(code: "M38", field: .retentionPolicy) {
      $0.nameRegex = "a"
      $0.retentionPolicy = .custom
    },
    Case(code: "B6", field: .restrictSchedule) {
      $0.nameRegex = "a"
      $0.restrictSchedule = .daily
    },
    Case(code: "M5", field: .auto) {
      $0.periodicSnapshotTasks = []
      $0.alsoIncludeNamingSchema = ["%s"]
    },
    Case(code: "M6", field: .auto) {
      $0.direction = .pull
      $0.namingSchema = ["%s"]
    },
    Case(code: "M33", field: .schedule, isLeftOut: true) {
      $0.auto = false
      $0.schedule = .daily
    },
    Case(code: "M34", field: .onlyMatchingSchedule, isLeftOut: true) {
      $0.onlyMatchingSchedule = true
    },
    Case(code: "M43", field: .schedule) { $0.schedule = Schedule(minute: "99") },
    Case(code: "M44", field: .schedule) { $0.schedule = Schedule(begin: "18:00", end: "08:00") },
    Case(code: "M45", field: .schedule) {
      $0.schedule = Schedule(hour: "3", begin: "08:00", end: "18:00")
    },
    Case(code: "M46", field: .schedule) { $0.schedule = Schedule(begin: "8 am") },
    Case(code: "M43", field: .restrictSchedule) { $0.restrictSchedule = Schedule(dow: "moon") },
    Case(code: "M39", field: .lifetimeValue) { $0.retentionPolicy = .custom },
    Case(code: "M39", field: .lifetimeUnit) { $0.retentionPolicy = .custom },
    Case(code: "M40", field: .lifetimeValue, isLeftOut: true) { $0.lifetimeValue = 1 },
    Case(code: "M48", field: .lifetimeValue) {
      $0.retentionPolicy = .custom
      $0.lifetimeValue = 0
      $0.lifetimeUnit = .day
    },
    Case(code: "M29", field: .retentionPolicy) { $0.replicate = true },
    Case(code: "M30", field: .sourceDatasets) {
      $0.replicate = true
      $0.sourceDatasets = ["tank/data/a", "tank/data"]
    },
    Case(code: "M12", field: .netcatActiveSide) { $0.transport = .sshNetcat },
    Case(code: "M13", field: .netcatActiveSidePortMax) {
      $0.transport = .sshNetcat
      $0.netcatActiveSidePortMin = 2_000
      $0.netcatActiveSidePortMax = 1_999
    },
    Case(code: "M48", field: .netcatActiveSidePortMin) {
      $0.transport = .sshNetcat
      $0.netcatActiveSidePortMin = 0
    },
    Case(code: "M16", field: .netcatPassiveSideConnectAddress, isLeftOut: true) {
      $0.netcatPassiveSideConnectAddress = "::1"
    },
    Case(code: "M14", field: .compression, isLeftOut: true) {
      $0.transport = .sshNetcat
      $0.compression = .zstd
    },
    Case(code: "M19", field: .speedLimit, isLeftOut: true) {
      $0.transport = .local
      $0.speedLimit = 1
    },
    Case(code: "parallel.range", field: .parallel) { $0.parallel = 17 },
    Case(code: "streams.transport", field: .streams, isLeftOut: true) {
      $0.transport = .local
      $0.streams = 2
    },
    Case(code: "streams.range", field: .streams) { $0.streams = 9 },
    Case(code: "streams.in_all", field: .streams) {
      $0.parallel = 16
      $0.streams = 5
    },
    Case(code: "M32", field: .encryptionKeyFormat) { $0.encryption = true },
    Case(code: "M48", field: .propertiesOverride) { $0.propertiesOverride = ["a b": "c"] },
    Case(code: "M48", field: .retries) { $0.retries = 0 },
    Case(code: "retry_minutes.range", field: .retryMinutes) { $0.retryMinutes = -1 },
    Case(code: "N4", field: .alsoIncludeNamingSchema) {
      $0.alsoIncludeNamingSchema = ["daily-%Y-%m-%d"]
    },
    Case(code: "N7", field: .alsoIncludeNamingSchema) {
      $0.alsoIncludeNamingSchema = ["%Y-%m-%d_%H-%M-%q"]
    },
    Case(code: "netcat.address", field: .netcatActiveSideListenAddress) {
      $0.transport = .sshNetcat
      $0.netcatActiveSideListenAddress = "10.0.0.1/8"
    },
  ]

  static var state: AppState {
    var good = TaskDraft()
    good.name = "offsite"
    good.connection = "vault"
    good.sourceDatasets = ["tank/data"]
    good.targetDataset = "vault/site-a"
    good.recursive = true
    good.periodicSnapshotTasks = ["A"]
    var a = SnapshotTask()
    a.name = "A"
    a.dataset = "tank"
    a.recursive = true
    var off = a
    off.name = "off"
    off.enabled = false
    var taken = good
    taken.name = "taken"
    var session = Session(
      world: {
        var world = FakeWorld()
        world.library = Library(
          tasks: [taken], snapshotTasks: [a, off], connections: [WalkTests.vault])
        return world
      }())
    session.state.showAdvanced(Advanced(AdvancedForm(good)))
    return session.state
  }

  @Test func `a good task has no error, and the command line's warnings`() {
    let state = Self.state
    #expect(state.advanced.findings.allSatisfy { $0.severity == .warning })
  }

  @Test(arguments: cases)
  func `what is wrong stands at its field`(broken: Case) {
    var state = Self.state
    var task = state.advanced.raw
    broken.make(&task)
    state.showAdvanced(Advanced(AdvancedForm(task)))
    let codes = state.advanced.findings.filter {
      $0.code == broken.code && $0.field.prefix { $0 != "." } == broken.field.rawValue
    }
    if broken.isLeftOut {
      #expect(codes.isEmpty)
      #expect(state.advanced.leftOut.contains(broken.field))
      #expect(state.advancedOff(broken.field) != nil)
      return
    }
    #expect(!codes.isEmpty, "found: \(state.advanced.findings)")
    for finding in codes {
      let home = state.advancedHome(of: finding.field)
      #expect(home?.field.paths.contains { $0.hasPrefix(broken.field.rawValue) } == true)
      #expect(home?.field.off(state) == nil, "it can be mended")
    }
    // And Save leads to an error, without saving.
    let effects = state.pressInAdvanced("advanced.save")
    #expect(effects.isEmpty)
    #expect(state.advanced.findings.contains { $0.severity == .error })
    #expect(state.focus.text.hasPrefix("advanced."))
  }

  @Test func `every finding there can be has a place on the screen`() {
    let state = Self.state
    for field in TaskField.allCases {
      for part in ["", ".0", ".minute", ".begin", ".0.lifetime_value"] {
        #expect(state.advancedHome(of: field.rawValue + part) != nil, "\(field)\(part)")
      }
    }
  }
}
