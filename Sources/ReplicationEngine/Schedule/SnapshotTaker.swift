public import ReplicationModel
public import ReplicationPlanner
internal import ZFSText

/// Takes the snapshots of snapshot tasks on this host.
public struct SnapshotTaker: Sendable {
  private let host: any HostPort
  private let clock: any ClockPort
  private let zone: Zone

  public init(host: any HostPort, clock: any ClockPort, zone: Zone) {
    self.host = host
    self.clock = clock
    self.zone = zone
  }

  /// What a turn would do now. Lists the datasets, and changes nothing.
  public func look(_ task: SnapshotTask, for minute: Instant) async throws(RunFailure)
    -> SnapshotDecision
  {
    do {
      return task.decide(try name(task, minute), try await inventory(of: task), zone: zone)
    } catch { throw error.failure }
  }

  /// Takes a turn: the snapshots of the minute it is for, all of them in one command.
  ///
  /// Names that are there already are left as they are, and what is missing beside them is taken, so
  /// that a turn which is taken twice leaves what one would have.
  public func take(_ task: SnapshotTask, for minute: Instant) async -> SnapshotTaking {
    let name = task.snapshotName(at: minute, in: zone) ?? ""
    var taking = SnapshotTaking(
      task: task.name, at: clock.now(), snapshot: "\(task.dataset)@\(name)", outcome: .taken)
    do {
      try await take(task, try self.name(task, minute), &taking)
    } catch {
      taking.outcome = .failed
      taking.error = error.failure
    }
    return taking
  }

  /// Whether a snapshot task's dataset has a snapshot that it might have taken.
  public func hasSnapshot(of task: SnapshotTask) async throws(RunFailure) -> Bool {
    guard let schema = try? NamingSchema(task.namingSchema) else { return false }
    do {
      let result = try await must(
        Listing.snapshots([DatasetName(trusted: task.dataset)], recursive: false), task)
      return try snapshots(result).contains { schema.instant(of: $0.name, in: zone) != nil }
    } catch { throw error.failure }
  }

  private func take(_ task: SnapshotTask, _ name: String, _ taking: inout SnapshotTaking)
    async throws(Trouble)
  {
    var command = task.plainCommand(name)
    if task.needsListing {
      switch task.decide(name, try await inventory(of: task), zone: zone) {
      case .unchanged:
        taking.outcome = .unchanged
        return
      case .nothingLeft: throw nothingLeft(task)
      case .take(let wanted, let datasets):
        command = wanted
        taking.datasets = datasets.count
      }
    }
    let result = try await run(command)
    if result.succeeded { return }
    let trouble = Trouble(result, subject: taking.snapshot)
    guard trouble.failure.code == ZFSFailure.datasetExists.rawValue else { throw trouble }
    try await takeMissing(task, name, &taking)
  }

  /// Some of the names are there: by hand, by another task, or because the clock was set back.
  private func takeMissing(_ task: SnapshotTask, _ name: String, _ taking: inout SnapshotTaking)
    async throws(Trouble)
  {
    let wanted = task.wanted(in: try await inventory(of: task))
    let missing = wanted.filter { !$0.snapshots.contains { $0.name == name } }.map(\.name)
    guard !missing.isEmpty else {
      taking.datasets = nil
      taking.outcome = .exists
      return
    }
    let result = try await run(SnapshotTask.command(name, of: missing))
    guard result.succeeded else { throw Trouble(result, subject: taking.snapshot) }
    taking.datasets = missing.count
  }

  /// The task's dataset and, where it is recursive, all below it, with their snapshots.
  func inventory(of task: SnapshotTask) async throws(Trouble) -> Inventory {
    let root = [DatasetName(trusted: task.dataset)]
    let states = try await must(Listing.datasets(root, recursive: task.recursive), task)
    let listed = try await must(Listing.snapshots(root, recursive: task.recursive), task)
    do {
      return try ListingText.add(snapshots: listed, to: try ListingText.datasets(states))
    } catch { throw unreadable(error) }
  }

  private func snapshots(_ output: [UInt8]) throws(Trouble) -> [Snapshot] {
    do { return try ListingText.snapshots(output) } catch { throw unreadable(error) }
  }

  private func name(_ task: SnapshotTask, _ minute: Instant) throws(Trouble) -> String {
    if let name = task.snapshotName(at: minute, in: zone) { return name }
    throw Trouble(
      RunFailure(code: FailureCode.namingSchema, subject: task.name, detail: task.namingSchema),
      isTransient: false)
  }

  private func nothingLeft(_ task: SnapshotTask) -> Trouble {
    Trouble(
      RunFailure(code: FailureCode.nothingLeft, subject: task.dataset), isTransient: false)
  }

  private func unreadable(_ problem: ListingProblem) -> Trouble {
    Trouble(
      RunFailure(code: FailureCode.listing, subject: host.label, detail: problem.line),
      isTransient: false)
  }

  private func must(_ command: Command, _ task: SnapshotTask) async throws(Trouble) -> [UInt8] {
    let result = try await run(command)
    guard result.succeeded else { throw Trouble(result, subject: task.dataset) }
    return result.output
  }

  private func run(_ command: Command) async throws(Trouble) -> CommandResult {
    do { return try await host.run(command) } catch { throw Trouble(error) }
  }
}
