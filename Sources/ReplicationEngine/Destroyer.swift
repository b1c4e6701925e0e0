internal import ReplicationModel
internal import ReplicationPlanner
internal import ZFSText

/// Destroys snapshots by name, after a fresh look at what keeps them.
///
/// What cannot be destroyed is told and left; it never keeps the rest from being done.
struct Destroyer {
  private let hosts: [RetentionPlan.Side: any HostPort]
  private let clock: any ClockPort
  private let tell: @Sendable (RunEvent) -> Void
  private let log: @Sendable (String) -> Void
  private(set) var destroyed = 0
  private(set) var failure: RunFailure?
  /// Sides that answer no more.
  private var lost: Set<RetentionPlan.Side> = []
  private var checkedAt: Double

  /// Older answers about holds and GUIDs are asked for again before a destroy.
  private static let fresh = 10.0

  init(
    hosts: [RetentionPlan.Side: any HostPort], clock: any ClockPort,
    tell: @escaping @Sendable (RunEvent) -> Void, log: @escaping @Sendable (String) -> Void
  ) {
    self.hosts = hosts
    self.clock = clock
    self.tell = tell
    self.log = log
    checkedAt = clock.uptime()
  }

  /// What holds the snapshots is asked now.
  mutating func looked() { checkedAt = clock.uptime() }

  private var isCancelled: Bool { Task.isCancelled }

  /// All of a share that goes, but `besides`, which may not go whatever a plan says.
  mutating func destroy(_ share: RetentionPlan.Share, besides bases: Set<GUID> = []) async {
    let snapshots = share.destroys.filter { !bases.contains($0.guid) }
    if snapshots.count < share.destroys.count {
      note(RunFailure(code: FailureCode.pruneBase, subject: share.dataset.text))
    }
    for batch in Destroying.batches(snapshots) {
      guard !isCancelled, !lost.contains(share.side) else { return }
      guard await destroy(Array(batch), share) else { return }
    }
  }

  /// One command, and again with less where ZFS refuses it; false where no more of the dataset can be
  /// destroyed now.
  private mutating func destroy(_ batch: [Snapshot], _ share: RetentionPlan.Share) async -> Bool {
    guard let host = hosts[share.side] else { return false }
    var batch = batch
    do throws(Trouble) {
      if clock.uptime() - checkedAt > Self.fresh {
        batch = try await stillGoing(batch, share, host)
      }
      guard !batch.isEmpty, !isCancelled else { return !isCancelled }
      let command = Destroying.command(share.dataset, batch.map(\.name))
      log(command.shellText)
      let result: CommandResult
      do { result = try await host.run(command) } catch { throw Trouble(error) }
      if result.succeeded {
        destroyed += batch.count
        tell(
          .pruned(side: share.side, dataset: share.dataset, snapshots: batch.map(\.name)))
        return true
      }
      let trouble = Trouble(result, subject: share.dataset.text)
      if ZFSFailure(result.errors) == .permissionDenied {
        note(failed(trouble, share))
        return false
      }
      // ZFS destroys all of a command or nothing. What is held, cloned or gone by now is left out; where
      // that explains nothing, halves find the one that is in the way.
      let left = try await stillGoing(batch, share, host)
      if left.count < batch.count { return left.isEmpty ? true : await destroy(left, share) }
      if left.count == 1 {
        note(failed(trouble, share, left[0]))
        return true
      }
      let middle = left.count / 2
      guard await destroy(Array(left[..<middle]), share) else { return false }
      return await destroy(Array(left[middle...]), share)
    } catch {
      // Nobody answers on that side: the next run does what is left.
      lost.insert(share.side)
      note(failed(error, share))
      return false
    }
  }

  /// Those that stand under their names with their GUIDs, and that nothing keeps.
  private mutating func stillGoing(
    _ batch: [Snapshot], _ share: RetentionPlan.Share, _ host: any HostPort
  ) async throws(Trouble) -> [Snapshot] {
    checkedAt = clock.uptime()
    let marks = try await Marks.of([share.dataset], on: host)[share.dataset] ?? [:]
    var left: [Snapshot] = []
    for snapshot in batch {
      let fate = SnapshotMark.fate(of: snapshot, marks)
      if fate == .goes {
        left.append(snapshot)
      } else {
        log("\(share.dataset)@\(snapshot.name) stays: \(fate.rawValue)")
      }
    }
    return left
  }

  private func failed(_ trouble: Trouble, _ share: RetentionPlan.Share, _ one: Snapshot? = nil)
    -> RunFailure
  {
    let name = one.map { "\(share.dataset)@\($0.name)" } ?? share.dataset.text
    return RunFailure(
      code: FailureCode.pruneFailed, subject: name,
      detail: trouble.failure.detail.isEmpty ? trouble.failure.code : trouble.failure.detail)
  }

  /// Of these nothing goes, because too much would.
  mutating func noteRefused(_ shares: ArraySlice<RetentionPlan.Share>, tells: Bool = true) {
    for share in shares { note(tooMany(share), tells: tells) }
  }

  private func tooMany(_ share: RetentionPlan.Share) -> RunFailure {
    RunFailure(
      code: FailureCode.pruneTooMany, subject: share.dataset.text,
      detail: "\(share.all(.tooMany).count) of \(share.snapshots.count)")
  }

  /// The first is kept.
  mutating func note(_ failure: RunFailure, tells: Bool = true) {
    if self.failure == nil { self.failure = failure }
    guard tells else { return }
    tell(
      .warning(code: failure.code, subject: failure.subject, detail: failure.detail))
  }
}

extension RetentionPlan {
  /// Sides of datasets that are refused here and were not before.
  func newlyRefused(since listed: RetentionPlan) -> [Share] {
    refused.filter { share in
      !listed.refused.contains { $0.side == share.side && $0.dataset == share.dataset }
    }
  }
}
