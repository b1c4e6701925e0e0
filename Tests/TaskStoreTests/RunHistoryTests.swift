import Loopback
import ReplicationEngine
import ReplicationModel
import Testing

@testable import TaskStore

@Suite("History of runs")
struct RunHistoryTests {
  let folder = TemporaryFolder()

  static let summary = RunSummary(
    outcome: .failed, sentBytes: 1 << 40, snapshots: 3, finished: Instant(200), seconds: 99.5,
    error: RunFailure(code: "connect.refused", subject: "vault:22", detail: "x"))

  @Test func `a restore and a decision are told from a run, under the same lock`() throws {
    let history = try RunHistory(folder.folders)
    for kind in RunKind.allCases {
      let id = try history.runStarted(task: "t", kind: kind, at: Instant(1))
      #expect(throws: StoreError.self) { try history.runStarted(task: "t", at: Instant(2)) }
      try history.runFinished(
        id,
        RunSummary(
          outcome: .done, sentBytes: 0, snapshots: 0, finished: Instant(2), seconds: 1, error: nil))
    }
    #expect(try history.runs(of: "t", limit: 9).map(\.kind) == [.resolve, .restore, .run])
  }

  @Test("Nothing of the history may be read by others, SQLite's own files beside it neither")
  func modes() throws {
    let history = try RunHistory(folder.folders)
    _ = try history.runStarted(task: "t", at: Instant(1))
    for ending in ["", "-wal", "-shm"] {
      #expect(folder.mode(of: "var/history.sqlite\(ending)") == 0o600, "\(ending)")
    }
  }

  @Test("A run is kept with its end and its log")
  func aRun() throws {
    let history = try RunHistory(folder.folders)
    let run = try history.runStarted(task: "t", at: Instant(100))
    #expect(try history.runs(of: "t", limit: 5).first?.isRunning == true)
    try history.stepChanged(run, source: "tank/a", state: "sending", bytes: 0)
    try history.stepChanged(run, source: "tank/a", state: "done", bytes: 7)
    try history.log(run, at: Instant(101), line: "one")
    try history.log(run, at: Instant(102), line: "two")
    try history.runFinished(run, Self.summary)

    let records = try history.runs(of: "t", limit: 5)
    #expect(records.count == 1)
    #expect(records.first?.summary == Self.summary)
    #expect(records.first?.isRunning == false)
    #expect(
      try history.logLines(of: run)
        == [LogLine(at: Instant(101), line: "one"), LogLine(at: Instant(102), line: "two")])
    #expect(
      try history.steps(of: run) == [StepRecord(source: "tank/a", state: "done", bytes: 7)])
    #expect(try history.logLines(of: RunID(99)).isEmpty)
    #expect(try history.steps(of: RunID(99)).isEmpty)
    #expect(try history.runs(of: "other", limit: 5).isEmpty)
  }

  @Test("Lines of the log come into the file by themselves, in their order")
  func logAlone() async throws {
    let history = try RunHistory(folder.folders)
    let run = try history.runStarted(task: "t", at: Instant(100))
    for number in 1...50 {
      try history.log(run, at: Instant(100), line: "\(number)")
    }
    try history.log(RunID(99), at: Instant(100), line: "of no run")
    // Another process reads them, which knows nothing of what waits here.
    let other = try RunHistory(folder.folders)
    try await eventually { try !other.logLines(of: run).isEmpty }
    #expect(try other.logLines(of: run).map(\.line) == (1...50).map { "\($0)" })
    try history.stepChanged(run, source: "tank/a", state: "done", bytes: 0)
    #expect(try other.steps(of: run).count == 1)
  }

  @Test("What is said of a run that is over is written at once")
  func logAfterTheEnd() throws {
    let history = try RunHistory(folder.folders)
    let run = try history.runStarted(task: "t", at: Instant(100))
    try history.runFinished(run, Self.summary)
    try history.log(run, at: Instant(103), line: "a notice")
    let other = try RunHistory(folder.folders)
    #expect(try other.logLines(of: run).map(\.line) == ["a notice"])
  }

  @Test("A second run of a task is refused while one holds the lock, and only then")
  func lock() throws {
    let one = try RunHistory(folder.folders)
    let two = try RunHistory(folder.folders)
    let run = try one.runStarted(task: "t", at: Instant(1))
    let error = try #require(throws: StoreError.self) {
      _ = try two.runStarted(task: "t", at: Instant(2))
    }
    #expect(error.code == .locked)
    _ = try two.runStarted(task: "another", at: Instant(2))
    try one.runFinished(run, Self.summary)
    _ = try two.runStarted(task: "t", at: Instant(3))
  }

  @Test("A run whose process ended without a word is not running, and its record stays")
  func killed() throws {
    do {
      let history = try RunHistory(folder.folders)
      _ = try history.runStarted(task: "t", at: Instant(1))
    }
    let history = try RunHistory(folder.folders)
    let record = try #require(try history.runs(of: "t", limit: 1).first)
    #expect(record.summary == nil)
    #expect(record.isRunning == false)
    _ = try history.runStarted(task: "t", at: Instant(2))
    #expect(try history.runs(of: "t", limit: 1).first?.isRunning == true)
  }

  @Test("The runs of all tasks come newest first, and only those that run are running")
  func recent() throws {
    let history = try RunHistory(folder.folders)
    // An earlier process of `a` was killed.
    do { _ = try RunHistory(folder.folders).runStarted(task: "a", at: Instant(1)) }
    let done = try history.runStarted(task: "b", at: Instant(2))
    try history.runFinished(done, Self.summary)
    _ = try history.runStarted(task: "a", at: Instant(3))
    _ = try history.runStarted(task: "c", at: Instant(4))
    let runs = try history.recentRuns(limit: 10)
    #expect(runs.map(\.task) == ["c", "a", "b", "a"])
    #expect(runs.map(\.isRunning) == [true, true, false, false])
    #expect(runs[2].summary == Self.summary)
    #expect(try history.recentRuns(limit: 2).map(\.task) == ["c", "a"])
  }

  @Test("A database that is not one is a clear error")
  func torn() throws {
    try folder.write(
      "this is not a database, and long enough to be read as one", to: "var/history.sqlite")
    let error = try #require(throws: StoreError.self) { _ = try RunHistory(folder.folders) }
    #expect(error.code == .invalid)
  }
}
