import ReplicationEngine
import ReplicationModel
import ReplicationPlanner
import Synchronization
import Testing

@testable import AppRuntime
@testable import ZferryApp

/// One effect in, its replies out.
struct Bench {
  var files = MemoryFiles()
  var pairing = FakePairing()
  var inspection = FakeInspection()
  var records = FakeRecords()
  var host = ScriptedHost(answers: [:])
  var step = 0.1
  var preview: @Sendable (TaskOrder) async throws -> Preview = { order in
    Preview(plan: Plan(task: order.task.name, direction: .push))
  }
  var run:
    @Sendable (String, RunStarter, @escaping @Sendable (RunEvent) -> Void) async throws -> Void = {
      _, _, report in
      report(.finished(Self.summary(.done)))
    }

  static func summary(_ outcome: RunSummary.Outcome) -> RunSummary {
    RunSummary(
      outcome: outcome, sentBytes: 7, snapshots: 1, finished: Instant(0), seconds: 2, error: nil)
  }

  func runner(_ mailbox: Mailbox) -> EffectRunner {
    let host = host
    return EffectRunner(
      ports: AppPorts(
        files: files, pairing: pairing, inspection: inspection, records: records,
        host: { _ throws(HostError) in host },
        preview: preview,
        run: run, clock: StepClock(step: step)), mailbox: mailbox)
  }

  func replies(_ effect: Effect) async -> [Reply] {
    let mailbox = Mailbox {}
    let runner = runner(mailbox)
    runner.start(effect)
    await runner.idle()
    return mailbox.take().compactMap { message in
      if case .reply(_, let reply) = message { return reply }
      return nil
    }
  }
}

@Suite struct EffectRunnerTests {
  let id = RequestID(1)

  @Test func `loading reads what is good, and reports a bad file beside it`() async {
    let bench = Bench()
    var task = TaskDraft()
    task.name = "good"
    bench.files.content.withLock { content in
      content.tasks["good"] = task
      content.broken = ["bad"]
    }
    guard case .loaded(let library)? = await bench.replies(.load(id)).first else {
      Issue.record("not loaded")
      return
    }
    #expect(library.tasks.map(\.name) == ["good"])
    #expect(library.failures.map(\.subject) == ["tasks/bad.yaml"])
  }

  @Test func `pools and children are listed one level at a time`() async {
    var bench = Bench()
    let list = "-o name,type,used,available -t filesystem,volume"
    bench.host = ScriptedHost(answers: [
      "zfs list -Hp -d 0 \(list)": CommandResult(
        exit: .status(0), output: Array("tank\tfilesystem\t1024\t9\nbad line\n".utf8)),
      "zfs list -Hp -d 1 \(list) tank": CommandResult(
        exit: .status(0),
        output: Array("tank\tfilesystem\t1\t9\ntank/vm 1\tvolume\t5\t-\n".utf8)),
    ])
    #expect(
      await bench.replies(.listDatasets(id, on: .local, below: nil))
        == [.datasets([DatasetRow(name: "tank", used: 1024, available: 9)])])
    #expect(
      await bench.replies(.listDatasets(id, on: .local, below: "tank"))
        == [.datasets([DatasetRow(name: "tank/vm 1", kind: .volume, used: 5, available: nil)])])
    #expect(
      await bench.replies(.listDatasets(id, on: .local, below: "gone"))
        == [
          .failed(
            Failure("zfs.failed", subject: "this host", detail: "cannot open: no answer for this"))
        ])
  }

  @Test func `a long listing is told in parts, the first of them short`() async {
    var bench = Bench()
    let list = "-o name,type,used,available -t filesystem,volume"
    let lines = (0..<10_000).map { "tank/d\($0 + 10_000)\tfilesystem\t1\t9\n" }.joined()
    bench.host = ScriptedHost(answers: [
      "zfs list -Hp -d 1 \(list) tank": CommandResult(
        exit: .status(0), output: Array("tank\tfilesystem\t1\t9\n\(lines)".utf8))
    ])
    let replies = await bench.replies(.listDatasets(id, on: .local, below: "tank"))
    let sizes = replies.map { reply in
      switch reply {
      case .someDatasets(let rows): rows.count
      case .datasets(let rows): -rows.count
      default: 0
      }
    }
    #expect(sizes == [499, 4_000, 4_000, -1_501])
  }

  @Test func `snapshots are counted by expression, and a bad one is refused`() async {
    var bench = Bench()
    bench.host = ScriptedHost(answers: [
      "zfs list -Hp -d 1 -t snapshot -o name tank": CommandResult(
        exit: .status(0), output: Array("tank@daily-1\ntank@weekly-1\ntank@daily-22\n".utf8))
    ])
    func tally(_ matching: Int) -> SnapshotCount {
      SnapshotCount(dataset: "tank", matching: matching, total: 3)
    }
    func count(_ regex: String) async -> [Reply] {
      await bench.replies(
        .countSnapshots(
          id, SnapshotQuestion(host: .local, datasets: ["tank"], schema: nil, regex: regex)))
    }
    #expect(await count("daily-.") == [.counted([tally(1)])], "the whole name has to match")
    #expect(await count("daily-.*|weekly-.*") == [.counted([tally(3)])])
    #expect(await count("(") == [.failed(Failure("regex.invalid", subject: "("))])
  }

  @Test func `pairing makes, installs, proves and keeps, and tells each stage`() async {
    let bench = Bench()
    var connection = Connection()
    connection.name = "vault"
    connection.key = "vault"
    let replies = await bench.replies(
      .pair(id, connection, with: OneTimeLogin(password: Secret("pw"))))
    #expect(
      replies.prefix(3) == [.pairing(.makingKey), .pairing(.installingKey), .pairing(.proving)])
    guard case .paired(connection, let host)? = replies.last else {
      Issue.record("not paired: \(replies)")
      return
    }
    #expect(host.zfsVersion == "zfs-2.3.2")
    #expect(bench.pairing.passwords.withLock { $0 } == ["pw"])
    #expect(bench.files.content.withLock { $0.connections.keys.sorted() } == ["vault"])
    #expect(bench.files.content.withLock { $0.keys["vault"] } == "ssh-ed25519 BBBB zferry vault")
  }

  @Test(arguments: ["make", "install", "prove"])
  func `a pairing that fails leaves no key and no connection`(step: String) async {
    var bench = Bench()
    bench.pairing = FakePairing(failing: step)
    var connection = Connection()
    connection.name = "vault"
    connection.key = "vault"
    let replies = await bench.replies(
      .pair(id, connection, with: OneTimeLogin(password: Secret("pw"))))
    #expect(replies.last == .failed(Failure("auth", subject: "vault:22", detail: step)))
    #expect(bench.files.content.withLock { $0.keys.isEmpty && $0.connections.isEmpty })
  }

  @Test func `a key that is there already is not replaced, and not deleted`() async {
    let bench = Bench()
    bench.files.content.withLock { $0.keys["vault"] = "old" }
    var connection = Connection()
    connection.key = "vault"
    let replies = await bench.replies(
      .pair(id, connection, with: OneTimeLogin(password: Secret("pw"))))
    #expect(replies.last == .failed(Failure("store.exists", subject: "keys/vault")))
    #expect(bench.files.content.withLock { $0.keys["vault"] } == "old")
    #expect(bench.pairing.passwords.withLock { $0 }.isEmpty)
  }

  @Test func `saving keeps all, or nothing`() async {
    let bench = Bench()
    var order = TaskOrder(task: TaskDraft())
    order.task.name = "offsite"
    var hourly = SnapshotTask()
    hourly.name = "hourly"
    order.snapshotTasks = [hourly]
    bench.files.content.withLock { $0.refusing = ["offsite"] }
    #expect(
      await bench.replies(.save(id, order))
        == [.failed(Failure("store.full", subject: "tasks/offsite.yaml"))])
    #expect(bench.files.content.withLock { $0.snapshotTasks.isEmpty })
    bench.files.content.withLock { $0.refusing = [] }
    #expect(await bench.replies(.save(id, order)) == [.saved])
    #expect(bench.files.content.withLock { $0.snapshotTasks.count == 1 && $0.tasks.count == 1 })
  }

  @Test func `the first snapshots are taken before the run; where that fails nothing runs`() async {
    var bench = Bench()
    bench.host = ScriptedHost(answers: [
      "zfs snapshot -r tank@auto-1": CommandResult(exit: .status(0))
    ])
    let first = [FirstSnapshot(dataset: "tank", name: "auto-1", recursive: true)]
    let replies = await bench.replies(.startRun(id, task: "t", first: first))
    #expect(replies.first == .run(.takingSnapshots(first)))
    #expect(replies.count == 2)
    let bad = [FirstSnapshot(dataset: "gone", name: "auto-1", recursive: false)]
    let failed = await bench.replies(.startRun(id, task: "t", first: bad))
    guard case .failed(let failure)? = failed.last else {
      Issue.record("\(failed)")
      return
    }
    #expect(failure.code == "snapshot.failed")
    #expect(!failed.contains { if case .run(.finished) = $0 { true } else { false } })
  }

  @Test func `progress comes four times a second at most, and all else at once`() async {
    var bench = Bench()
    bench.step = 0.05
    bench.run = { _, _, report in
      for bytes in 0..<100 {
        report(
          .progress(
            index: 0, bytes: UInt64(bytes), total: nil, rate: 1, etaSeconds: nil))
        report(.warning(code: "w", subject: "", detail: ""))
      }
      report(.finished(Bench.summary(.done)))
    }
    let replies = await bench.replies(.startRun(id, task: "t", first: []))
    let progress = replies.count { if case .run(.progress) = $0 { true } else { false } }
    #expect((18...22).contains(progress), "5 seconds passed")
    #expect(replies.count { if case .run(.warning) = $0 { true } else { false } } == 100)
  }

  @Test func `a run that ends without a word is told as failed`() async {
    var bench = Bench()
    bench.run = { _, _, _ in }
    #expect(
      await bench.replies(.startRun(id, task: "t", first: []))
        == [.failed(Failure("run.ended", subject: "t"))])
    bench.run = { _, _, _ in throw StoreError(.locked, subject: "t", detail: "pid 7") }
    #expect(
      await bench.replies(.startRun(id, task: "t", first: []))
        == [.failed(Failure("store.locked", subject: "t", detail: "pid 7"))])
  }

  @Test func `cancelling reaches the run, and the run still tells its end`() async {
    var bench = Bench()
    bench.run = { _, _, report in
      while !Task.isCancelled { await Task.yield() }
      report(.finished(Bench.summary(.cancelled)))
    }
    let mailbox = Mailbox {}
    let runner = bench.runner(mailbox)
    runner.start(.startRun(id, task: "t", first: []))
    runner.start(.cancelRun(id))
    await runner.idle()
    #expect(
      mailbox.take()
        == [
          .reply(
            id,
            .run(.finished(RunResult(outcome: "cancelled", sentBytes: 7, snapshots: 1, seconds: 2)))
          )
        ])
  }

  @Test func `every code of the ports has words`() {
    for code in HostError.Code.all { #expect(Words.knows(code.rawValue), "\(code)") }
    let store: [StoreError.Code] = [
      .notFound, .invalid, .exists, .locked, .permission, .full, .system, .inUse,
    ]
    for code in store { #expect(Words.knows("store.\(code.rawValue)"), "\(code)") }
    for code in FailureCode.all {
      #expect(Words.knows(code), "\(code)")
      let words = Words.explain(code: code, subject: "tank/a", detail: "x")
      #expect(!words.message.isEmpty && words.hint.hasSuffix("."), "\(code)")
    }
    for code in ["zfs.failed", "snapshot.failed", "save.rest", "regex.invalid", "run.ended"] {
      #expect(Words.knows(code))
    }
  }
}
