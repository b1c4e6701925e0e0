import ReplicationEngine
import ReplicationModel
import ReplicationPlanner
public import ZferryApp

/// Finds out what a task needs on both sides, and whether it is there. Changes nothing.
public struct RightsWork: Sendable {
  let ports: AppPorts

  public init(_ ports: AppPorts) { self.ports = ports }

  /// What is done with a task beside its runs.
  public struct Extras: Sendable {
    /// Conflicts are decided.
    public var resolves: Bool
    /// Copies are brought back.
    public var restores: Bool
    /// Where to; beside the originals where it is nil.
    public var place: String?

    public init(resolves: Bool = false, restores: Bool = false, place: String? = nil) {
      self.resolves = resolves
      self.restores = restores
      self.place = place
    }
  }

  /// `localUser` is who zferry runs as here, nil for whoever runs it now; `proving` says whether each
  /// right is looked for.
  public func sheet(
    _ order: TaskOrder, localUser: String? = nil, extras: Extras = Extras(), proving: Bool
  ) async throws -> RightsSheet {
    let tasks = Dictionary(
      (try ports.files.snapshotTasks() + order.boundTasks + order.snapshotTasks).map {
        ($0.name, $0)
      }
    ) { _, last in last }
    guard let request = ReplicationRequest(order.task, snapshotTasks: tasks) else {
      throw Failure("store.invalid", subject: order.task.name)
    }
    var connection = order.task.transport == .local ? nil : order.connection
    if order.task.transport != .local, connection == nil {
      throw Failure("store.notFound", subject: "connections/\(order.task.connection ?? "").yaml")
    }
    if order.task.sudo { connection?.sudo = true }
    let backs = extras.restores ? try Self.waysBack(request, to: extras.place) : []
    let isPull = order.task.direction == .pull
    let own = Set((order.boundTasks + order.snapshotTasks).map(\.name))
    let taken =
      isPull
      ? []
      : tasks.values.filter { $0.enabled && own.contains($0.name) }.sorted { $0.name < $1.name }
    var places: [RightsSheet.Place] = []
    var properties: Set<String> = []
    for side in TaskRights.Side.allCases {
      let isHere = connection == nil || (side == .source) != isPull
      let place = Side(
        request: request, side: side, connection: isHere ? nil : connection,
        snapshotTasks: side == .source ? taken : [], properties: properties,
        resolves: extras.resolves, backs: backs)
      let (told, sent) = try await look(place, localUser: localUser, proving: proving)
      places.append(told)
      properties.formUnion(sent)
    }
    return RightsSheet(
      task: order.task.name, places: places, sharing: try sharing(order))
  }

  private struct Side {
    var request: ReplicationRequest
    var side: TaskRights.Side
    var connection: Connection?
    var snapshotTasks: [SnapshotTask]
    var properties: Set<String>
    var resolves: Bool
    /// The requests that bring copies back: in them the sides are the other way round.
    var backs: [ReplicationRequest]

    var backSide: TaskRights.Side { side == .source ? .target : .source }
  }

  /// What brings each source back; throws where a place is none.
  private static func waysBack(_ request: ReplicationRequest, to place: String?) throws
    -> [ReplicationRequest]
  {
    if let place, (try? DatasetName(place)) == nil {
      throw Failure("restore.place", subject: place)
    }
    return request.sources.compactMap { source in
      request.restoring(
        source, to: DatasetName(trusted: place ?? RestoreOrder.place(for: source.text)))
    }
  }

  /// One side, and the properties that it sends. A side that cannot be reached is told all the same,
  /// for its rights may be what is missing.
  private func look(_ side: Side, localUser: String?, proving: Bool) async throws -> (
    RightsSheet.Place, Set<String>
  ) {
    let host = try await ports.host(side.connection)
    let sudo = side.connection?.sudo ?? false
    let probe = RightsProbe(
      request: side.request, side: side.side, host: host, sudo: sudo,
      snapshotTasks: side.snapshotTasks, properties: side.properties, resolves: side.resolves)
    var place = RightsSheet.Place(
      side: side.side, host: side.connection?.host ?? "this system",
      user: side.connection?.username ?? localUser ?? "", isRoot: false, usesSudo: sudo)
    var facts = TaskRights.Facts(properties: side.properties)
    var sent: Set<String> = []
    var needs: [TaskRights.Need] = []
    var patterns: [CommandPattern] = []
    do {
      if place.user.isEmpty { place.user = try await RightsProbe.user(of: host)?.name ?? "" }
      facts = try await probe.facts()
      sent = try await probe.sentProperties()
      if proving, localUser == nil || side.connection != nil {
        place.findings = try await probe.look()
      }
      for request in side.backs {
        // What the source has set comes back with its copy.
        let back = RightsProbe(
          request: request, side: side.backSide, host: host, sudo: sudo, properties: sent)
        let there = try await back.facts()
        needs += TaskRights(request, side.backSide, facts: there).needs
        patterns += TaskCommands.patterns(request, side.backSide, facts: there)
        guard proving, localUser == nil || side.connection != nil else { continue }
        place.findings += try await back.look().map { finding in
          var finding = finding
          finding.side = side.side
          return finding
        }
      }
    } catch {
      place.failure = Failure(describing: error)
    }
    await host.close()
    place.isRoot = place.user == "root"
    let own = TaskRights(
      side.request, side.side, facts: facts, snapshotTasks: side.snapshotTasks,
      resolves: side.resolves)
    place.allow = TaskRights.allowing(own.needs + needs, user: place.user)
    patterns =
      TaskCommands.patterns(
        side.request, side.side, facts: facts, snapshotTasks: side.snapshotTasks,
        resolves: side.resolves) + patterns
    place.sudoers = Sudoers.lines(
      patterns, user: place.user, paths: await paths(side.connection, sudo: sudo))
    if let connection = side.connection {
      let key = (try? ports.files.publicKey(connection.key)) ?? "(the public key)"
      place.confinement = ports.confine(key, side.request.task, patterns, sudo)
    }
    return (place, sent)
  }

  /// Where zfs is on the other system, for sudo goes by that.
  private func paths(_ connection: Connection?, sudo: Bool) async -> [String: String] {
    guard let connection, sudo,
      let facts = try? await ports.pairing.prove(
        connection, keyPath: ports.files.privateKeyPath(connection.key)),
      let zfs = facts.zfsPath, zfs.hasSuffix("/zfs")
    else { return [:] }
    return ["zfs": zfs, "zpool": zfs.dropLast(3) + "pool"]
  }

  /// Other tasks that log in with the same key.
  private func sharing(_ order: TaskOrder) throws -> [String] {
    guard let key = order.connection?.key else { return [] }
    let connections = Set(try ports.files.connections().filter { $0.key == key }.map(\.name))
    return try ports.files.taskNames().filter { name in
      guard name != order.task.name, let task = try? ports.files.task(name) else { return false }
      return task.transport != .local && connections.contains(task.connection ?? "")
    }
  }
}
