import ReplicationEngine
import ReplicationModel
import ReplicationPlanner
import ZferryApp

/// Deciding conflicts, and the way back from a copy.
extension EngineWork {
  /// The conflicts of a task now, with what may be decided about each.
  func conflicts(_ order: TaskOrder) async throws -> ConflictLook {
    let request = try request(order)
    return try await withHosts(order) { source, target in
      try await Resolver(
        request, from: source, to: target, clock: clock, records: records, zone: zone
      ).look()
    }
  }

  /// Carries out what was shown, or refuses where it is not the same any more.
  func resolve(_ order: TaskOrder, _ shown: Resolution) async throws {
    let request = try request(order)
    try requireRoom(for: order.task)
    try await inPlace(of: order.task) { records in
      try await withHosts(order) { source, target in
        try await Resolver(
          request, from: source, to: target, clock: clock, records: records, zone: zone
        ).resolve(shown) { dataset in
          try files.leaveOut(dataset, of: order.task.name, zone: zone, now: clock.now())
        }
      }
    }
  }

  /// What a restore would do. Writes nothing.
  func preview(_ restore: RestoreOrder) async throws -> Preview {
    let request = try request(restore)
    let look = try await withHosts(restore.order) { source, target in
      try await Replication.look(request, from: target, to: source, zone: zone, estimates: true)
    }
    return Preview(
      plan: look.plan, measuredRate: try measuredRate(of: restore.order.task.name))
  }

  /// Sends a copy back, under its task's lock.
  func run(_ restore: RestoreOrder, _ report: @escaping @Sendable (RunEvent) -> Void) async throws {
    let request = try request(restore)
    try requireRoom(for: restore.order.task)
    try await inPlace(of: restore.order.task) { records in
      try await withHosts(restore.order) { source, target in
        try await regulated(restore.order.task) { speed in
          _ = try await replication(
            request, restore.order.task, speed, from: target, to: source, records
          )
          .run(onEvent: report)
        }
      }
    }
  }

  private func request(_ restore: RestoreOrder) throws -> ReplicationRequest {
    let place: DatasetName
    do throws(NameProblem) { place = try DatasetName(restore.target) } catch {
      throw Failure(
        "restore.place", subject: restore.target,
        detail: error.message(label: "Its name", value: restore.target))
    }
    guard
      let request = try request(restore.order).restoring(
        DatasetName(trusted: restore.dataset), to: place, upTo: restore.snapshot)
    else {
      throw Failure("restore.unknown", subject: restore.dataset, detail: restore.order.task.name)
    }
    return request
  }
}
