import Glibc
import ReplicationEngine
import ReplicationModel
import Testing

@testable import TaskStore

@Suite("What sanoid leaves")
struct SanoidTests {
  func read(_ texts: String...) throws -> ForeignTasks {
    #expect(ForeignTasks.form(of: texts.joined(separator: "\n")) == .sanoid)
    return try ForeignTasks.read(ForeignWish(texts: texts), known: [])
  }

  static let file = """
    # the nightly one
    [tank/home]
    \tuse_template = production, tight
    \trecursive = yes
    \tpre_snapshot_script = /usr/local/bin/freeze

    [tank/home/cache]
    \tuse_template = ignore
    [tank/vm]
    \trecursive = zfs
    \thourly = 0
    \tdaily = 7
    \tmonthly = 0
    \tdaily_hour = 4
    \tdaily_min = 30
    \tautoprune = no
    [backup/home]
    \tautosnap = no
    \tautoprune = yes
    [template_production]
    \tfrequently = 4
    \thourly = 36
    \tdaily = 30
    \tmonthly = 3
    \tyearly = 1
    \tautosnap = yes
    [template_tight]
    \tdaily = 14
    \tweekly = 2
    [template_ignore]
    \tautosnap = no
    \tautoprune = no
    \tmonitor = no
    """

  @Test("Each dataset gets a snapshot task for each kind of snapshot that is kept")
  func file() throws {
    let found = try read(Self.file)
    #expect(
      found.snapshotTasks.map(\.name) == [
        "tank-home-frequently", "tank-home-hourly", "tank-home-daily", "tank-home-weekly",
        "tank-home-monthly", "tank-home-yearly", "tank-vm-daily",
      ])
    #expect(found.tasks.isEmpty)
    let hourly = found.snapshotTasks[1]
    #expect(hourly.dataset == "tank/home" && hourly.recursive)
    #expect(hourly.exclude == ["tank/home/cache"])
    #expect((hourly.lifetimeValue, hourly.lifetimeUnit) == (36, .hour))
    #expect(hourly.schedule == Schedule(minute: "0"))
    #expect(hourly.namingSchema == "autosnap_%Y-%m-%d_%H:%M:%S_hourly")
    let frequently = found.snapshotTasks[0]
    #expect((frequently.lifetimeValue, frequently.lifetimeUnit) == (1, .hour))
    #expect(frequently.schedule.minute == "*/15")
    // A later template wins over an earlier one.
    #expect(found.snapshotTasks[2].lifetimeValue == 14)
    #expect(found.snapshotTasks[3].schedule == Schedule(minute: "30", hour: "23", dow: "1"))
    let vm = found.snapshotTasks[6]
    #expect(vm.schedule == Schedule(minute: "30", hour: "4"))
    #expect((vm.lifetimeValue, vm.lifetimeUnit) == (100, .year))
    for task in found.snapshotTasks {
      #expect(SnapshotTaskRules.findings(for: task).isEmpty, "\(task.name)")
    }
  }

  @Test("What is not carried over is told by its line, and why")
  func leftOut() throws {
    let findings = try read(Self.file).findings
    let fields = findings.map(\.field)
    #expect(
      fields == [
        "line 5.pre_snapshot_script", "line 7", "line 33.monitor", "line 31.autosnap",
        "line 18.autosnap", "file",
      ], "\(fields)")
    #expect(findings.allSatisfy { $0.severity == .warning })
    #expect(findings.last?.message.contains("sanoid.timer") == true)
  }

  @Test("Snapshot names of sanoid are those of the schema, so that old ones are still cleared away")
  func names() throws {
    let schema = try NamingSchema(SanoidPeriod.daily.schema)
    #expect(schema.instant(of: "autosnap_2026-11-30_23:59:07_daily", in: .utc) != nil)
    #expect(schema.instant(of: "autosnap_2026-11-30_23:59:07_hourly", in: .utc) == nil)
  }

  static let listing = """
    NAME                                          USED  AVAIL  REFER  MOUNTPOINT
    tank                                           1G     9G    24K  /tank
    tank/home@autosnap_2026-11-28_23:59:01_daily     0B      -    24K  -
    tank/home@autosnap_2026-11-29_23:59:02_daily     0B      -    24K  -
    tank/home/ann@autosnap_2026-11-28_23:59:01_daily   0B      -    24K  -
    tank/home/tmp                                  0B     9G    24K  /tank/home/tmp
    tank/vm@mine                                   0B      -    24K  -
    """

  @Test("Without a sanoid.conf the snapshots tell datasets and kinds; that it is a guess is said")
  func traces() throws {
    let found = try read(Self.listing)
    let task = try #require(found.snapshotTasks.first)
    #expect(found.snapshotTasks.count == 1 && task.name == "tank-home-daily")
    #expect(task.recursive && task.exclude == ["tank/home/tmp"])
    #expect((task.lifetimeValue, task.lifetimeUnit) == (2, .day))
    #expect(found.findings.map(\.field) == ["tank-home-daily", "file"])
  }

  @Test(
    "What cannot be read is an error with its line",
    arguments: [
      ("[tank/a]\nhourly = many", "line 2.hourly"), ("[tank/a]\nrubbish", "line 2"),
      ("[tank/a]\nuse_template = gone", "line 1.use_template"),
      ("[template_x]\nhourly = 1", "file"), ("[tank/a]\ndaily_hour = 99", "line 2.daily_hour"),
    ])
  func wrong(text: String, field: String) throws {
    let errors = try ForeignTasks.read(ForeignWish(form: .sanoid, texts: [text]), known: [])
      .findings.filter { $0.severity == .error }
    #expect(errors.map(\.field) == [field])
  }

  @Test("A pipe that nobody writes into keeps nobody waiting")
  func pipe() throws {
    let folder = TemporaryFolder()
    let path = "\(folder.path)/pipe"
    #expect(mkfifo(path, 0o600) == 0)
    #expect(try FileStore(folder.folders).readText(at: path).isEmpty)
  }

  @Test("A file with more sections than anybody writes is refused at once")
  func huge() throws {
    let text = (0..<50_000).map { "[tank/\($0)]\n" }.joined()
    let found = try ForeignTasks.read(ForeignWish(form: .sanoid, texts: [text]), known: [])
    #expect(found.snapshotTasks.isEmpty && found.findings.map(\.code) == ["import.missing"])
  }
}
