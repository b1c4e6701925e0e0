internal import GRDB
public import ReplicationEngine
public import ReplicationModel
public import ReplicationPlanner

extension RunHistory: ScheduleRecordPort {
  public func marks() throws(StoreError) -> [AgendaKey: Instant] {
    try read { database in
      var marks: [AgendaKey: Instant] = [:]
      for row in try Row.fetchAll(database, sql: "SELECT kind, name, through FROM mark") {
        guard let kind = AgendaKey.Kind(rawValue: row["kind"]) else { continue }
        marks[AgendaKey(kind, row["name"])] = Instant(row["through"])
      }
      return marks
    }
  }

  public func keep(_ marks: [AgendaKey: Instant?]) throws(StoreError) {
    guard !marks.isEmpty else { return }
    try write { database in
      for (key, through) in marks {
        if let through {
          try database.execute(
            sql: "INSERT OR REPLACE INTO mark (kind, name, through) VALUES (?, ?, ?)",
            arguments: [key.kind.rawValue, key.name, through.seconds])
        } else {
          try database.execute(
            sql: "DELETE FROM mark WHERE kind = ? AND name = ?",
            arguments: [key.kind.rawValue, key.name])
        }
      }
    }
  }

  public func taken(_ taking: SnapshotTaking) throws(StoreError) {
    try write { database in
      try database.execute(
        sql: """
          INSERT INTO taking
            (task, at, snapshot, datasets, outcome, error_code, error_subject, error_detail)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?)
          """,
        arguments: [
          taking.task, taking.at.seconds, taking.snapshot, taking.datasets,
          taking.outcome.rawValue, taking.error?.code, taking.error?.subject, taking.error?.detail,
        ])
    }
  }

  public func takings(of task: String?, limit: Int) throws(StoreError) -> [SnapshotTaking] {
    try read { database in
      let rows =
        if let task {
          try Row.fetchAll(
            database, sql: "SELECT * FROM taking WHERE task = ? ORDER BY id DESC LIMIT ?",
            arguments: [task, limit])
        } else {
          try Row.fetchAll(
            database, sql: "SELECT * FROM taking ORDER BY id DESC LIMIT ?", arguments: [limit])
        }
      return rows.map(HistorySchema.taking)
    }
  }

  public func behind() throws(StoreError) -> Set<String> {
    try read { Set(try String.fetchAll($0, sql: "SELECT task FROM behind")) }
  }

  public func keepBehind(_ task: String, _ isBehind: Bool) throws(StoreError) -> Bool {
    try write { database in
      try database.execute(
        sql: isBehind
          ? "INSERT OR IGNORE INTO behind (task) VALUES (?)" : "DELETE FROM behind WHERE task = ?",
        arguments: [task])
      return database.changesCount > 0
    }
  }

  public func ticked(_ look: TickLook) throws(StoreError) {
    try write { database in
      try database.execute(sql: "DELETE FROM tick; DELETE FROM waiting")
      try database.execute(
        sql: "INSERT INTO tick (at) VALUES (?)", arguments: [look.at.seconds])
      for waiting in look.waiting {
        try database.execute(
          sql: "INSERT OR REPLACE INTO waiting (task, reason, detail) VALUES (?, ?, ?)",
          arguments: [waiting.task, waiting.reason.rawValue, waiting.detail])
      }
    }
  }

  public func lastTick() throws(StoreError) -> TickLook? {
    try read { database in
      guard let at = try Int64.fetchOne(database, sql: "SELECT at FROM tick") else { return nil }
      let rows = try Row.fetchAll(database, sql: "SELECT * FROM waiting ORDER BY task")
      return TickLook(
        at: Instant(at),
        waiting: rows.compactMap { row in
          Waiting.Reason(rawValue: row["reason"]).map {
            Waiting(task: row["task"], reason: $0, detail: row["detail"])
          }
        })
    }
  }
}

/// Keeps a second tick away while one is at work.
public struct TickLock: Sendable {
  private let lock: TaskLock

  /// Takes the lock, or throws `.locked` at once.
  public init(_ folders: StoreFolders) throws(StoreError) {
    lock = try TaskLock(task: "tick", in: folders.state)
  }
}
