public import ReplicationEngine
public import ReplicationModel
import ReplicationPlanner
public import ZferryApp

extension AppPorts {
  /// The ports over the engine: what differs between the program, the sandbox and the tests is only
  /// what is handed in here.
  public init(
    files: any TaskFilesPort, pairing: any PairingPort, inspection: any InspectionPort,
    records: any RunRecordPort, control: any RunControlPort = NoControl(),
    notifier: (any NotifierPort)? = nil, pump: any PumpPort, clock: any ClockPort, zone: Zone,
    listings: (any ListingMemoryPort)? = nil,
    host: @escaping @Sendable (Connection?) async throws(HostError) -> any HostPort
  ) {
    let notices = notifier.map { NoticeDesk($0, records: records, clock: clock) }
    let engine = EngineWork(
      files: files, records: records, control: control, notices: notices, pump: pump, clock: clock,
      zone: zone, listings: listings, host: host)
    self.init(
      files: files, pairing: pairing, inspection: inspection, records: records, host: host,
      preview: { order in try await engine.preview(order) },
      run: { task, starter, report in try await engine.run(task, starter, report) }, clock: clock,
      zone: zone)
    conflicts = { try await engine.conflicts($0) }
    resolve = { try await engine.resolve($0, $1) }
    restorePreview = { try await engine.preview($0) }
    restore = { try await engine.run($0, $1) }
    pairs = { order, tasks in try await engine.pairs(order, snapshotTasks: tasks) }
    pruning = { try await engine.pruning($0, $1, allowsMany: $2) }
    prune = { wish, accepts, report in try await engine.prune(wish, accepts, report) }
    self.control = control
    self.notices = notices
  }
}

extension TaskOrder {
  /// A stored task with what it is bound to; a connection that is not there is left nil.
  public init(stored name: String, in files: any TaskFilesPort) throws(StoreError) {
    let task = try files.task(name)
    let bound = try files.snapshotTasks().filter { task.periodicSnapshotTasks.contains($0.name) }
    let connection = try files.connections().first { $0.name == task.connection }
    self.init(task: task, boundTasks: bound, connection: connection)
  }
}

/// Planning and running with the engine, from a task that is stored or is about to be.
struct EngineWork: Sendable {
  let files: any TaskFilesPort
  let records: any RunRecordPort
  let control: any RunControlPort
  /// Nil where nobody is told anything.
  let notices: NoticeDesk?
  let pump: any PumpPort
  let clock: any ClockPort
  let zone: Zone
  var listings: (any ListingMemoryPort)?
  let host: @Sendable (Connection?) async throws(HostError) -> any HostPort

  /// Looks at both sides for a task that need not be stored yet.
  func preview(_ order: TaskOrder) async throws -> Preview {
    let request = try request(order)
    return try await withHosts(order) { source, target in
      let look = try await Replication.look(
        request, from: source, to: target, zone: zone, estimates: true, now: clock.now())
      return Preview(
        look.plan, of: order, source: look.source, target: look.target, tokens: look.tokens,
        zone: zone, now: clock.now(), measuredRate: try measuredRate(of: order.task.name))
    }
  }

  /// Each dataset of a task with its copy, as both sides hold them now.
  func pairs(_ order: TaskOrder, snapshotTasks: [SnapshotTask]) async throws -> [KeptPair] {
    let request = try request(order)
    let look = try await withHosts(order) { source, target in
      try await Replication.look(request, from: source, to: target, zone: zone, estimates: false)
    }
    return pairs(look, order, snapshotTasks)
  }

  private func pairs(_ look: Look, _ order: TaskOrder, _ snapshotTasks: [SnapshotTask])
    -> [KeptPair]
  {
    look.plan.mapping.compactMap { mapping in
      guard let source = look.source[mapping.source] else { return nil }
      return RetentionSetup(
        order.task, source: source, target: look.target[mapping.target],
        snapshotTasks: snapshotTasks
      ).map { KeptPair(source: mapping.source, target: mapping.target, setup: $0) }
    }
  }

  /// What `prune` would do now, and what a forecast is made from, of one look. Writes nothing.
  func pruning(_ order: TaskOrder, _ snapshotTasks: [SnapshotTask], allowsMany: Bool) async throws
    -> PruneLook
  {
    let request = try request(order)
    let look = try await withHosts(order) { source, target in
      try await Replication(
        request, from: source, to: target, pump: pump, clock: clock, records: records, zone: zone
      ).pruning(allowsMany: allowsMany)
    }
    return PruneLook(plan: look.plan, pairs: pairs(look, order, snapshotTasks))
  }

  /// Runs a stored task, unless a person has paused it. Others may follow it, and ask it to stop.
  func run(
    _ name: String, _ starter: RunStarter, _ report: @escaping @Sendable (RunEvent) -> Void
  ) async throws {
    if try control.paused(name) != nil { throw Failure(FailureCode.paused, subject: name) }
    let order = try TaskOrder(stored: name, in: files)
    let request = try request(order)
    try requireRoom(for: order.task)
    let news = RunNewsDesk(task: name, control: control, clock: clock)
    let ended = Latest<RunSummary>()
    try await inPlace(of: order.task) { records in
      try await withHosts(order) { source, target in
        try await regulated(order.task) { speed in
          let replication = replication(
            request, order.task, speed, from: source, to: target, records,
            prunesSource: starter == .schedule)
          try await untilAskedToStop(name) {
            ended.set(
              try await replication.run { event in
                news.take(event)
                report(event)
              })
          }
        }
      }
    }
    if let summary = ended.value { await notices?.ended(order.task, summary) }
  }

  /// A replication that is as patient and as fast as the task wants it.
  func replication(
    _ request: ReplicationRequest, _ task: TaskDraft, _ speed: SpeedDial,
    from source: any HostPort, to target: any HostPort, _ records: any RunRecordPort,
    prunesSource: Bool = false
  ) -> Replication {
    let policy = RunPolicy(
      retryMinutes: task.retryMinutes, attempts: task.retries,
      prunesSource: prunesSource, parallel: task.parallel, connections: task.streams)
    return Replication(
      request, from: source, to: target, pump: pump, clock: clock, records: records,
      policy: policy, speed: speed, zone: zone, listings: listings)
  }

  /// Destroys what both sides let go now, once it was accepted.
  func prune(
    _ wish: PruneWish, _ accepts: (Plan) async throws -> Bool,
    _ report: @escaping @Sendable (RunEvent) -> Void
  ) async throws -> RunSummary? {
    let order = try TaskOrder(stored: wish.task, in: files)
    let request = try request(order)
    try requireRoom(for: order.task)
    return try await inPlace(of: order.task) { records in
      try await withHosts(order) { source, target in
        let replication = Replication(
          request, from: source, to: target, pump: pump, clock: clock, records: records, zone: zone)
        let plan = try await replication.pruning(allowsMany: wish.allowsMany).plan
        guard try await accepts(plan) else { return nil }
        return try await replication.prune(plan, allowsMany: wish.allowsMany, onEvent: report)
      }
    }
  }

  func request(_ order: TaskOrder) throws -> ReplicationRequest {
    let tasks = Dictionary(
      (try files.snapshotTasks() + order.boundTasks + order.snapshotTasks).map { ($0.name, $0) }
    ) { _, last in last }
    guard var request = ReplicationRequest(order.task, snapshotTasks: tasks) else {
      throw Failure("store.invalid", subject: order.task.name)
    }
    do {
      request.retention.elsewhere = try waiting(besides: order.task.name)
    } catch {
      // What nobody can read may wait for any snapshot: then the source keeps them all.
      request.retention.snapshotTasks = []
    }
    return request
  }

  /// Other tasks for which snapshots of this system wait until they have arrived.
  private func waiting(besides name: String) throws -> [Retention.Waiting] {
    try files.taskNames().filter { $0 != name }.compactMap { name in
      let task = try files.task(name)
      guard task.enabled, task.holdPendingSnapshots, task.direction == .push,
        let target = try? DatasetName(task.targetDataset)
      else { return nil }
      return Retention.Waiting(
        task: name, sources: task.sourceDatasets.compactMap { try? DatasetName($0) },
        target: target, recursive: task.recursive, exclude: task.exclude)
    }
  }

  /// Opens both sides, and closes them whatever happens.
  func withHosts<Result>(
    _ order: TaskOrder, _ work: (any HostPort, any HostPort) async throws -> Result
  ) async throws -> Result {
    var connection: Connection?
    if order.task.transport != .local {
      guard var known = order.connection else {
        throw Failure(
          "store.notFound", subject: "connections/\(order.task.connection ?? "").yaml")
      }
      known.sudo = known.sudo || order.task.sudo
      connection = known
    }
    let here = try await host(nil)
    let there: any HostPort
    do {
      there = try await host(connection)
    } catch {
      await here.close()
      throw error
    }
    let sides = order.task.direction == .pull ? (there, here) : (here, there)
    do {
      let result = try await work(sides.0, sides.1)
      await there.close()
      await here.close()
      return result
    } catch {
      await there.close()
      await here.close()
      throw error
    }
  }

  /// What earlier runs of this task sent a second; nil where none sent enough to tell.
  func measuredRate(of task: String) throws -> Double? {
    let runs = try records.runs(of: task, limit: 5).compactMap(\.summary)
    let telling = runs.filter { $0.sentBytes > 64 << 20 && $0.seconds > 1 }
    guard !telling.isEmpty else { return nil }
    return telling.reduce(0) { $0 + Double($1.sentBytes) }
      / telling.reduce(0) { $0 + $1.seconds }
  }
}
