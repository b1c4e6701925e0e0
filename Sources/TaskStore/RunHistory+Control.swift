internal import GRDB
public import ReplicationEngine
public import ReplicationModel

extension RunHistory: RunControlPort {
  public func tell(_ progress: RunProgress, of task: String) throws(StoreError) {
    guard let run = ownRun(of: task) else { return }
    try write { database in
      try database.execute(
        sql: """
          INSERT OR REPLACE INTO progress (run, at, bytes, total, rate, eta)
          VALUES (?, ?, ?, ?, ?, ?)
          """,
        arguments: [
          run.value, progress.at.seconds, Int64(clamping: progress.bytes),
          progress.total.map { Int64(clamping: $0) }, progress.rate, progress.etaSeconds,
        ])
    }
  }

  public func progress(of task: String) throws(StoreError) -> RunProgress? {
    guard let run = try runs(of: task, limit: 1).first, run.isRunning else { return nil }
    return try read { database in
      try Row.fetchOne(
        database, sql: "SELECT * FROM progress WHERE run = ?", arguments: [run.id.value]
      ).map {
        RunProgress(
          at: Instant($0["at"]), bytes: UInt64(clamping: $0["bytes"] as Int64),
          total: ($0["total"] as Int64?).map { UInt64(clamping: $0) }, rate: $0["rate"],
          etaSeconds: $0["eta"])
      }
    }
  }

  public func looked(_ state: CopyState, of task: String) throws(StoreError) {
    try write { database in
      try database.execute(
        sql: "INSERT OR REPLACE INTO copy (task, at, behind, newest) VALUES (?, ?, ?, ?)",
        arguments: [
          task, state.at.seconds, state.bytesBehind.map { Int64(clamping: $0) },
          state.newestCommon?.seconds,
        ])
    }
  }

  public func copyState(of task: String) throws(StoreError) -> CopyState? {
    try read { database in
      try Row.fetchOne(database, sql: "SELECT * FROM copy WHERE task = ?", arguments: [task]).map {
        CopyState(
          at: Instant($0["at"]),
          bytesBehind: ($0["behind"] as Int64?).map { UInt64(clamping: $0) },
          newestCommon: ($0["newest"] as Int64?).map { Instant($0) })
      }
    }
  }

  public func askToStop(_ task: String) throws(StoreError) -> Bool {
    guard let run = try runs(of: task, limit: 1).first, run.isRunning else { return false }
    try RunNote(.stop, task: task, in: folders.locks).write("asked", for: run.id)
    return true
  }

  public func isAskedToStop(_ task: String) -> Bool {
    guard let run = ownRun(of: task) else { return false }
    return RunNote(.stop, task: task, in: folders.locks).word(for: run) != nil
  }

  public func wish(_ speed: SpeedWish?, of task: String) throws(StoreError) -> Bool {
    guard let run = try runs(of: task, limit: 1).first, run.isRunning else { return false }
    let note = RunNote(.speed, task: task, in: folders.locks)
    if let speed { try note.write(speed.word, for: run.id) } else { note.clear() }
    return true
  }

  public func wishedSpeed(of task: String) -> SpeedWish? {
    ownRun(of: task).flatMap { RunNote(.speed, task: task, in: folders.locks).word(for: $0) }
      .flatMap { SpeedWish(word: $0) }
  }

  public func pause(_ task: String, at moment: Instant?) throws(StoreError) {
    try write { database in
      if let moment {
        // The first time counts: since then it has not run.
        try database.execute(
          sql: "INSERT OR IGNORE INTO pause (task, since) VALUES (?, ?)",
          arguments: [task, moment.seconds])
      } else {
        try database.execute(sql: "DELETE FROM pause WHERE task = ?", arguments: [task])
      }
    }
  }

  public func paused(_ task: String) throws(StoreError) -> Instant? {
    try read { database in
      try Int64.fetchOne(database, sql: "SELECT since FROM pause WHERE task = ?", arguments: [task])
        .map { Instant($0) }
    }
  }
}

extension SpeedWish {
  /// As it stands in a note: bytes a second, or `none`.
  fileprivate var word: String { bytes.map { "\($0)" } ?? "none" }

  fileprivate init?(word: Substring) {
    if word == "none" {
      self = .unlimited
      return
    }
    guard let bytes = UInt64(word), bytes > 0 else { return nil }
    self = .limit(bytes)
  }
}
