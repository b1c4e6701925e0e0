import ReplicationEngine
import ReplicationModel
import Synchronization
import Testing

@testable import AppRuntime
@testable import ZferryApp

/// What the screens of management ask for.
@Suite struct ManagementEffectTests {
  let id = RequestID(1)

  func bench() -> Bench {
    let bench = Bench()
    bench.files.content.withLock { content in
      var task = TaskDraft()
      task.name = "offsite"
      task.enabled = false
      task.connection = "vault"
      task.periodicSnapshotTasks = ["daily"]
      content.tasks["offsite"] = task
      var connection = Connection()
      connection.name = "vault"
      connection.key = "vault"
      connection.hostKey = ["ssh-ed25519 HOST"]
      content.connections["vault"] = connection
      content.keys = ["vault": "ssh-ed25519 KEY zferry vault", "spare": "ssh-ed25519 SPARE"]
      var daily = SnapshotTask()
      daily.name = "daily"
      daily.dataset = "tank"
      content.snapshotTasks["daily"] = daily
    }
    return bench
  }

  func failure(_ effect: Effect, on bench: Bench) async -> Failure? {
    if case .failed(let failure)? = await bench.replies(effect).first { return failure }
    return nil
  }

  @Test func `keys are loaded with their fingerprints, tasks with what they did`() async {
    var bench = bench()
    bench.records = FakeRecords(history: [
      RunRecord(
        id: RunID(2), task: "offsite", started: Instant(1_795_514_000),
        summary: RunSummary(
          outcome: .failed, sentBytes: 0, snapshots: 0, finished: Instant(0), seconds: 1,
          error: RunFailure(code: "auth", subject: "vault:22")), isRunning: false),
      RunRecord(
        id: RunID(1), task: "offsite", started: Instant(1_795_513_700),
        summary: Bench.summary(.done), isRunning: false),
    ])
    guard case .loaded(let library)? = await bench.replies(.load(id)).first else {
      Issue.record("not loaded")
      return
    }
    #expect(library.keys.map(\.name) == ["spare", "vault"])
    #expect(library.fingerprint("ssh-ed25519 KEY zferry vault").hasPrefix("SHA256:"))
    #expect(library.fingerprint("ssh-ed25519 HOST").hasPrefix("SHA256:"))
    let facts = library.facts["offsite"]
    #expect(facts?.state == .error)
    #expect(facts?.reason?.code == "auth")
    #expect(facts?.lagSeconds == 1_000)
  }

  @Test func `what is used is not deleted, whoever asks; what is not used is`() async {
    let bench = bench()
    let used: [StoreChange] = [
      .deleteConnection("vault"), .deleteKey("vault"), .deleteSnapshotTask("daily"),
    ]
    for change in used {
      #expect(await failure(.change(id, change), on: bench)?.code == "store.inUse", "\(change)")
    }
    #expect(await bench.replies(.change(id, .deleteKey("spare"))) == [.saved])
    #expect(bench.files.content.withLock { $0.keys.keys.sorted() } == ["vault"])
    #expect(await bench.replies(.change(id, .deleteTask("offsite"))) == [.saved])
    #expect(await bench.replies(.change(id, .deleteConnection("vault"))) == [.saved])
    #expect(await bench.replies(.change(id, .deleteSnapshotTask("daily"))) == [.saved])
  }

  @Test func `a snapshot task is switched off only where no enabled task needs it`() async {
    let bench = bench()
    var daily = SnapshotTask()
    daily.name = "daily"
    daily.enabled = false
    #expect(await bench.replies(.change(id, .snapshotTask(daily, was: "daily"))) == [.saved])
    bench.files.content.withLock { $0.tasks["offsite"]?.enabled = true }
    let refused = await failure(.change(id, .snapshotTask(daily, was: "daily")), on: bench)
    #expect(refused?.code == "store.inUse")
    #expect(refused?.detail == "offsite")
  }

  @Test func `a text or a task is written where it was asked for, and over nothing`() async {
    let bench = bench()
    let text = WriteOut(.text("key\n"), path: "vault.pub")
    #expect(await bench.replies(.writeOut(id, text)) == [.saved])
    #expect(await failure(.writeOut(id, text), on: bench)?.code == "store.exists")
    let task = WriteOut(.task("offsite"), path: "vault.pub", replaces: true)
    #expect(await bench.replies(.writeOut(id, task)) == [.saved])
    #expect(bench.files.content.withLock { $0.written } == ["vault.pub": "task offsite\n"])
    #expect(
      await failure(.writeOut(id, WriteOut(.task("gone"), path: "x")), on: bench)?.code
        == "store.invalid")
  }

  @Test func `a key pair is made, and none is replaced`() async {
    let bench = bench()
    #expect(await bench.replies(.makeKey(id, name: "new")) == [.saved])
    #expect(bench.files.content.withLock { $0.keys["new"] } == "ssh-ed25519 BBBB zferry new")
    #expect(await failure(.makeKey(id, name: "vault"), on: bench)?.code == "store.exists")
    let brought = Effect.importKey(id, name: "old", path: "/home/me/.ssh/old")
    #expect(await bench.replies(brought) == [.saved])
    #expect(bench.files.content.withLock { $0.keys["old"] } == "ssh-ed25519 CCCC zferry old")
    #expect(await failure(brought, on: bench)?.code == "store.exists")
    let nowhere = Effect.importKey(id, name: "none", path: "/nowhere")
    #expect(await failure(nowhere, on: bench)?.code == "store.notFound")
    #expect(await bench.replies(.unlockKey(id, name: "old", Secret("x"))) == [.saved])
  }

  @Test func `runs of one task or of all, and their log`() async {
    var bench = bench()
    bench.records = FakeRecords(history: [
      RunRecord(
        id: RunID(2), task: "b", started: Instant(9), summary: Bench.summary(.done),
        isRunning: false),
      RunRecord(id: RunID(1), task: "a", started: Instant(5), summary: nil, isRunning: true),
    ])
    guard case .runs(let all)? = await bench.replies(.listRuns(id, task: nil)).first,
      case .runs(let one)? = await bench.replies(.listRuns(id, task: "a")).first
    else {
      Issue.record("no runs")
      return
    }
    #expect(all.map(\.id) == [2, 1])
    #expect(all[0].result?.outcome == "done")
    #expect(one.map(\.task) == ["a"] && one[0].isRunning)
    #expect(
      await bench.replies(.readLog(id, run: 7))
        == [.log([LogEntry(at: Instant(60), line: "line of run 7")])])
  }
}
