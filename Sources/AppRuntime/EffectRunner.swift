import ReplicationEngine
import ReplicationModel
import ReplicationPlanner
import Synchronization
public import ZferryApp

/// Does what the app asks for, beside the UI thread, and posts the replies.
public final class EffectRunner: Sendable {
  let ports: AppPorts
  let hosts: HostPool
  private let mailbox: Mailbox
  private let running = Mutex<[RequestID: Task<Void, Never>]>([:])

  public init(ports: AppPorts, mailbox: Mailbox) {
    self.ports = ports
    self.hosts = HostPool(open: ports.host)
    self.mailbox = mailbox
  }

  /// Starts the work and returns at once.
  public func start(_ effect: Effect) {
    switch effect {
    case .abandon(let id), .cancelRun(let id):
      running.withLock { $0[id] }?.cancel()
    case .quit, .redraw, .copy: break
    case .keepMode(let id, let isBasic):
      work(id) {
        try self.ports.keepMode(isBasic)
        return nil
      }
    case .keepAsks(let id, let less):
      work(id) {
        try self.ports.keepAsks(less)
        return nil
      }
    case .load(let id): work(id) { try await self.load() }
    case .listDatasets(let id, let host, let below):
      work(id) { try await self.list(on: host, below: below) { self.post(id, .someDatasets($0)) } }
    case .scanHostKey(let id, let host, let port): work(id) { try await self.scan(host, port) }
    case .pair(let id, let connection, let secrets):
      work(id) { try await self.pair(connection, secrets) { self.post(id, .pairing($0)) } }
    case .prove(let id, let connection): work(id) { try await self.prove(connection) }
    case .countSnapshots(let id, let question): work(id) { try await self.count(question) }
    case .plan(let id, let order): work(id) { .planned(try await self.ports.preview(order)) }
    case .lookAtConflicts(let id, let order):
      work(id) { .conflicts(try await self.ports.conflicts(order).cases) }
    case .resolve(let id, let order, let resolution):
      work(id) {
        try await self.ports.resolve(order, resolution)
        return .saved
      }
    case .planRestore(let id, let restore):
      work(id) { .planned(try await self.ports.restorePreview(restore)) }
    case .forecast(let id, let question):
      work(id) { .forecast(try await self.ports.outlook(question)) }
    case .holdings(let id, let question, let pair):
      work(id) {
        .holdings(HeldSnapshot.all(of: pair, question.forecast(of: pair, in: self.ports.zone)))
      }
    case .save(let id, let order): work(id) { try await self.save(order) }
    case .listSnapshots(let id, let host, let dataset):
      work(id) { try await self.snapshots(on: host, of: dataset) }
    case .check(let id, let question):
      work(id) {
        await self.ports.doctor.examine(question) { self.post(id, .checked($0)) }
        return .checked(nil)
      }
    case .rights(let id, let order, let prove):
      work(id) { .rights(try await RightsWork(self.ports).sheet(order, proving: prove)) }
    case .change(let id, let change): work(id) { try await self.apply(change) }
    case .makeKey(let id, let name): work(id) { try await self.makeKey(name) }
    case .importKey(let id, let name, let path):
      work(id) { try await self.importKey(name, from: path) }
    case .unlockKey(let id, let name, let passphrase):
      work(id) {
        self.ports.unlock(self.ports.files.privateKeyPath(name), passphrase)
        return .saved
      }
    case .readForeign(let id, let order): work(id) { try await self.read(order) }
    case .saveForeign(let id, let tasks):
      work(id) {
        try self.ports.files.save(tasks)
        return .saved
      }
    case .lookToPrune(let id, let task, let allowsMany):
      work(id) { try await self.lookToPrune(task, allowsMany: allowsMany) }
    case .pruneSnapshots(let id, let task, let listed, let allowsMany):
      work(id) { try await self.prune(task, listed, allowsMany: allowsMany) }
    case .writeOut(let id, let order): work(id) { try self.writeOut(order) }
    case .listRuns(let id, let task): work(id) { try self.runs(of: task) }
    case .readLog(let id, let run): work(id) { try self.log(of: run) }
    case .keepDraft(let id, let draft):
      work(id) {
        try self.ports.drafts.keep(draft)
        return .saved
      }
    case .dropDraft(let id, let name):
      work(id) {
        try self.ports.drafts.drop(name)
        return .saved
      }
    case .startRun(let id, let task, let first):
      work(id) { try await self.run(task, first: first) { self.post(id, .run($0)) } }
    case .startRestore(let id, let restore):
      work(id) {
        try await self.told(restore.order.task.name) {
          self.post(id, .run($0))
        } by: { tell in
          try await self.ports.restore(restore, tell)
        }
      }
    }
  }

  /// Ends everything that goes on, and waits until it has ended.
  public func stop() async {
    let tasks = running.withLock { Array($0.values) }
    for task in tasks { task.cancel() }
    for task in tasks { await task.value }
    await hosts.close()
  }

  var isIdle: Bool { running.withLock { $0.isEmpty } }

  /// Waits until nothing goes on.
  func idle() async {
    while let task = running.withLock({ $0.values.first }) { await task.value }
  }

  private func post(_ id: RequestID, _ reply: Reply) { mailbox.post(.reply(id, reply)) }

  private func work(_ id: RequestID, _ body: @escaping @Sendable () async throws -> Reply?) {
    running.withLock { running in
      running[id] = Task.detached {
        do {
          if let reply = try await body() { self.post(id, reply) }
        } catch {
          self.post(id, .failed(Failure(describing: error)))
        }
        self.running.withLock { $0[id] = nil }
      }
    }
  }
}

extension Failure {
  /// Any adapter's error as the app's facts.
  public init(describing error: any Error) {
    switch error {
    case let failure as Failure: self = failure
    case let error as HostError:
      self.init(error.code.rawValue, subject: error.subject, detail: error.detail)
    case let error as StoreError:
      self.init(
        "store.\(error.code.rawValue)", subject: error.subject, detail: error.detail,
        findings: error.findings)
    case let error as RunFailure:
      self.init(error.code, subject: error.subject, detail: error.detail)
    case is CancellationError: self.init("cancelled")
    default: self.init("system", detail: "\(error)")
    }
  }
}
