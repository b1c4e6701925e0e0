import ReplicationEngine
import ReplicationModel
import Synchronization
import Testing

@testable import AppRuntime
@testable import ZferryApp

/// A fake that keeps what it should deliver, and fails where it is told to.
final class FakeNotifier: NotifierPort {
  let delivered = Mutex<[Delivery]>([])
  let failing: Set<String>
  init(failing: Set<String> = []) { self.failing = failing }
  var hostName: String { "nas\n1" }
  func deliver(_ delivery: Delivery) async -> String? {
    delivered.withLock { $0.append(delivery) }
    return failing.contains(delivery.way) ? "no way" : nil
  }
  var ways: [String] { delivered.withLock { $0.map(\.way).sorted() } }
}

/// Records with a log.
final class LoggedRecords: RunRecordPort {
  let runs: [RunRecord]
  let lines = Mutex<[String]>([])
  init(_ runs: [RunRecord]) { self.runs = runs }
  func alone<Value>(_ body: () throws(StoreError) -> Value) throws(StoreError) -> Value {
    try body()
  }
  func runStarted(task: String, kind: RunKind, at: Instant) throws(StoreError) -> RunID { RunID(9) }
  func stepChanged(_ run: RunID, source: String, state: String, bytes: UInt64) throws(StoreError) {}
  func log(_ run: RunID, at: Instant, line: String) throws(StoreError) {
    lines.withLock { $0.append("\(run.value) \(line)") }
  }
  func runFinished(_ run: RunID, _ summary: RunSummary) throws(StoreError) {}
  func runs(of task: String, limit: Int) throws(StoreError) -> [RunRecord] { runs }
  func recentRuns(limit: Int) throws(StoreError) -> [RunRecord] { runs }
  func logLines(of run: RunID) throws(StoreError) -> [LogLine] { [] }
  func steps(of run: RunID) throws(StoreError) -> [StepRecord] { [] }
}

@Suite struct NoticeTests {
  func task(_ on: [Notify.Event] = Notify.standard) -> TaskDraft {
    var task = TaskDraft()
    task.name = "off\nBcc: evil@example.org\nsite"
    var notify = Notify()
    notify.on = on
    notify.mail = ["ops@example.org", "root"]
    notify.command = ["/usr/local/bin/tell", "$(id)"]
    notify.ping = Secret("https://hc.example/uuid?create=1")
    task.notify = notify
    return task
  }

  func summary(_ outcome: RunSummary.Outcome, at: Int64 = 100, error: RunFailure? = nil)
    -> RunSummary
  {
    RunSummary(
      outcome: outcome, sentBytes: 7, snapshots: 1, finished: Instant(at), seconds: 2, error: error)
  }

  /// Tells of a run that came after others, and gives what was delivered and logged.
  func told(
    _ outcome: RunSummary.Outcome, after: [RunSummary.Outcome] = [], _ on: [Notify.Event],
    failing: Set<String> = []
  ) async -> (FakeNotifier, [String]) {
    let all = [outcome] + after
    let records = LoggedRecords(
      all.enumerated().map { index, outcome in
        RunRecord(
          id: RunID(Int64(50 - index)), task: "t", started: Instant(1),
          summary: summary(outcome, at: Int64(100 - index)), isRunning: false)
      })
    let notifier = FakeNotifier(failing: failing)
    await NoticeDesk(notifier, records: records, clock: StepClock()).ended(
      task(on), summary(outcome, error: outcome == .failed ? Self.failure : nil))
    return (notifier, records.lines.withLock { $0 })
  }

  static let failure = RunFailure(
    code: "zfs.failed", subject: "tank/a", detail: "x\n.\nTo: evil@example.org\n\"\\ü")

  @Test func `who is told of what`() async {
    let all = ["command", "mail", "ping"]
    #expect(await told(.failed, [.failure]).0.ways == all)
    #expect(await told(.refused, [.failure]).0.ways == all)
    #expect(await told(.partial, [.failure]).0.ways == all)
    #expect(await told(.failed, [.success]).0.ways == ["ping"])
    #expect(await told(.done, [.failure]).0.ways == ["ping"])
    #expect(await told(.done, after: [.failed], [.recovered]).0.ways == all)
    #expect(await told(.done, after: [.done, .failed], [.recovered]).0.ways == ["ping"])
    // What a person stopped, and what was pruned, is no end of a trouble, and none.
    #expect(await told(.nothing, after: [.cancelled, .failed], [.recovered]).0.ways == all)
    #expect(await told(.done, after: [.failed], [.success]).0.ways == all)
    #expect(await told(.cancelled, Notify.Event.allCases).0.ways.isEmpty)
    #expect(await told(.pruned, Notify.Event.allCases).0.ways.isEmpty)
  }

  @Test func `what could not be told stands in the log of the run, and the others are told`() async
  {
    let (notifier, lines) = await told(.failed, [.failure], failing: ["mail"])
    #expect(notifier.ways.count == 3)
    #expect(
      lines == [
        "50 notice of FAILURE by command: done", "50 notice of FAILURE by mail: failed: no way",
        "50 notice of FAILURE by ping: done",
      ])
  }

  func delivery(_ way: String, _ outcome: RunSummary.Outcome = .failed) async -> Delivery? {
    await told(outcome, Notify.Event.allCases).0.delivered.withLock { $0.first { $0.way == way } }
  }

  @Test func `no name writes a header or a receiver, and no line of the body ends a mail`()
    async throws
  {
    let mail = try #require(await delivery("mail"))
    #expect(mail.program == "sendmail" && mail.arguments == ["-t", "-i"])
    let parts = mail.input.split(separator: "\n\n", maxSplits: 1)
    let header = parts[0].split(separator: "\n").map(String.init)
    let names = header.filter { !$0.hasPrefix(" ") }.map { String($0.prefix { $0 != ":" }) }
    #expect(
      names == [
        "To", "Subject", "Auto-Submitted", "X-Zferry-Event", "MIME-Version", "Content-Type",
        "Content-Transfer-Encoding",
      ])
    #expect(header[0] == "To: ops@example.org," && header[1] == " root")
    #expect(header.allSatisfy { $0.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F } })
    #expect(!mail.input.split(separator: "\n").contains("."))
    #expect(mail.input.split(separator: "\n").allSatisfy { $0.count < 900 })
  }

  @Test func `a subject with other letters is coded in words that fit their line`() {
    let coded = Delivery.header("Übung " + String(repeating: "ü", count: 60))
    #expect(coded.split(separator: "\n").count > 1)
    for line in coded.split(separator: "\n") {
      let word = line.drop { $0 == " " }
      #expect(word.hasPrefix("=?UTF-8?Q?") && word.hasSuffix("?=") && word.count <= 75, "\(word)")
    }
    #expect(Delivery.header("plain text") == "plain text")
    #expect(Delivery.header("a =?x?= b").hasPrefix("=?UTF-8?Q?"))
  }

  @Test func `a ping's address is on standard input only, with fail before the query`() async throws
  {
    let ping = try #require(await delivery("ping"))
    #expect(ping.program == "curl" && ping.arguments == ["-q", "--config", "-"])
    #expect(ping.environment.isEmpty && ping.secret?.revealed == "https://hc.example/uuid?create=1")
    let lines = ping.input.split(separator: "\n")
    #expect(lines.first == "url = \"https://hc.example/uuid/fail?create=1\"")
    // Whatever the body says, it is one value on one line.
    #expect(lines.count == 12, "\(lines)")
    #expect(lines[1].hasPrefix("data-raw = \"") && lines[1].contains("\\\\"))
    let well = try #require(await delivery("ping", .done))
    #expect(well.input.hasPrefix("url = \"https://hc.example/uuid?create=1\"\n"))
  }

  @Test func `a command gets facts, and no name is part of its words`() async throws {
    let command = try #require(await delivery("command"))
    #expect(command.program == "/usr/local/bin/tell" && command.arguments == ["$(id)"])
    #expect(command.environment["ZFERRY_TASK"] == "off\nBcc: evil@example.org\nsite")
    #expect(command.environment["ZFERRY_EVENT"] == "FAILURE")
    #expect(command.environment["ZFERRY_ERROR_CODE"] == "zfs.failed")
    #expect(command.input.contains(#""task":"off\nBcc: evil@example.org\nsite""#))
    #expect(command.input.contains(#""sent_bytes":7"#))
    #expect(command.input.split(separator: "\n").count == 1)
  }
}

/// What a tick tells of copies that are too far behind.
@Suite(.timeLimit(.minutes(1))) struct LagWatchTests {
  let bench = TickTests()

  @Test func `lag is told once, and once that it is over`() async throws {
    try bench.add("a", schedule: Schedule(minute: "30")) { task in
      task.notify = Notify()
      task.notify?.on = [.lag, .recovered]
      task.notify?.lagHours = 2
      task.notify?.mail = ["root"]
    }
    let notifier = FakeNotifier(failing: ["mail"])
    func tick(newest: Instant) async throws {
      try bench.schedule.looked(
        CopyState(at: bench.clock.now(), bytesBehind: 1, newestCommon: newest), of: "a")
      let desk = NoticeDesk(notifier, records: FakeRecords(), clock: bench.clock)
      try await bench.tick(notices: desk).run()
    }
    let now = bench.clock.now()
    try await tick(newest: now + -7_000)
    #expect(notifier.ways.isEmpty)
    for _ in 0..<3 { try await tick(newest: now + -7_300) }
    #expect(notifier.ways == ["mail"])
    #expect(bench.lines == ["trouble notify.failed"])
    try await tick(newest: now + -60)
    #expect(notifier.ways == ["mail", "mail"])
    let subjects = notifier.delivered.withLock { $0.map(\.input) }
    #expect(subjects[0].contains("behind") && subjects[1].contains("caught up"))
  }
}
