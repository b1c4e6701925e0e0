import ReplicationEngine
import ReplicationModel
import Testing

@testable import TaskStore

@Suite("What zrepl leaves")
struct ZreplTests {
  func read(_ texts: String..., target: String? = nil) throws -> ForeignTasks {
    try ForeignTasks.read(ForeignWish(form: .zrepl, texts: texts, target: target), known: [])
  }

  static let push = """
    global:
      logging: [{type: syslog, format: human, level: warn}]
    jobs:
    - name: offsite
      type: push
      connect:
        type: ssh+stdinserver
        host: vault.example.org
        user: root
        port: 22
        identity_file: /etc/zrepl/ssh/SECRET
      filesystems: {"tank<": true, "tank/tmp<": false, "other/db": true, "tank/home": true}
      send: {encrypted: true, large_blocks: true, compressed: true, bandwidth_limit: {max: 10 MiB}}
      snapshotting: {type: periodic, prefix: zrepl_, interval: 10m, hooks: []}
      pruning:
        keep_sender:
        - {type: not_replicated}
        - {type: last_n, count: 10}
        keep_receiver:
        - {type: grid, grid: "1x1h(keep=all) | 24x1h | 30x1d | 6x30d", regex: "^zrepl_.*"}
        - {type: regex, negate: true, regex: "^zrepl_.*"}
    """

  @Test("A push job is a task for each topmost dataset, and goes on with the copies that are there")
  func push() throws {
    #expect(ForeignTasks.form(of: Self.push) == .zrepl)
    let found = try read(Self.push, target: "backup/zrepl/web")
    #expect(found.tasks.map(\.name) == ["offsite-other-db", "offsite-tank"])
    let task = found.tasks[1]
    #expect(task.direction == .push && task.connection == "vault.example.org")
    #expect(task.sourceDatasets == ["tank"] && task.targetDataset == "backup/zrepl/web/tank")
    #expect(task.recursive && task.exclude == ["tank/tmp"])
    #expect(task.periodicSnapshotTasks == ["offsite-tank"])
    #expect(task.largeBlock && task.compressed && !task.properties && task.readonly == .ignore)
    #expect(task.speedLimit == 10 << 20 && task.holdPendingSnapshots)
    // 1 h, 24 h, 30 d and 180 d: the last of the grid goes after 211 days and an hour.
    #expect(task.retentionPolicy == .custom && task.lifetimeUnit == .day)
    #expect(task.lifetimeValue == 212)
    #expect(!found.tasks[0].recursive && found.tasks[0].exclude.isEmpty)
    let snapshots = try #require(found.snapshotTasks.last)
    #expect(snapshots.name == "offsite-tank" && snapshots.schedule.minute == "*/10")
    #expect(snapshots.namingSchema == "zrepl_%Y%m%d_%H%M%S_000")
    #expect((snapshots.lifetimeValue, snapshots.lifetimeUnit) == (2, .hour))
    let fields = Set(found.findings.map(\.field))
    for field in [
      "global", "jobs.0.connect", "jobs.0.snapshotting.hooks",
      "jobs.0.pruning.keep_receiver.0.grid",
      "jobs.0.pruning.keep_sender.1.count", "jobs.0.snapshotting.timestamp_location", "file",
    ] {
      #expect(fields.contains(field), "\(field) of \(fields)")
    }
    #expect(found.findings.allSatisfy { $0.severity == .warning })
    #expect(!"\(found)".contains("SECRET"))
  }

  @Test("Where the copies are only the sink knows: without it there is no task, and it is said")
  func noTarget() throws {
    let found = try read(Self.push)
    #expect(found.tasks.isEmpty && found.snapshotTasks.count == 2)
    let errors = found.findings.filter { $0.severity == .error }
    #expect(errors.map(\.field) == ["jobs.0.target_dataset"])
    #expect(errors[0].message.contains("--target"))
  }

  static let local = """
    jobs:
    - {name: usb, type: push, connect: {type: local, listener_name: usb, client_identity: me},
       filesystems: {"tank<": true}, snapshotting: {type: manual},
       pruning: {keep_sender: [{type: last_n, count: 5}], keep_receiver: [{type: regex, regex: ".*"}]}}
    - {name: stick, type: sink, serve: {type: local, listener_name: usb}, root_fs: usb/zrepl}
    - name: snaps
      type: snap
      filesystems: {"tank/vm": true}
      snapshotting: {type: cron, prefix: vm_, cron: "30 4 * * *", timestamp_format: human}
      pruning: {keep: [{type: grid, grid: 14x1d}]}
    - name: strange
      type: dance
    """

  @Test("A local push finds its sink; snap jobs take snapshots only; an unknown job is an error")
  func local() throws {
    let found = try read(Self.local)
    let task = try #require(found.tasks.first)
    #expect(task.transport == .local && task.connection == nil)
    #expect(task.targetDataset == "usb/zrepl/me/tank" && task.nameRegex == ".*" && !task.auto)
    #expect(task.retentionPolicy == .none)
    let snapshots = try #require(found.snapshotTasks.first)
    #expect(found.snapshotTasks.count == 1 && snapshots.name == "snaps")
    #expect(snapshots.namingSchema == "vm_%Y-%m-%d_%H:%M:%S" && snapshots.schedule.hour == "4")
    #expect((snapshots.lifetimeValue, snapshots.lifetimeUnit) == (2, .week))
    let errors = found.findings.filter { $0.severity == .error }
    #expect(errors.map(\.field) == ["jobs.3.type"])
  }

  static let pull = """
    jobs:
    - {name: in, type: pull, connect: {type: tls, address: "web.example.org:8888", ca: /c, cert: /d,
       key: /k, server_cn: web}, root_fs: backup/web, interval: 1h,
       pruning: {keep_sender: [{type: not_replicated}],
                 keep_receiver: [{type: grid, grid: 30x1d, regex: "^zrepl_"}]}}
    """
  static let copies = """
    backup\t
    backup/web\tzrepl:placeholder\ton\tlocal
    backup/web/tank\tzrepl:placeholder\ton\tlocal
    backup/web/tank/www
    backup/web/tank/www@zrepl_20261130_120000_000
    backup/web/tank/www/logs@zrepl_20261130_120000_000
    """

  @Test("What a pull job pulls is told by the copies; without them it is missing")
  func pull() throws {
    let found = try read(Self.pull, Self.copies)
    let task = try #require(found.tasks.first)
    #expect(found.tasks.count == 1 && task.name == "in" && task.direction == .pull)
    #expect(task.sourceDatasets == ["tank/www"] && task.recursive)
    #expect(task.targetDataset == "backup/web/tank/www" && task.schedule == .hourly)
    #expect(
      task.namingSchema == ["zrepl_%Y%m%d_%H%M%S_000"] && task.connection == "web.example.org")
    let alone = try read(Self.pull)
    #expect(alone.tasks.isEmpty && alone.findings.contains { $0.field == "jobs.0.source_datasets" })
  }

  @Test("Snapshots and cursors tell the rest where there is no zrepl.yml")
  func traces() throws {
    let found = try read(
      """
      tank/a@zrepl_20261130_120003_000
      tank/a@zrepl_20261130_130004_000
      tank/a@zrepl_20261130_140005_000
      tank/a/b@zrepl_20261130_140005_000
      tank/a#zrepl_CURSOR_G_0123456789abcdef_J_offsite
      tank/c@zrepl_hand
      """)
    let task = try #require(found.snapshotTasks.first)
    #expect(found.snapshotTasks.count == 1 && task.name == "tank-a-zrepl" && task.recursive)
    #expect(task.schedule == .hourly && task.lifetimeUnit == .hour && task.lifetimeValue == 4)
    #expect(found.findings.contains { $0.field == "offsite" && $0.message.contains("tank/a") })
  }

  @Test(
    "Hostile YAML is a finding, and quickly",
    arguments: [
      "jobs: *loop", "jobs: &a [*a]", "jobs: \u{0}\u{1}",
      "jobs: " + String(repeating: "[", count: 20_000),
      "a: &a [x]\njobs: [" + String(repeating: "*a,", count: 40) + "]", "jobs: 7",
      "jobs: [{type: push}]", "jobs: [{type: snap, filesystems: 1}]",
    ])
  func hostile(text: String) {
    do {
      let found = try read(text)
      #expect(found.findings.contains { $0.severity == .error }, "\(text.prefix(40))")
    } catch {
      #expect((error as? StoreError)?.code == .invalid)
    }
  }

  @Test("The nearest pattern decides", arguments: [true, false])
  func filter(hasPools: Bool) throws {
    let filter = try #require(
      ZreplFilter(["<": "true", "a<": "false", "a/b<": "true", "c/d": "false"]))
    let trees = filter.trees(pools: hasPools ? ["a", "c"] : [])
    #expect(trees.map(\.root) == (hasPools ? ["a/b", "c"] : ["a/b"]))
    if hasPools { #expect(trees[1].recursive && trees[1].exclude == ["c/d"]) }
  }
}
