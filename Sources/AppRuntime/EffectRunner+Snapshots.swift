import ReplicationEngine
import ReplicationModel
import ReplicationPlanner
import ZferryApp

/// What other programs left here, and what has outlived its time.
extension EffectRunner {
  func read(_ order: ForeignOrder) async throws -> Reply? {
    var wish = ForeignWish(form: order.form, texts: [])
    if !order.path.isEmpty { wish.texts.append(try ports.files.readText(at: order.path)) }
    if order.asksHost {
      let host = try await ports.host(nil)
      wish.texts.append(try await ForeignTraces.text(from: host))
      await host.close()
    }
    wish.target = order.target.isEmpty ? nil : order.target
    var read = try ports.files.read(wish)
    read.use(connection: order.connection.isEmpty ? nil : order.connection)
    return .foreign(read)
  }

  func lookToPrune(_ task: SnapshotTask, allowsMany: Bool) async throws -> Reply? {
    try await withPruner { pruner in
      .outlived(try await pruner.look(task, allowsMany: allowsMany))
    }
  }

  /// What became of it is kept in the history, as a turn of the snapshot task.
  func prune(_ task: SnapshotTask, _ listed: RetentionPlan, allowsMany: Bool) async throws -> Reply?
  {
    try await withPruner { pruner in
      guard let taking = await pruner.prune(task, listed, allowsMany: allowsMany) else {
        return .pruned(0, nil)
      }
      try ports.schedule?.taken(taking)
      return .pruned(taking.datasets ?? 0, taking.error.map { Failure(describing: $0) })
    }
  }

  private func withPruner(_ body: (SnapshotPruner) async throws -> Reply) async throws -> Reply? {
    // A task that cannot be read is an error: it may copy any of them.
    let uses = try ports.files.taskNames().map { try ports.files.task($0) }
    let host = try await ports.host(nil)
    let pruner = SnapshotPruner(
      host: host, clock: ports.clock, zone: ports.zone,
      snapshotTasks: try ports.files.snapshotTasks(), uses: uses)
    do {
      let reply = try await body(pruner)
      await host.close()
      return reply
    } catch {
      await host.close()
      throw error
    }
  }
}
