import ReplicationEngine
import ReplicationModel
import ReplicationPlanner
import Synchronization
import Testing

@testable import AppRuntime
@testable import ZferryApp

@Suite struct AnswersRunTests {
  static let local: [String: AnswerValue] = [
    "source_location": .text("local"), "source_datasets": .list([.text("tank")]),
    "destination_location": .text("local"), "destination": .text("backup/tank"),
    "run": .text("save_and_run"),
  ]

  func bench(matching: Int = 2, conflict: Conflict.Code? = nil) -> Bench {
    var bench = Bench()
    bench.preview = { order in
      let source = DatasetName(trusted: order.task.sourceDatasets.first ?? "")
      let target = DatasetName(trusted: order.task.targetDataset)
      var plan = Plan(task: order.task.name, direction: order.task.direction)
      plan.mapping = [
        Mapping(
          source: source, target: target, kind: .filesystem, targetExists: false,
          matching: matching, total: matching)
      ]
      if let conflict {
        plan.conflicts = [Conflict(code: conflict, source: source, target: target)]
      }
      return Preview(plan: plan)
    }
    return bench
  }

  func perform(
    _ document: [String: AnswerValue], on bench: Bench
  ) async throws(Failure) -> (AnswersRun.Outcome, [AnswersRun.News]) {
    let host = bench.host
    let ports = AppPorts(
      files: bench.files, pairing: bench.pairing, inspection: bench.inspection,
      records: FakeRecords(),
      host: { _ throws(HostError) in host },
      preview: bench.preview, run: bench.run, clock: StepClock())
    let news = Mutex<[AnswersRun.News]>([])
    let outcome = try await AnswersRun(ports: ports).perform(
      Answers.read(document).answers, password: { _ in Secret("pw") },
      tell: { item in news.withLock { $0.append(item) } })
    return (outcome, news.withLock { $0 })
  }

  @Test func `answers are planned, saved and run`() async throws {
    let bench = bench()
    let (outcome, news) = try await perform(Self.local, on: bench)
    #expect(outcome == .ran(RunResult(outcome: "done", sentBytes: 7, snapshots: 1, seconds: 2)))
    #expect(news.count == 3)
    #expect(bench.files.content.withLock { $0.tasks.keys.sorted() } == ["tank-to-backup-tank"])
  }

  @Test func `answers that are not valid do nothing`() async throws {
    var document = Self.local
    document["source_datasets"] = nil
    let bench = bench()
    let (outcome, news) = try await perform(document, on: bench)
    guard case .invalid(let findings) = outcome else {
      Issue.record("\(outcome)")
      return
    }
    #expect(findings.contains { $0.message.contains("Source") })
    #expect(news.isEmpty)
    #expect(bench.files.content.withLock { $0.tasks.isEmpty })
  }

  @Test func `a conflict keeps from running, with the task saved`() async throws {
    let (outcome, _) = try await perform(Self.local, on: bench(conflict: .targetHasForeignData))
    guard case .conflicts(let conflicts) = outcome else {
      Issue.record("\(outcome)")
      return
    }
    #expect(conflicts.map(\.code) == [.targetHasForeignData])
  }

  @Test func `with a pairing, the fingerprint that was given has to be the one shown`() async throws
  {
    var document = Self.local
    document["destination_location"] = .text("remote")
    var generate: [String: AnswerValue] = [
      "host": .text("vault"), "host_key_fingerprint": .text("SHA256:abc"),
      "password_env": .text("PW"),
    ]
    document["generate"] = .map(generate)
    let bench = bench()
    let (outcome, news) = try await perform(document, on: bench)
    #expect(outcome == .ran(RunResult(outcome: "done", sentBytes: 7, snapshots: 1, seconds: 2)))
    guard case .paired? = news.first else {
      Issue.record("\(news)")
      return
    }
    #expect(bench.files.content.withLock { $0.tasks.values.first?.connection } == "vault")

    generate["host_key_fingerprint"] = .text("SHA256:other")
    document["generate"] = .map(generate)
    let other = self.bench()
    await #expect(throws: Failure.self) { try await perform(document, on: other) }
    #expect(other.pairing.passwords.withLock { $0 }.isEmpty, "no password was sent")
    #expect(other.files.content.withLock { $0.tasks.isEmpty && $0.connections.isEmpty })
  }

  /// A copy to a host whose connection is stored.
  static var push: [String: AnswerValue] {
    var document = local
    document["destination_location"] = .text("remote")
    document["connection"] = .text("vault")
    document["sudo"] = .flag(true)
    return document
  }

  func connected(_ inspection: FakeInspection) -> Bench {
    var bench = bench()
    bench.inspection = inspection
    var connection = Connection()
    connection.name = "vault"
    connection.host = "vault"
    bench.files.content.withLock { [connection] in $0.connections["vault"] = connection }
    return bench
  }

  @Test func `a right that is missing, or a login, keeps a task from being saved`() async throws {
    for (inspection, code) in [
      (FakeInspection(sudoWorks: false), "sudo"),
      (FakeInspection(error: HostError(.authentication, subject: "vault:22")), "auth"),
    ] {
      let bench = connected(inspection)
      let failure = try await #require(throws: Failure.self) {
        try await perform(Self.push, on: bench)
      }
      #expect(failure.code == code)
      #expect(bench.files.content.withLock { $0.tasks.isEmpty })
    }
  }

  @Test func `a disabled task is saved without a look at either side`() async throws {
    var document = Self.push
    document["enabled"] = .flag(false)
    document["run"] = .text("save")
    var bench = connected(FakeInspection(sudoWorks: false))
    bench.preview = { _ in throw Failure("auth") }
    let (outcome, _) = try await perform(document, on: bench)
    #expect(outcome == .saved)
    #expect(bench.files.content.withLock { $0.tasks.values.first?.enabled } == false)
    document["run"] = .text("save_and_run")
    #expect(Answers.read(document).findings.map(\.code) == ["answers.disabled"])
  }
}
