import ReplicationFakes
import ReplicationModel
import Synchronization
import Testing

@testable import ReplicationEngine

/// The doctor's order: what is told, when, and what a wait that does not end costs.
@Suite("The doctor's rounds")
struct DoctorTests {
  /// Takes these steps, then fails, or never answers.
  struct Inspected: InspectionPort {
    var steps = CheckID.reaching
    var error: HostError?
    /// Where one is given it is not answered before this ends.
    var gate: AsyncStream<Void>?

    func inspect(
      _ connection: Connection, keyPath: String, _ question: InspectionQuestion,
      told: @escaping @Sendable (CheckResult) -> Void
    ) async throws(HostError) -> Inspection {
      for step in steps { told(.good(step)) }
      if let error { throw error }
      if let gate {
        // As a resolver: it heeds no cancelling.
        await Task.detached { for await _ in gate {} }.value
      }
      return Inspection(
        facts: HostFacts(
          system: "Linux", user: "replica", userID: 7, zfsPath: "/sbin/zfs",
          zfsVersion: "zfs-2.3.2", sudoWorks: nil, clockSkew: 0),
        version: "zfs-2.3.2 zfs-kmod-2.3.2",
        home: Inspection.Home(path: "/home/replica", mode: "drwx------", owner: 7, isWritable: true)
      )
    }
  }

  struct NoZFS: HostPort {
    var label: String { "this host" }
    func run(_ command: Command) async throws(HostError) -> CommandResult {
      throw HostError(.zfsMissing, subject: label)
    }
    func startSending(_ command: Command) async throws(HostError) -> any RunningStream {
      throw HostError(.system, subject: label)
    }
    func startReceiving(_ command: Command) async throws(HostError) -> any RunningStream {
      throw HostError(.system, subject: label)
    }
    func close() async {}
  }

  func examine(
    _ inspected: Inspected, task: TaskDraft? = nil, limit: Double? = nil
  ) async -> [CheckResult] {
    var doctor = Doctor(
      inspection: inspected, clock: ManualClock(), keyPath: { "/keys/\($0)" },
      host: { _ throws(HostError) in NoZFS() })
    doctor.limit = limit
    return await doctor.examine(CheckQuestion(connection: Connection(), task: task))
  }

  @Test("Every check of the question is told once, in the order of the list")
  func order() async {
    let heard = Mutex<[CheckID]>([])
    let doctor = Doctor(
      inspection: Inspected(), clock: ManualClock(), keyPath: { $0 },
      host: { _ throws(HostError) in NoZFS() })
    let question = CheckQuestion(connection: Connection(), task: TaskDraft())
    let results = await doctor.examine(question) { result in
      heard.withLock { $0.append(result.id) }
    }
    #expect(results.map(\.id) == question.checks)
    #expect(
      heard.withLock { $0.sorted { $0.rawValue < $1.rawValue } }
        == question.checks.sorted { $0.rawValue < $1.rawValue })
  }

  @Test(
    "A step that fails is bad, those behind it are skipped, and this system is judged by itself")
  func failing() async {
    let error = HostError(.hostKeyChanged, subject: "vault:22", detail: "two fingerprints")
    let results = await examine(
      Inspected(steps: Array(CheckID.reaching.prefix(5)), error: error))
    #expect(results.first { $0.id == .hostKey }?.code == "host_key.changed")
    #expect(results.blocking?.id == .hostKey)
    for id in [CheckID.login, .shell, .rights, .clock] {
      let result = results.first { $0.id == id }
      #expect(result?.state == .skipped)
      #expect(result?.detail == CheckID.hostKey.title)
    }
    #expect(results.first { $0.id == .localZFS }?.code == "zfs.missing")
  }

  @Test(
    "A wait that never ends holds nobody up: the step it is in is named",
    .timeLimit(.minutes(5)))
  func limit() async {
    let (gate, opening) = AsyncStream.makeStream(of: Void.self)
    let results = await examine(Inspected(steps: [.keyFile], gate: gate), limit: 0.3)
    opening.finish()
    #expect(results.first { $0.id == .resolve }?.code == "stalled")
    #expect(results.first { $0.id == .connect }?.state == .skipped)
  }

  @Test("A task that is not root's, without sudo, has doubtful rights, which block nothing")
  func doubtful() async {
    let results = await examine(Inspected(), task: TaskDraft())
    #expect(results.first { $0.id == .rights }?.state == .doubtful)
    #expect(results.blocking == nil)
  }

  @Test("Rows are read as they are, other lines are errors, and the nearest dataset is found")
  func datasets() {
    let look = DatasetLook(
      "a b\tfilesystem\t1\t2\t-\ton\nvault\tvolume\t3\t4\t0\toff\ncannot open 'x'\n")
    #expect(look.rows["a b"]?.isReadonly == true)
    #expect(look.rows["vault"]?.isVolume == true)
    #expect(look.rows["vault"]?.quota == nil)
    #expect(look.errors == "cannot open 'x'")
    #expect(look.nearest("vault/a/b")?.name == "vault")
    #expect(look.nearest("other/a") == nil)
  }
}
