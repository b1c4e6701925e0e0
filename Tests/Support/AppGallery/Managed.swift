import FormKit
import ReplicationModel
import TerminalCore

@testable import ZferryApp

extension FakeWorld {
  static let now = Instant(1_795_514_700)

  /// A system that has been looked after for a while: three tasks, two connections, two keys.
  static var managed: FakeWorld {
    var world = FakeWorld()
    world.keys[0].line = "ssh-ed25519 AAAAC3NzaC1l"
    var daily = SnapshotTask()
    daily.name = "tank-data-daily"
    daily.dataset = "tank/data"
    daily.recursive = true
    daily.schedule = .daily
    var hourly = SnapshotTask()
    hourly.name = "tank-home-hourly"
    hourly.dataset = "tank/home"
    hourly.schedule = Schedule(minute: "0", begin: "08:00", end: "18:00")
    hourly.enabled = false
    world.library.snapshotTasks = [daily, hourly]
    world.library.connections = ["lab", "vault"].map { name in
      var connection = Connection()
      connection.name = name
      connection.host = name == "lab" ? "203.0.113.40" : "203.0.113.9"
      connection.username = name == "lab" ? "root" : "replica"
      connection.key = "vault"
      connection.hostKey = ["ssh-ed25519 AAAAC3NzaC1l"]
      connection.sudo = name == "vault"
      return connection
    }
    world.library.keys = [
      KeyPair(name: "spare", publicKey: "ssh-ed25519 AAAAspare zferry spare"),
      KeyPair(
        name: "vault",
        publicKey: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJq3Yl0eEXAMPLEexampleEXAMPLEexample0123ab"
          + " zferry vault"),
    ]
    world.library.fingerprints = Dictionary(
      uniqueKeysWithValues: world.library.keys.map {
        (
          Library.keyID($0.publicKey),
          "SHA256:\($0.name == "vault" ? "uV9" : "s7K")mPz0QeHhT1sFz8fX2rIYxw8m7s0c4q9b4cXn0abcd"
        )
      })
    world.library.fingerprints["ssh-ed25519 AAAAC3NzaC1l"] = world.keys[0].fingerprint
    world.library.tasks = tasks
    world.library.facts = facts
    world.runs = runs
    world.log = [
      LogEntry(at: now + -7_200, line: "started"),
      LogEntry(
        at: now + -7_198, line: "tank/data@auto-2026-11-24_00-00 -> backup/site-a: full, 1 GiB"),
      LogEntry(at: now + -7_186, line: "done \u{1b}[31m"),
    ]
    return world
  }

  private static var tasks: [TaskDraft] {
    var archive = TaskDraft()
    archive.name = "archive"
    archive.transport = .local
    archive.sourceDatasets = ["tank/home"]
    archive.targetDataset = "backup/home"
    archive.alsoIncludeNamingSchema = ["auto-%Y-%m-%d_%H-%M"]
    archive.auto = false
    archive.enabled = false
    var offsite = TaskDraft()
    offsite.name = "offsite"
    offsite.connection = "vault"
    offsite.sourceDatasets = ["tank/data", "tank/home"]
    offsite.targetDataset = "backup/site-a"
    offsite.recursive = true
    offsite.periodicSnapshotTasks = ["tank-data-daily"]
    offsite.retentionPolicy = .custom
    offsite.lifetimeValue = 6
    offsite.lifetimeUnit = .month
    var www = TaskDraft()
    www.name = "www"
    www.direction = .pull
    www.connection = "vault"
    www.sourceDatasets = ["pool/www"]
    www.targetDataset = "tank/www"
    www.namingSchema = ["auto-%Y-%m-%d_%H-%M"]
    www.schedule = .hourly
    return [archive, offsite, www]
  }

  static let facts: [String: TaskFacts] = [
    "archive": TaskFacts(state: .pending),
    "offsite": TaskFacts(
      state: .finished, lastRun: now + -7_200, lastSuccess: now + -7_200, nextRun: now + 79_200,
      lagSeconds: 7_200),
    "www": TaskFacts(
      state: .error, reason: Failure("connect.refused", subject: "203.0.113.9:22"),
      lastRun: now + -300, lastSuccess: now + -90_000, nextRun: now + 3_300, lagSeconds: 90_000),
  ]

  private static var runs: [RunFacts] {
    [
      RunFacts(
        id: 3, task: "www", started: now + -300, isRunning: false,
        result: RunResult(
          outcome: "failed", sentBytes: 0, snapshots: 0, seconds: 3,
          error: Failure("connect.refused", subject: "203.0.113.9:22"))),
      RunFacts(
        id: 2, task: "offsite", started: now + -7_200, isRunning: false,
        result: RunResult(outcome: "done", sentBytes: 1 << 30, snapshots: 12, seconds: 14)),
      RunFacts(id: 1, task: "www", started: now + -90_000, isRunning: false, result: nil),
    ]
  }
}

extension Session {
  /// At the list of tasks of a system that is in use.
  static func managed(
    _ change: (inout FakeWorld) -> Void = { _ in }, readOnly: Bool = false
  ) -> Session {
    var world = FakeWorld.managed
    change(&world)
    var session = Session(world: world, readOnly: readOnly)
    session.state.management.loadedAt = FakeWorld.now
    return session
  }

  /// Down in the list that has the focus, then Enter.
  mutating func open(row: Int) {
    press(.home)
    for _ in 0..<row { press(.down) }
    press(.enter)
  }
}

extension Gallery {
  /// The screens of management.
  static var managed: [(String, AppState)] {
    var all: [(String, AppState)] = []
    func add(_ name: String, _ session: Session) { all.append((name, session.state)) }

    var session = Session.managed()
    add("tasks-managed", session)
    session.open(row: 1)
    add("task", session)
    session.push("task.export")
    add("entry", session)
    session.press(.escape)
    session.push("task.plan")
    session.push("plan.rights")
    add("rights", session)
    session.world.missingRights = ["receive"]
    session.push("rights.prove")
    add("rights-missing", session)
    session.press(.escape, .escape)
    session.push("task.delete")
    add("task-delete", session)
    session.press(.escape)
    session.push("task.retention")
    add("retention", session)
    session.tab(to: "retention.list")
    session.press(.enter)
    add("retention-snapshots", session)
    session.press(.escape)
    session.choose("retention.day", 6)
    session.tab(to: "retention.days")
    session.press(.ctrl("u"))
    add("retention-wrong", session)
    session.press(.escape, .escape)
    session.push("tasks.new")
    session.push("load_previous")
    add("previous-tasks", session)
    session.press(.down, .enter)
    add("previous-question", session)
    session.press(.escape, .escape, .escape)
    session.tab(to: "tasks.list")
    session.open(row: 2)
    add("task-failed", session)
    session.press(.escape)
    session.push("tasks.history")
    add("history", session)
    session.open(row: 1)
    add("log", session)
    session.press(.escape, .escape)
    session.push("tasks.settings")
    add("settings", session)
    session.press(.escape)
    session.push("tasks.keys")
    add("keys", session)
    session.open(row: 1)
    add("key", session)
    session.press(.escape, .escape)
    session.push("tasks.snapshots")
    add("snapshot-tasks", session)
    session.open(row: 1)
    add("snapshot-task", session)
    session.tab(to: "snap.dataset")
    session.press(.enter)
    add("browser-snapshot", session)
    session.press(.escape, .escape)
    session.press(.escape)
    session.push("tasks.connections")
    add("ssh-connections", session)
    session.push("ssh.test")
    add("ssh-test", session)
    session.tab(to: "ssh.list")
    session.open(row: 1)
    add("connection-form", session)
    session.push("conn.scan")
    add("connection-keys", session)
    session.press(.escape)
    session.tab(to: "conn.port")
    session.press(.ctrl("u"))
    session.push("conn.save")
    add("connection-wrong", session)
    session.press(.escape)
    add("form-leave", session)
    session.push("question.go")
    session.open(row: 1)
    session.tab(to: "conn.port")
    session.press(.ctrl("u"))
    session.type("2222")
    session.push("conn.save")
    add("connection-keep", session)
    add("beginner", Session(beginner: true))
    return all
  }
}
