public import ReplicationEngine
public import ReplicationModel
public import ReplicationPlanner
internal import Synchronization

/// Two machines and the time between them. Processes of the program come and go.
public final class FakeWorld: Sendable {
  public let clock = ManualClock()
  public let journal = Journal()
  public let source: FakeMachine
  public let target: FakeMachine
  public let records: MemoryRecords

  /// Pools `tank` on the source and `bk` on the target; with `onOneMachine` both are on one.
  public init(seed: UInt64 = 1, onOneMachine: Bool = false) throws {
    source = FakeMachine(seed: seed &* 2 &+ 1, clock: clock)
    target = onOneMachine ? source : FakeMachine(seed: seed &* 7_919 &+ 3, clock: clock)
    records = MemoryRecords(journal: journal)
    try source.makePool("tank")
    try target.makePool("bk")
  }

  /// A process of the program, with its hosts and its link; `disguise` puts something between it and a host.
  public func program(
    dying: Int? = nil, chunk: Int = 512, bytesPerSecond: Double = 1e6, latency: Double = 0.01,
    disguise: @escaping FakeProgram.Disguise = { $0 }
  ) -> FakeProgram {
    let life = ProgramLife(dying: dying)
    let wires = Wires()
    func host(_ label: String, _ machine: FakeMachine) -> SandboxHost {
      SandboxHost(
        label, machine: machine, life: life, clock: clock, wires: wires, journal: journal,
        latency: latency)
    }
    return FakeProgram(
      world: self, life: life, source: host("source", source), target: host("target", target),
      link: FakeLink(
        wires: wires, clock: clock, life: life, chunk: chunk, bytesPerSecond: bytesPerSecond),
      disguise: disguise)
  }
}

/// One process of the program: what it ran with, and what it told.
public final class FakeProgram: Sendable {
  public let world: FakeWorld
  public let life: ProgramLife
  public let source: SandboxHost
  public let target: SandboxHost
  public let link: FakeLink
  /// What the program sees of a host.
  public typealias Disguise = @Sendable (SandboxHost) -> any HostPort
  private let disguise: Disguise
  private let told = Mutex<[RunEvent]>([])
  private let hasty = Mutex<[Command]?>(nil)

  init(
    world: FakeWorld, life: ProgramLife, source: SandboxHost, target: SandboxHost, link: FakeLink,
    disguise: @escaping Disguise
  ) {
    self.disguise = disguise
    self.world = world
    self.life = life
    self.source = source
    self.target = target
    self.link = link
  }

  /// What the runs told so far.
  public var events: [RunEvent] { told.withLock { $0 } }

  /// Commands that change something and came before there was a plan.
  public var early: [Command] { hasty.withLock { $0 } ?? changes }

  /// All commands of both sides but questions.
  public var changes: [Command] {
    (source.commands + target.commands).filter { command in
      !["list", "get", "userspace", "version", "holds"].contains(command.arguments.first)
        && !(command.arguments.first == "send" && command.arguments.contains { $0.hasPrefix("-n") })
    }
  }

  private func note(_ event: RunEvent) {
    if case .planned = event {
      let changes = changes
      hasty.withLock { if $0 == nil { $0 = changes } }
    }
    told.withLock { $0.append(event) }
  }

  /// Runs a task to its end; throws where no run began, or its end could not be written.
  @discardableResult
  public func run(
    _ request: ReplicationRequest,
    policy: RunPolicy = RunPolicy(estimates: false, prunesSource: true),
    speed: SpeedDial = SpeedDial(), listings: (any ListingMemoryPort)? = nil,
    onEvent: @escaping @Sendable (RunEvent) -> Void = { _ in }
  ) async throws(StoreError) -> RunSummary {
    return try await replication(request, policy, speed, listings).run { event in
      self.note(event)
      onEvent(event)
    }
  }

  /// What a run would do.
  public func preview(_ request: ReplicationRequest, estimates: Bool = false)
    async throws(RunFailure) -> Plan
  {
    try await Replication.preview(
      request, from: disguise(source), to: disguise(target), zone: .utc, estimates: estimates,
      now: world.clock.now())
  }

  /// Prunes as `zferry prune` does, in two steps with time for `meanwhile` between them.
  public func prune(
    _ request: ReplicationRequest, allowsMany: Bool = false, meanwhile: () -> Void = {}
  ) async throws -> RunSummary {
    let replication = replication(request, RunPolicy())
    let plan = try await replication.pruning(allowsMany: allowsMany).plan
    note(.planned(plan))
    meanwhile()
    return try await replication.prune(plan, allowsMany: allowsMany) { self.note($0) }
  }

  private func replication(
    _ request: ReplicationRequest, _ policy: RunPolicy, _ speed: SpeedDial = SpeedDial(),
    _ listings: (any ListingMemoryPort)? = nil
  ) -> Replication {
    Replication(
      request, from: disguise(source), to: disguise(target), pump: link, clock: world.clock,
      records: RecordBook(records: world.records, life: life), policy: policy, speed: speed,
      zone: .utc, listings: listings)
  }
}

extension FakeProgram {
  /// Decides conflicts between this program's hosts.
  public func resolver(_ request: ReplicationRequest) -> Resolver {
    Resolver(
      request, from: disguise(source), to: disguise(target), clock: world.clock,
      records: RecordBook(records: world.records, life: life), zone: .utc)
  }

  /// Carries a decision out, with the locks and records of the world.
  public func resolve(
    _ shown: Resolution, of request: ReplicationRequest,
    exclude: @escaping @Sendable (DatasetName) throws -> Void = { _ in }
  ) async throws {
    try await resolver(request).resolve(
      shown, exclude: exclude)
  }

  /// Takes a task's lock, as a run of it does, and keeps it.
  public func holdLock(of task: String) throws {
    _ = try RecordBook(records: world.records, life: life)
      .runStarted(task: task, at: world.clock.now())
  }

  /// The same program with its hosts changed round: what was the target sends.
  public var turned: FakeProgram {
    FakeProgram(
      world: world, life: life, source: target, target: source, link: link, disguise: disguise)
  }
}
