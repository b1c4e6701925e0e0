internal import GRDB
internal import Glibc
public import ReplicationEngine
public import ReplicationModel
internal import Synchronization

/// The record of runs in SQLite, and the locks of the tasks that run.
///
/// Lines of a log wait a tenth of a second for whatever is written next, and go with it: a run of a
/// thousand datasets has five thousand lines, and each would be a transaction.
public final class RunHistory: RunRecordPort {
  private let database: DatabaseQueue
  let folders: StoreFolders
  private let held = Mutex<[RunID: (task: String, lock: TaskLock)]>([:])
  private let waiting = Mutex<[(run: RunID, at: Instant, line: String)]>([])

  /// Opens the database in the state folder, and makes it where it is not there yet.
  public init(_ folders: StoreFolders) throws(StoreError) {
    self.folders = folders
    try AtomicFile.makeFolder(folders.state, mode: 0o700)
    // Made here, and so for its owner only from the first byte: SQLite gives what it makes beside it the same mode.
    let file = open(folders.history, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw AtomicFile.systemError(folders.history) }
    close(file)
    do {
      var configuration = Configuration()
      configuration.busyMode = .timeout(10)
      configuration.journalMode = .wal
      database = try DatabaseQueue(path: folders.history, configuration: configuration)
      try HistorySchema.migrator.migrate(database)
    } catch {
      throw Self.storeError(error, subject: folders.history)
    }
  }

  public func alone<Value>(_ body: () throws(StoreError) -> Value) throws(StoreError) -> Value {
    let lock = try TaskLock(task: "begin", in: folders.state, waits: true)
    defer { withExtendedLifetime(lock) {} }
    return try body()
  }

  public func runStarted(task: String, kind: RunKind, at: Instant) throws(StoreError) -> RunID {
    let lock = try TaskLock(task: task, in: folders.locks)
    let id = try write { database in
      try database.execute(
        sql: "INSERT INTO run (task, kind, started) VALUES (?, ?, ?)",
        arguments: [task, kind.rawValue, at.seconds])
      return RunID(database.lastInsertedRowID)
    }
    held.withLock { $0[id] = (task, lock) }
    return id
  }

  /// The run of this process that holds a task's lock.
  func ownRun(of task: String) -> RunID? {
    held.withLock { $0.first { $0.value.task == task }?.key }
  }

  public func stepChanged(_ run: RunID, source: String, state: String, bytes: UInt64)
    throws(StoreError)
  {
    try write { database in
      try database.execute(
        sql: """
          INSERT INTO step (run, source, state, bytes) VALUES (?, ?, ?, ?)
          ON CONFLICT (run, source) DO UPDATE SET state = excluded.state, bytes = excluded.bytes
          """,
        arguments: [run.value, source, state, Int64(clamping: bytes)])
    }
  }

  /// A kill takes the last tenth of a second along; what a run goes on from is not in the log.
  public func log(_ run: RunID, at: Instant, line: String) throws(StoreError) {
    let isFirst = waiting.withLock { waiting in
      waiting.append((run, at, line))
      return waiting.count == 1
    }
    // After the end of a run its process may end at any moment: a notice is written at once.
    guard held.withLock({ $0[run] != nil }) else { return try writeLog() }
    guard isFirst else { return }
    Task { [weak self] in
      try? await Task.sleep(for: .milliseconds(100))
      try? self?.writeLog()
    }
  }

  /// Writes the lines that wait, if nobody has done so meanwhile.
  private func writeLog() throws(StoreError) {
    guard !waiting.withLock(\.isEmpty) else { return }
    try write { _ in }
  }

  /// What else is written does not fail because a line is lost.
  private func writeLog(in database: Database) {
    let lines = waiting.withLock { waiting in
      defer { waiting = [] }
      return waiting
    }
    for (run, at, line) in lines {
      try? database.execute(
        sql: "INSERT INTO log (run, at, line) VALUES (?, ?, ?)",
        arguments: [run.value, at.seconds, line])
    }
  }

  public func runFinished(_ run: RunID, _ summary: RunSummary) throws(StoreError) {
    // The lock goes in any case: a run whose end could not be written down is over all the same.
    defer {
      let task = held.withLock { $0.removeValue(forKey: run)?.task }
      if let task {
        for kind in RunNote.Kind.allCases { RunNote(kind, task: task, in: folders.locks).clear() }
      }
    }
    try write { database in
      try database.execute(
        sql: """
          UPDATE run SET outcome = ?, sent_bytes = ?, snapshots = ?, finished = ?, seconds = ?,
            error_code = ?, error_subject = ?, error_detail = ? WHERE id = ?
          """,
        arguments: [
          summary.outcome.rawValue, Int64(clamping: summary.sentBytes), summary.snapshots,
          summary.finished.seconds, summary.seconds, summary.error?.code, summary.error?.subject,
          summary.error?.detail, run.value,
        ])
      try database.execute(sql: "DELETE FROM progress WHERE run = ?", arguments: [run.value])
    }
  }

  public func runs(of task: String, limit: Int) throws(StoreError) -> [RunRecord] {
    let records = try read { database in
      try Row.fetchAll(
        database, sql: "SELECT * FROM run WHERE task = ? ORDER BY id DESC LIMIT ?",
        arguments: [task, limit]
      ).map(HistorySchema.record)
    }
    return marked(records)
  }

  public func recentRuns(limit: Int) throws(StoreError) -> [RunRecord] {
    let records = try read { database in
      try Row.fetchAll(
        database, sql: "SELECT * FROM run ORDER BY id DESC LIMIT ?", arguments: [limit]
      ).map(HistorySchema.record)
    }
    return marked(records)
  }

  /// Only the newest run of a task can be running: an older one without an end was killed.
  private func marked(_ records: [RunRecord]) -> [RunRecord] {
    var seen: Set<String> = []
    return records.map { record in
      var record = record
      if seen.insert(record.task).inserted, record.summary == nil {
        record.isRunning = TaskLock.isHeld(task: record.task, in: folders.locks)
      }
      return record
    }
  }

  public func logLines(of run: RunID) throws(StoreError) -> [LogLine] {
    try writeLog()
    return try read { database in
      try Row.fetchAll(
        database, sql: "SELECT at, line FROM log WHERE run = ? ORDER BY id", arguments: [run.value]
      ).map { LogLine(at: Instant($0["at"]), line: $0["line"]) }
    }
  }

  public func steps(of run: RunID) throws(StoreError) -> [StepRecord] {
    try read { database in
      try Row.fetchAll(
        database, sql: "SELECT source, state, bytes FROM step WHERE run = ? ORDER BY source",
        arguments: [run.value]
      ).map {
        StepRecord(
          source: $0["source"], state: $0["state"], bytes: UInt64(clamping: $0["bytes"] as Int64))
      }
    }
  }

  func write<Value>(_ body: (Database) throws -> Value) throws(StoreError) -> Value {
    do {
      return try database.write { database in
        writeLog(in: database)
        return try body(database)
      }
    } catch {
      throw Self.storeError(error, subject: folders.history)
    }
  }

  func read<Value>(_ body: (Database) throws -> Value) throws(StoreError) -> Value {
    do { return try database.read(body) } catch {
      throw Self.storeError(error, subject: folders.history)
    }
  }

  private static func storeError(_ error: any Error, subject: String) -> StoreError {
    guard let error = error as? DatabaseError else {
      return StoreError(.system, subject: subject, detail: "\(error)")
    }
    let code: StoreError.Code =
      switch error.resultCode {
      case .SQLITE_FULL: .full
      // On a full disk some of SQLite's own files fail so.
      case .SQLITE_IOERR where hasNoRoom(for: subject): .full
      case .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_AUTH: .permission
      case .SQLITE_BUSY, .SQLITE_LOCKED: .locked
      case .SQLITE_CORRUPT, .SQLITE_NOTADB: .invalid
      default: .system
      }
    return StoreError(code, subject: subject, detail: error.message ?? "\(error.resultCode)")
  }

  private static func hasNoRoom(for path: String) -> Bool {
    var disk = statvfs()
    return statvfs(path, &disk) == 0 && disk.f_bavail == 0
  }
}
