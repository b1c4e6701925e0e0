internal import GRDB
internal import ReplicationEngine
internal import ReplicationModel

/// The tables of the history, and how a row is read.
enum HistorySchema {
  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("runs") { database in
      try database.execute(
        sql: """
          CREATE TABLE run (
            id INTEGER PRIMARY KEY AUTOINCREMENT, task TEXT NOT NULL, started INTEGER NOT NULL,
            outcome TEXT, sent_bytes INTEGER, snapshots INTEGER, finished INTEGER, seconds REAL,
            error_code TEXT, error_subject TEXT, error_detail TEXT
          );
          CREATE INDEX run_of_task ON run (task, id);
          CREATE TABLE step (
            run INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE, source TEXT NOT NULL,
            state TEXT NOT NULL, bytes INTEGER NOT NULL, PRIMARY KEY (run, source)
          ) WITHOUT ROWID;
          CREATE TABLE log (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            run INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
            at INTEGER NOT NULL, line TEXT NOT NULL
          );
          CREATE INDEX log_of_run ON log (run, id);
          """)
    }
    migrator.registerMigration("schedule") { database in
      try database.execute(
        sql: """
          CREATE TABLE mark (
            kind TEXT NOT NULL, name TEXT NOT NULL, through INTEGER NOT NULL,
            PRIMARY KEY (kind, name)
          ) WITHOUT ROWID;
          CREATE TABLE taking (
            id INTEGER PRIMARY KEY AUTOINCREMENT, task TEXT NOT NULL, at INTEGER NOT NULL,
            snapshot TEXT NOT NULL, datasets INTEGER, outcome TEXT NOT NULL,
            error_code TEXT, error_subject TEXT, error_detail TEXT
          );
          CREATE INDEX taking_of_task ON taking (task, id);
          CREATE TABLE tick (at INTEGER NOT NULL);
          CREATE TABLE waiting (
            task TEXT PRIMARY KEY, reason TEXT NOT NULL, detail TEXT NOT NULL
          ) WITHOUT ROWID;
          CREATE TABLE pause (task TEXT PRIMARY KEY, since INTEGER NOT NULL) WITHOUT ROWID;
          CREATE TABLE progress (
            run INTEGER PRIMARY KEY REFERENCES run (id) ON DELETE CASCADE, at INTEGER NOT NULL,
            bytes INTEGER NOT NULL, total INTEGER, rate REAL NOT NULL, eta REAL
          );
          CREATE TABLE copy (
            task TEXT PRIMARY KEY, at INTEGER NOT NULL, behind INTEGER, newest INTEGER
          ) WITHOUT ROWID;
          """)
    }
    migrator.registerMigration("kinds of runs") { database in
      try database.execute(sql: "ALTER TABLE run ADD COLUMN kind TEXT NOT NULL DEFAULT 'run'")
    }
    migrator.registerMigration("copies too far behind") { database in
      try database.execute(
        sql: "CREATE TABLE behind (task TEXT PRIMARY KEY) WITHOUT ROWID")
    }
    return migrator
  }

  static func record(_ row: Row) -> RunRecord {
    let outcome = (row["outcome"] as String?).flatMap(RunSummary.Outcome.init)
    let failure = failure(row)
    return RunRecord(
      id: RunID(row["id"]), task: row["task"], kind: RunKind(rawValue: row["kind"]) ?? .run,
      started: Instant(row["started"]),
      summary: outcome.map {
        RunSummary(
          outcome: $0, sentBytes: UInt64(clamping: row["sent_bytes"] ?? Int64(0)),
          snapshots: row["snapshots"] ?? 0, finished: Instant(row["finished"] ?? 0),
          seconds: row["seconds"] ?? 0, error: failure)
      },
      isRunning: false)
  }

  static func failure(_ row: Row) -> RunFailure? {
    (row["error_code"] as String?).map {
      RunFailure(
        code: $0, subject: row["error_subject"] ?? "", detail: row["error_detail"] ?? "")
    }
  }

  static func taking(_ row: Row) -> SnapshotTaking {
    SnapshotTaking(
      task: row["task"], at: Instant(row["at"]), snapshot: row["snapshot"],
      datasets: row["datasets"],
      outcome: SnapshotTaking.Outcome(rawValue: row["outcome"]) ?? .failed,
      error: failure(row))
  }
}
