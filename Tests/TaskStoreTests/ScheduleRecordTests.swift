import ReplicationEngine
import ReplicationModel
import ReplicationPlanner
import Testing

@testable import TaskStore

@Suite("What ticks and runs of several processes remember")
struct ScheduleRecordTests {
  let folder = TemporaryFolder()

  @Test("Marks are kept, moved and forgotten")
  func marks() throws {
    let history = try RunHistory(folder.folders)
    #expect(try history.marks().isEmpty)
    try history.keep([.snapshot("a"): Instant(60), .replication("a"): Instant(120)])
    try history.keep([.snapshot("a"): Instant(180), .replication("none"): nil])
    #expect(
      try RunHistory(folder.folders).marks()
        == [.snapshot("a"): Instant(180), .replication("a"): Instant(120)])
    try history.keep([.snapshot("a"): nil])
    #expect(try history.marks() == [.replication("a"): Instant(120)])
  }

  @Test("Snapshots that were taken are told newest first, with what went wrong")
  func takings() throws {
    let history = try RunHistory(folder.folders)
    let taken = SnapshotTaking(
      task: "hourly", at: Instant(60), snapshot: "tank@x", datasets: 3, outcome: .taken)
    let failed = SnapshotTaking(
      task: "hourly", at: Instant(120), snapshot: "tank@y", outcome: .failed,
      error: RunFailure(code: "zfs.busy", subject: "tank", detail: "d"))
    let other = SnapshotTaking(
      task: "daily", at: Instant(130), snapshot: "tank@z", outcome: .unchanged)
    for taking in [taken, failed, other] { try history.taken(taking) }
    #expect(try history.takings(of: "hourly", limit: 5) == [failed, taken])
    #expect(try history.takings(of: nil, limit: 2) == [other, failed])
    #expect(try history.takings(of: "none", limit: 5).isEmpty)
  }

  @Test("The last tick's look takes the place of the one before")
  func ticks() throws {
    let history = try RunHistory(folder.folders)
    #expect(try history.lastTick() == nil)
    let waiting = [Waiting(task: "a", reason: .turn, detail: "5")]
    try history.ticked(TickLook(at: Instant(60), waiting: waiting))
    #expect(try history.lastTick() == TickLook(at: Instant(60), waiting: waiting))
    try history.ticked(TickLook(at: Instant(120)))
    #expect(try history.lastTick() == TickLook(at: Instant(120)))
  }

  @Test("Progress is there while the run is, for another process too")
  func progress() throws {
    let history = try RunHistory(folder.folders)
    let other = try RunHistory(folder.folders)
    let progress = RunProgress(
      at: Instant(5), bytes: 1 << 40, total: 1 << 41, rate: 2.5, etaSeconds: nil)
    try history.tell(progress, of: "t")
    #expect(try other.progress(of: "t") == nil)
    let run = try history.runStarted(task: "t", at: Instant(1))
    #expect(try other.progress(of: "t") == nil)
    try history.tell(progress, of: "t")
    #expect(try other.progress(of: "t") == progress)
    try history.runFinished(run, RunHistoryTests.summary)
    #expect(try other.progress(of: "t") == nil)
  }

  @Test("A wish to stop reaches the run it was meant for, and no other")
  func stop() throws {
    let history = try RunHistory(folder.folders)
    let other = try RunHistory(folder.folders)
    #expect(try !other.askToStop("t"))
    #expect(try !other.wish(.limit(5), of: "t"))
    let first = try history.runStarted(task: "t", at: Instant(1))
    let second = try history.runStarted(task: "u", at: Instant(1))
    #expect(!history.isAskedToStop("t"))
    #expect(try other.wish(.limit(5), of: "t") && history.wishedSpeed(of: "t") == .limit(5))
    #expect(try other.wish(.unlimited, of: "t") && history.wishedSpeed(of: "t") == .unlimited)
    #expect(history.wishedSpeed(of: "u") == nil && other.wishedSpeed(of: "t") == nil)
    #expect(try other.wish(nil, of: "t") && history.wishedSpeed(of: "t") == nil)
    #expect(try other.wish(.limit(9), of: "t"))
    #expect(try other.askToStop("t"))
    #expect(history.isAskedToStop("t"))
    #expect(!history.isAskedToStop("u"))
    // It is not the other process that is asked.
    #expect(!other.isAskedToStop("t"))
    // A wish that is left over is not for the next run.
    let wish = RunNote(.stop, task: "t", in: folder.folders.locks)
    try history.runFinished(first, RunHistoryTests.summary)
    #expect(wish.word(for: first) == nil)
    try wish.write("asked", for: first)
    _ = try history.runStarted(task: "t", at: Instant(2))
    #expect(!history.isAskedToStop("t"))
    try history.runFinished(second, RunHistoryTests.summary)
  }

  @Test("A killed run is not asked to stop")
  func killed() throws {
    do { _ = try RunHistory(folder.folders).runStarted(task: "t", at: Instant(1)) }
    #expect(try !RunHistory(folder.folders).askToStop("t"))
  }

  @Test("A pause counts from when it began")
  func pause() throws {
    let history = try RunHistory(folder.folders)
    #expect(try history.paused("t") == nil)
    try history.pause("t", at: Instant(60))
    try history.pause("t", at: Instant(90))
    #expect(try RunHistory(folder.folders).paused("t") == Instant(60))
    #expect(try history.paused("u") == nil)
    try history.pause("t", at: nil)
    #expect(try history.paused("t") == nil)
  }

  @Test("How far a copy is behind is kept for each task")
  func copies() throws {
    let history = try RunHistory(folder.folders)
    let state = CopyState(at: Instant(9), bytesBehind: 1 << 40, newestCommon: Instant(3))
    try history.looked(state, of: "t")
    #expect(try history.copyState(of: "t") == state)
    let unknown = CopyState(at: Instant(10), bytesBehind: nil, newestCommon: nil)
    try history.looked(unknown, of: "t")
    #expect(try history.copyState(of: "t") == unknown)
    #expect(try history.copyState(of: "u") == nil)
  }

  @Test("The lock says who holds it")
  func holder() throws {
    let one = try RunHistory(folder.folders)
    let run = try one.runStarted(task: "t", at: Instant(1))
    let error = try #require(throws: StoreError.self) {
      _ = try RunHistory(folder.folders).runStarted(task: "t", at: Instant(2))
    }
    #expect(error.code == .locked && error.detail.hasPrefix("process "), "\(error)")
    try one.runFinished(run, RunHistoryTests.summary)
    let tick = try TickLock(folder.folders)
    let second = try #require(throws: StoreError.self) { _ = try TickLock(folder.folders) }
    #expect(second.code == .locked)
    withExtendedLifetime(tick) {}
  }

  @Test(
    "Settings",
    arguments: [
      ("max_parallel_replication_tasks: 2", 2), ("max_parallel_replication_tasks: null", nil),
      ("max_parallel_replication_tasks: 2\n", 2),
    ] as [(String, Int?)])
  func settings(text: String, limit: Int?) throws {
    let store = FileStore(folder.folders)
    #expect(try store.settings().maxParallelReplicationTasks == 5)
    try folder.write(text, to: "etc/settings.yaml")
    #expect(try store.settings().maxParallelReplicationTasks == limit)
    #expect(try store.settings().systemSSH && store.settings().streams == nil)
    try folder.write("system_ssh: false\nstreams: 4\n", to: "etc/settings.yaml")
    #expect(try !store.settings().systemSSH && store.settings().streams == 4)
  }

  @Test("Listings are remembered unless the settings say no")
  func keepsListings() throws {
    let store = FileStore(folder.folders)
    #expect(try store.settings().keepsListings)
    try folder.write("keep_listings: false", to: "etc/settings.yaml")
    #expect(try !store.settings().keepsListings)
  }

  @Test(
    "Settings that are not understood are findings",
    arguments: [
      "max_parallel_replication_tasks: 0", "max_paralel: 3", "max_parallel_replication_tasks: x",
      "system_ssh: perhaps", "streams: 0", "streams: 9",
    ])
  func badSettings(text: String) throws {
    try folder.write(text, to: "etc/settings.yaml")
    let error = try #require(throws: StoreError.self) {
      _ = try FileStore(folder.folders).settings()
    }
    #expect(error.code == .invalid && error.findings.count == 1)
  }
}
