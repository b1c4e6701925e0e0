import ReplicationEngine
import ReplicationModel
import ZferryApp

/// The checklist: each line by itself, so that one that fails or takes its time stops no other.
extension EffectRunner {
  func check(
    _ question: CheckQuestion, tell: @escaping @Sendable (CheckID, CheckResult) -> Void
  ) async {
    await withTaskGroup(of: Void.self) { group in
      group.addTask { tell(.localZFS, await self.localZFS()) }
      if let connection = question.connection {
        group.addTask { await self.check(connection, tell: tell) }
      }
      if let order = question.order {
        group.addTask { tell(.sources, await self.sources(of: order)) }
        group.addTask { tell(.destination, await self.destination(of: order)) }
        if question.checks.contains(.snapshotTask) {
          tell(.snapshotTask, Self.snapshots(of: order))
        }
      }
    }
  }

  private func localZFS() async -> CheckResult {
    await result {
      let output = try await self.ask(.local, .zfs(["version"]))
      return output.split(separator: "\n").first.map(String.init) ?? ""
    }
  }

  /// One login answers four lines.
  private func check(
    _ connection: Connection, tell: @Sendable (CheckID, CheckResult) -> Void
  ) async {
    let place = "\(connection.username)@\(connection.host)"
    do {
      guard case .proved(let host)? = try await prove(connection) else { return }
      tell(.login, .good(place))
      tell(
        .remoteZFS,
        host.zfsVersion.map { .good($0) } ?? .bad(Failure("zfs.missing", subject: place)))
      tell(.rights, Self.rights(host, place))
      let skew = abs(host.clockSkew)
      tell(
        .clock,
        skew <= 60
          ? .good("")
          : .doubtful(Failure("check.clock", subject: place, detail: String(skew))))
    } catch {
      let failure = Failure(describing: error)
      tell(.login, .bad(failure))
      for check in [CheckID.remoteZFS, .rights, .clock] {
        tell(check, .doubtful(Failure("check.not_reached", subject: place)))
      }
    }
  }

  private static func rights(_ host: ProvedHost, _ place: String) -> CheckResult {
    switch host.sudoWorks {
    case true: .good("sudo")
    case false: .bad(Failure("sudo", subject: place))
    case nil:
      host.user == "root" ? .good("root") : .doubtful(Failure("check.rights", subject: place))
    }
  }

  private func sources(of order: TaskOrder) async -> CheckResult {
    await result {
      let columns = ["list", "-H", "-d", "0", "-o", "name", "-t", "filesystem,volume"]
      _ = try await self.ask(Self.sourceHost(of: order), .zfs(columns + order.task.sourceDatasets))
      return Amount.count(order.task.sourceDatasets.count, "dataset")
    }
  }

  /// The destination, or what is above it: the first run makes the rest.
  private func destination(of order: TaskOrder) async -> CheckResult {
    await result {
      let target = DatasetName(trusted: order.task.targetDataset)
      let output = try await self.ask(
        Self.targetHost(of: order),
        .zfs("list", "-Hp", "-d", "0", "-o", "available", target.pool))
      let free = UInt64(output.trimmed).map { "\(Amount.bytes($0)) free" }
      return free ?? ""
    }
  }

  private static func snapshots(of order: TaskOrder) -> CheckResult {
    let tasks = order.snapshotTasks + order.boundTasks
    if let off = tasks.first(where: { !$0.enabled }) {
      return .bad(Failure("check.snapshot_task_off", subject: off.name))
    }
    if let first = tasks.first { return .good(first.name) }
    return .doubtful(Failure("check.no_snapshot_task", subject: order.task.name))
  }

  private static func sourceHost(of order: TaskOrder) -> HostChoice {
    order.task.direction == .pull ? there(order) : .local
  }

  private static func targetHost(of order: TaskOrder) -> HostChoice {
    order.task.direction == .push ? there(order) : .local
  }

  private static func there(_ order: TaskOrder) -> HostChoice {
    guard order.task.transport != .local, var connection = order.connection else { return .local }
    connection.sudo = connection.sudo || order.task.sudo
    return .remote(connection)
  }

  private func result(_ look: () async throws -> String) async -> CheckResult {
    do { return .good(try await look()) } catch { return .bad(Failure(describing: error)) }
  }
}
