import FormKit
import ReplicationModel
import ReplicationPlanner
import TerminalCore

@testable import ZferryApp

extension FakeWorld {
  /// What a file at this path becomes: one of an unknown kind is refused, as is one called `broken`.
  func foreign(_ order: ForeignOrder) -> Reply {
    guard order.path.hasPrefix("/") || order.asksHost else {
      return .failed(
        Failure(
          "store.invalid", subject: order.path,
          findings: [
            Finding(
              "file", code: "import.form",
              "Nobody can tell whose settings these are. Name the program (--from).")
          ]))
    }
    var read = ForeignTasks()
    for (period, schedule, lifetime) in [
      ("hourly", Schedule.hourly, Lifetime(36, .hour)), ("daily", .daily, Lifetime(30, .day)),
    ] {
      var task = SnapshotTask()
      task.name = "tank-mail-\(period)"
      task.dataset = "tank/mail"
      task.recursive = true
      task.exclude = ["tank/mail/cache"]
      task.namingSchema = "autosnap_%Y-%m-%d_%H:%M:%S_\(period)"
      task.schedule = schedule
      (task.lifetimeValue, task.lifetimeUnit) = (lifetime.value, lifetime.unit)
      read.snapshotTasks.append(task)
    }
    read.findings = [
      Finding(
        "line 12.pre_snapshot_script", .warning, code: "import.left_out",
        "`line 12.pre_snapshot_script` is left out: zferry runs no scripts around a snapshot.")
    ]
    if order.path.contains("broken") {
      read.findings.append(
        Finding(
          "line 3.hourly", code: "import.missing",
          "`line 3.hourly`: has to be a number from 0 to 1000000, not `many`."))
    }
    return .foreign(read)
  }

  /// Ten snapshots of which three are too old; of a recursive task too many are.
  func outlived(_ task: SnapshotTask, allowsMany: Bool) -> RetentionPlan {
    guard task.enabled else { return RetentionPlan() }
    let snapshots = (1...10).map { day in
      Snapshot(
        name: "auto-2026-11-\(day + 10)_00-00", guid: GUID(UInt64(day)),
        createtxg: UInt64(day), creation: Instant(1_795_000_000 + Int64(day) * 86_400))
    }
    let name = DatasetName(trusted: task.dataset)
    func share(_ dataset: DatasetName, _ going: Int, _ fate: RetentionPlan.Fate)
      -> RetentionPlan.Share
    {
      RetentionPlan.Share(
        side: .source, source: dataset, dataset: dataset, snapshots: snapshots,
        fates: snapshots.indices.map { $0 < going ? fate : $0 == 9 ? .last : .notExpired })
    }
    return RetentionPlan(shares: [
      share(name, 3, .goes),
      share(DatasetName(trusted: task.dataset + "/photos"), 7, allowsMany ? .goes : .tooMany),
    ])
  }
}

extension Gallery {
  /// The import, and pruning by a snapshot task.
  static var imports: [(String, AppState)] {
    var all: [(String, AppState)] = []
    func add(_ name: String, _ session: Session) { all.append((name, session.state)) }
    var session = Session.managed()
    session.push("tasks.import")
    add("import", session)
    session.push("import.look")
    add("import-missing", session)
    session.tab(to: "import.path")
    session.type("notes.txt")
    session.push("import.look")
    add("import-unreadable", session)
    session.tab(to: "import.path")
    session.press(.ctrl("u"))
    session.type("/broken.conf")
    session.push("import.look")
    add("import-wrong", session)
    session.press(.escape)
    session.tab(to: "import.path")
    session.press(.ctrl("u"))
    session.type("/etc/sanoid/sanoid.conf")
    session.push("import.look")
    add("import-preview", session)
    session.push("import.save")
    add("import-question", session)
    session = Session.managed()
    session.push("tasks.snapshots")
    session.push("snaps.prune")
    add("outlived", session)
    session.push("outlived.many")
    session.push("outlived.go")
    add("outlived-question", session)
    return all
  }
}
