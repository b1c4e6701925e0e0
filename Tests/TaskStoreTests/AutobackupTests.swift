import ReplicationEngine
import ReplicationModel
import Testing

@testable import TaskStore

@Suite("What zfs-autobackup leaves")
struct AutobackupTests {
  func read(_ texts: String...) throws -> ForeignTasks {
    #expect(ForeignTasks.form(of: texts.joined(separator: "\n")) == .autobackup)
    return try ForeignTasks.read(ForeignWish(texts: texts), known: [])
  }

  static let crontab = """
    0 3 * * * root /usr/local/bin/zfs-autobackup --ssh-target root@vault --strip-path 1 \
    --keep-source 10,1d1w,1w1m --clear-mountpoint --compress --rate 10M --rollback offsite backup/a >>/var/log/x
    """
  static let properties = """
    NAME          PROPERTY            VALUE  SOURCE
    tank          autobackup:offsite  false  local
    tank/data     autobackup:offsite  true   local
    tank/data/x   autobackup:offsite  true   inherited from tank/data
    tank/data/no  autobackup:offsite  false  local
    tank/solo     autobackup:offsite  parent  local
    bk/copy       autobackup:offsite  true   received
    """

  @Test("A call and its properties become a task for each topmost dataset")
  func push() throws {
    let found = try read(Self.crontab, Self.properties)
    #expect(found.tasks.map(\.name) == ["offsite-tank-data", "offsite-tank-solo"])
    let task = found.tasks[0]
    #expect(task.direction == .push && task.connection == "vault" && task.transport == .ssh)
    #expect(task.sourceDatasets == ["tank/data"] && task.targetDataset == "backup/a/data")
    #expect(task.recursive && task.exclude == ["tank/data/no"])
    #expect(task.propertiesOverride == ["canmount": "noauto"] && task.properties)
    #expect(task.compression == .zstd && task.speedLimit == 10 << 20)
    #expect(task.periodicSnapshotTasks == ["offsite-tank-data"])
    // The last of the standard thinning, 1m1y, goes after a year.
    #expect((task.lifetimeValue, task.lifetimeUnit) == (1, .year))
    #expect(!found.tasks[1].recursive)
    let snapshots = found.snapshotTasks[0]
    #expect(snapshots.namingSchema == "offsite-%Y%m%d%H%M%S" && !snapshots.allowEmpty)
    #expect((snapshots.lifetimeValue, snapshots.lifetimeUnit) == (1, .month))
    #expect(snapshots.schedule.hour == "3")
    #expect(SnapshotTaskRules.findings(for: snapshots).isEmpty)
    let fields = found.findings.map(\.field)
    #expect(
      fields == [
        "line 1.rollback", "line 1.>>/var/log/x", "autobackup:offsite", "line 1.keep-source",
        "line 1.keep-target", "file",
      ], "\(fields)")
    #expect(found.findings.allSatisfy { $0.severity == .warning })
  }

  @Test("A pull takes no snapshots there, and says so; a call without datasets is an error")
  func pull() throws {
    let found = try read(
      "zfs-autobackup --ssh-source web --no-snapshot in bk", "tank/a\tautobackup:in\ttrue\tlocal")
    let task = try #require(found.tasks.first)
    #expect(task.direction == .pull && task.namingSchema == ["in-%Y%m%d%H%M%S"] && !task.auto)
    #expect(task.targetDataset == "bk/tank/a" && found.snapshotTasks.isEmpty)
    let alone = try read("zfs-autobackup --ssh-source web in bk")
    #expect(alone.tasks.isEmpty)
    #expect(alone.findings.filter { $0.severity == .error }.map(\.field) == ["line 1.datasets"])
  }

  @Test("Properties alone tell what is snapshotted, not where it is copied to")
  func propertiesAlone() throws {
    let found = try read("tank/a\tautobackup:x\tchild\tlocal\ntank/a/b\ntank/a/b/c\ntank/z")
    #expect(found.tasks.isEmpty && found.snapshotTasks.map(\.dataset) == ["tank/a/b"])
    #expect(found.findings.contains { $0.field == "autobackup:x" && $0.code == "import.left_out" })
  }

  @Test(
    "What cannot be is an error",
    arguments: [
      "zfs-autobackup", "zfs-autobackup a b c", "zfs-autobackup --keep-source 3q x bk",
      "zfs-autobackup --ssh-source a --ssh-target b x bk",
    ])
  func wrong(line: String) throws {
    let found = try read(line + "\n", "tank/a\tautobackup:x\ttrue\tlocal")
    #expect(found.findings.contains { $0.severity == .error })
  }
}
