import Synchronization
import ReplicationEngine
import ReplicationModel
import Testing

@testable import AppRuntime
@testable import ZferryApp

/// Records that another run holds, or that keep nothing.
final class FakeRecords: RunRecordPort {
  let isLocked: Bool
  let history: [RunRecord]
  init(isLocked: Bool = false, history: [RunRecord] = []) {
    self.isLocked = isLocked
    self.history = history
  }
  func alone<Value>(_ body: () throws(StoreError) -> Value) throws(StoreError) -> Value {
    try body()
  }
  func runStarted(task: String, kind: RunKind, at: Instant) throws(StoreError) -> RunID {
    if isLocked { throw StoreError(.locked, subject: task, detail: "pid 7") }
    return RunID(1)
  }
  func stepChanged(_ run: RunID, source: String, state: String, bytes: UInt64) throws(StoreError) {}
  func log(_ run: RunID, at: Instant, line: String) throws(StoreError) {}
  func runFinished(_ run: RunID, _ summary: RunSummary) throws(StoreError) {}
  func runs(of task: String, limit: Int) throws(StoreError) -> [RunRecord] {
    history.filter { $0.task == task }
  }
  func recentRuns(limit: Int) throws(StoreError) -> [RunRecord] { history }
  func logLines(of run: RunID) throws(StoreError) -> [LogLine] {
    [LogLine(at: Instant(60), line: "line of run \(run.value)")]
  }
  func steps(of run: RunID) throws(StoreError) -> [StepRecord] { [] }
}

struct NoPump: PumpPort {
  func pump(
    from source: StreamHandle, to target: StreamHandle, limit: SpeedDial,
    onBytes: @escaping @Sendable (UInt64) -> Void
  ) async -> PumpResult { PumpResult(bytes: 0, end: .cancelled) }
  func take(from source: StreamHandle, most: Int, seconds: Double) async -> StreamSample {
    StreamSample(bytes: [], seconds: 0)
  }
  func give(_ bytes: [UInt8], to target: StreamHandle, seconds: Double) async -> Int { 0 }
}

@Suite struct EngineWorkTests {
  let files = MemoryFiles()
  let here = ScriptedHost(answers: [:])
  let there = ScriptedHost(label: "replica@vault", answers: [:])

  func ports(records: FakeRecords = FakeRecords(), unreachable: Bool = false) -> AppPorts {
    let here = here
    let there = there
    return AppPorts(
      files: files, pairing: FakePairing(), inspection: FakeInspection(), records: records,
      pump: NoPump(), clock: StepClock(),
      zone: .utc,
      host: { connection throws(HostError) in
        guard let connection else { return here }
        if unreachable { throw HostError(.refused, subject: "vault:22") }
        if !connection.sudo { throw HostError(.sudo, subject: "vault:22") }
        return there
      })
  }

  func order(remote: Bool, known: Bool = true) -> TaskOrder {
    var order = TaskOrder(task: TaskDraft())
    order.task.name = "t"
    order.task.transport = remote ? .ssh : .local
    order.task.sourceDatasets = ["tank"]
    order.task.targetDataset = "backup"
    order.task.alsoIncludeNamingSchema = ["auto-%Y-%m-%d_%H-%M"]
    order.task.sudo = true
    if remote {
      order.task.connection = "vault"
      if known { order.connection = Connection() }
    }
    return order
  }

  func failure(_ work: () async throws -> Void) async -> Failure? {
    do {
      try await work()
      return nil
    } catch {
      return Failure(describing: error)
    }
  }

  @Test func `a connection that is not stored is named, and nothing is opened`() async {
    let ports = ports()
    let order = order(remote: true, known: false)
    let failure = await failure { _ = try await ports.preview(order) }
    #expect(failure == Failure("store.notFound", subject: "connections/vault.yaml"))
    #expect(here.closed.withLock { $0 } == 0)
  }

  @Test func `where the other side cannot be reached, this one is closed`() async {
    let ports = ports(unreachable: true)
    let order = order(remote: true)
    let failure = await failure { _ = try await ports.preview(order) }
    #expect(failure == Failure("connect.refused", subject: "vault:22"))
    #expect(here.closed.withLock { $0 } == 1)
    #expect(here.asked.withLock { $0 }.isEmpty)
  }

  @Test func `a look that fails closes both sides; the task's word on sudo counts`() async {
    let ports = ports()
    let order = order(remote: true)
    let failure = await failure { _ = try await ports.preview(order) }
    #expect(failure.map { Words.knows($0.code) } == true)
    #expect(here.closed.withLock { $0 } == 1 && there.closed.withLock { $0 } == 1)
  }

  @Test func `an outlook looks at both sides once, and not at all where that was done`() async {
    let ports = ports(unreachable: true)
    var question = RetentionQuestion(
      order: order(remote: true), snapshotTasks: [], now: Instant(0), days: 1, outageDays: 1)
    let failure = await failure { _ = try await ports.outlook(question) }
    #expect(failure == Failure("connect.refused", subject: "vault:22"))
    question.pairs = []
    let outlook = try? await ports.outlook(question)
    #expect(outlook == RetentionOutlook(pairs: [], rows: []))
  }

  @Test func `a pull has its source there`() async {
    let ports = ports()
    var order = order(remote: true)
    order.task.direction = .pull
    order.task.alsoIncludeNamingSchema = []
    order.task.namingSchema = ["auto-%Y-%m-%d_%H-%M"]
    _ = await failure { _ = try await ports.preview(order) }
    #expect(there.asked.withLock { $0.contains { $0.contains("tank") } })
    #expect(!here.asked.withLock { $0.contains { $0.contains("tank") } })
  }

  @Test func `a task that another run holds is not run`() async throws {
    try files.save(order(remote: false).task)
    let ports = ports(records: FakeRecords(isLocked: true))
    let failure = await failure { try await ports.run("t", .person) { _ in } }
    #expect(failure == Failure("store.locked", subject: "t", detail: "pid 7"))
    #expect(here.closed.withLock { $0 } == 2)
  }

  @Test func `a task that cannot be planned is told as not valid`() async {
    let ports = ports()
    var order = order(remote: false)
    order.task.alsoIncludeNamingSchema = []
    let failure = await failure { _ = try await ports.preview(order) }
    #expect(failure == Failure("store.invalid", subject: "t"))
  }
}
