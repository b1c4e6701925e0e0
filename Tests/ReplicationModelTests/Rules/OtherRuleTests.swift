import ReplicationModel
import Testing

@Suite("Rules of snapshot tasks and connections")
struct OtherRuleTests {
  @Test(
    "Streams are packed, and a word of warning says where that is in vain",
    arguments: TaskDraft.Compression.allCases)
  func packs(compression: TaskDraft.Compression) {
    var draft = RuleBench.ssh
    draft.compression = compression
    #expect(RuleBench.findings(draft).map(\.severity) == [.warning])
    draft.compressed = false
    #expect(RuleBench.findings(draft).isEmpty)
  }

  static var snapshotTask: SnapshotTask {
    RuleBench.snapshotTask("hourly", "tank/data", recursive: true, exclude: ["tank/data/a"])
  }

  static var connection: Connection {
    var connection = Connection()
    connection.name = "vault"
    connection.host = "vault.example.org"
    connection.key = "vault"
    connection.hostKey = ["ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIA=="]
    return connection
  }

  typealias SnapshotChange = @Sendable (inout SnapshotTask) -> Void
  static let badSnapshotTasks: [(field: String, code: String, change: SnapshotChange)] = [
    ("name", "name.required", { $0.name = "" }),
    ("name", "name.file", { $0.name = "a/b" }),
    ("dataset", "dataset.required", { $0.dataset = "" }),
    ("dataset", "dataset.name", { $0.dataset = "tank@now" }),
    ("exclude", "exclude.not_recursive", { $0.recursive = false }),
    ("exclude.1", "exclude.outside", { $0.exclude.append("tank/data") }),
    ("exclude.1", "exclude.outside", { $0.exclude.append("tank/database") }),
    ("lifetime_value", "M48", { $0.lifetimeValue = 0 }),
    ("naming_schema", "N4", { $0.namingSchema = "daily" }),
    ("naming_schema", "N7", { $0.namingSchema = "%Y-%m-%d_%H-%M-%Q" }),
    ("schedule.hour", "M43", { $0.schedule.hour = "24" }),
    ("schedule.end", "M46", { $0.schedule.end = "late" }),
    ("schedule.end", "M44", { $0.schedule = Schedule(begin: "12:00", end: "11:00") }),
    ("schedule", "M45", { $0.schedule = Schedule(dom: "31", month: "4") }),
  ]

  @Test("A bad snapshot task is refused at its field", arguments: badSnapshotTasks.indices)
  func badSnapshotTask(index: Int) {
    let example = Self.badSnapshotTasks[index]
    var task = Self.snapshotTask
    example.change(&task)
    let findings = SnapshotTaskRules.findings(for: task)
    #expect(
      findings.contains { $0.field == example.field && $0.code == example.code }, "\(findings)")
  }

  @Test("A good snapshot task is accepted, and so is a glob below its dataset")
  func goodSnapshotTask() {
    var task = Self.snapshotTask
    #expect(SnapshotTaskRules.findings(for: task).isEmpty)
    task.exclude = ["tank/data/*/cache", "*/scratch"]
    task.lifetimeValue = 1
    #expect(SnapshotTaskRules.findings(for: task).isEmpty)
  }

  typealias ConnectionChange = @Sendable (inout Connection) -> Void
  static let badConnections: [(field: String, code: String, change: ConnectionChange)] = [
    ("name", "name.required", { $0.name = " " }),
    ("name", "name.file", { $0.name = ".vault" }),
    ("host", "host.required", { $0.host = "" }),
    ("host", "host.word", { $0.host = "-oProxyCommand=x" }),
    ("host", "host.word", { $0.host = "a b" }),
    ("port", "port.range", { $0.port = 0 }),
    ("port", "port.range", { $0.port = 65_536 }),
    ("username", "username.required", { $0.username = "" }),
    ("username", "username.word", { $0.username = "root\n" }),
    ("key", "key.required", { $0.key = "" }),
    ("key", "key.name", { $0.key = "../id" }),
    ("host_key", "host_key.required", { $0.hostKey = [] }),
    ("host_key.0", "D4", { $0.hostKey = ["ssh-ed25519"] }),
    ("host_key.0", "D4", { $0.hostKey = ["ssh-ed25519 A?AA"] }),
    ("host_key.0", "D4", { $0.hostKey = ["ssh-ed25519 AAA"] }),
    ("host_key.0", "D4", { $0.hostKey = ["ssh-ed25519 A==="] }),
    ("host_key.0", "D4", { $0.hostKey = ["ssh-ed25519 AAAA=AAA"] }),
    ("host_key.1", "D4", { $0.hostKey.append("") }),
    ("connect_timeout", "connect_timeout.range", { $0.connectTimeout = 0 }),
  ]

  @Test("A bad connection is refused at its field alone", arguments: badConnections.indices)
  func badConnection(index: Int) {
    let example = Self.badConnections[index]
    var connection = Self.connection
    example.change(&connection)
    let findings = ConnectionRules.findings(for: connection)
    #expect(findings.map(\.field) == [example.field])
    #expect(findings.map(\.code) == [example.code])
  }

  @Test("A good connection is accepted", arguments: ["::1", "fe80::1%eth0", "10.0.0.1", "vault"])
  func goodConnection(host: String) {
    var connection = Self.connection
    connection.host = host
    connection.port = 65_535
    connection.connectTimeout = 1
    #expect(ConnectionRules.findings(for: connection).isEmpty)
  }
}
