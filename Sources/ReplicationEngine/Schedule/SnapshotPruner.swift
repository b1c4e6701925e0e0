public import ReplicationModel
public import ReplicationPlanner

/// Lets go of what has outlived the lifetime of snapshot tasks on this host, where no replication
/// task copies the datasets; those that do prune themselves.
public struct SnapshotPruner: Sendable {
  private let taker: SnapshotTaker
  private let host: any HostPort
  private let clock: any ClockPort
  private let zone: Zone
  /// All that are stored.
  private let snapshotTasks: [SnapshotTask]
  private let uses: [TaskDraft]

  /// `uses` are all replication tasks, enabled or not. Where the file of one cannot be read, nobody
  /// knows what it copies: then nothing may be pruned.
  public init(
    host: any HostPort, clock: any ClockPort, zone: Zone, snapshotTasks: [SnapshotTask],
    uses: [TaskDraft]
  ) {
    taker = SnapshotTaker(host: host, clock: clock, zone: zone)
    self.host = host
    self.clock = clock
    self.zone = zone
    self.snapshotTasks = snapshotTasks
    self.uses = uses
  }

  /// What would go now, and why the rest stays. Changes nothing.
  public func look(_ task: SnapshotTask, allowsMany: Bool = false) async throws(RunFailure)
    -> RetentionPlan
  {
    guard task.enabled, !task.isAllOf(uses) else { return RetentionPlan() }
    do {
      let plan = task.retention(
        in: try await taker.inventory(of: task), among: snapshotTasks, uses: uses,
        at: clock.now(), allowsMany: allowsMany, zone: zone)
      guard !plan.pruned.isEmpty else { return plan }
      return try await Marks.checked(plan, source: host, target: host)
    } catch {
      throw error.failure
    }
  }

  /// Destroys what `listed` says and a second look says as well.
  ///
  /// The result is kept in the history as a turn of the snapshot task; nil where nothing was to be done.
  public func prune(
    _ task: SnapshotTask, _ listed: RetentionPlan, allowsMany: Bool = false,
    tell: @escaping @Sendable (RunEvent) -> Void = { _ in }
  ) async -> SnapshotTaking? {
    var destroyer = Destroyer(hosts: [.source: host], clock: clock, tell: tell, log: { _ in })
    destroyer.noteRefused(listed.refused.prefix(1), tells: false)
    if !listed.pruned.isEmpty {
      do throws(RunFailure) {
        destroyer.looked()
        let again = try await look(task, allowsMany: allowsMany)
        destroyer.noteRefused(again.newlyRefused(since: listed)[...])
        for share in again.limited(to: listed).pruned { await destroyer.destroy(share) }
      } catch {
        destroyer.note(error)
      }
    }
    guard destroyer.destroyed > 0 || destroyer.failure != nil else { return nil }
    return SnapshotTaking(
      task: task.name, at: clock.now(), snapshot: task.dataset, datasets: destroyer.destroyed,
      outcome: .pruned, error: destroyer.failure)
  }

  /// A look and what follows from it, as a tick does it; a look that fails is its result.
  public func prune(_ task: SnapshotTask) async -> SnapshotTaking? {
    do throws(RunFailure) {
      return await prune(task, try await look(task))
    } catch {
      return SnapshotTaking(
        task: task.name, at: clock.now(), snapshot: task.dataset, datasets: 0, outcome: .pruned,
        error: error)
    }
  }
}
