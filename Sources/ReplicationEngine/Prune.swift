internal import ReplicationModel
internal import ReplicationPlanner
internal import ZFSText

/// Destroys what a plan listed and a fresh look at both sides lists as well; nothing else, and nothing
/// recursively.
///
/// What cannot be destroyed is told and left; it never keeps the rest from being done.
struct Prune {
  let job: Replication
  let telling: RunTelling
  private let plan: Plan
  /// What may go at most.
  private var listed: RetentionPlan { plan.retention }
  let allowsMany: Bool
  private(set) var destroyed = 0
  private(set) var failure: RunFailure?
  /// What may not go whatever a plan says: looked up anew, by GUID.
  private var bases: Set<GUID> = []
  /// Sides that answer no more.
  private var lost: Set<RetentionPlan.Side> = []
  private var checkedAt = 0.0

  /// Older answers about holds and GUIDs are asked for again before a destroy.
  private static let fresh = 10.0

  init(_ job: Replication, _ telling: RunTelling, _ plan: Plan, allowsMany: Bool = false) {
    self.job = job
    self.telling = telling
    self.plan = plan
    self.allowsMany = allowsMany
  }

  /// To its end, or until the Swift task is cancelled.
  mutating func run() async {
    noteUnlisted(plan, tells: false)
    if let refused = listed.refused.first { note(tooMany(refused), tells: false) }
    guard !listed.pruned.isEmpty, !isCancelled else { return }
    do throws(Trouble) {
      let query = RetentionQuery(
        now: job.clock.now(), afterSending: false, allowsMany: allowsMany)
      checkedAt = job.clock.uptime()
      let look = try await job.survey(refused: [], query).look()
      noteUnlisted(look.plan, tells: true)
      for share in look.plan.retention.refused where !listed.refused.contains(where: share.isSame) {
        note(tooMany(share))
      }
      bases = Self.bases(look)
      for share in look.plan.retention.limited(to: listed).pruned { await destroy(share) }
    } catch {
      note(error.failure)
    }
  }

  var isCancelled: Bool { Task.isCancelled }

  private mutating func destroy(_ share: RetentionPlan.Share) async {
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
    let host = share.side == .source ? job.source : job.target
    var batch = batch
    do throws(Trouble) {
      if job.clock.uptime() - checkedAt > Self.fresh {
        batch = try await stillGoing(batch, share, host)
      }
      guard !batch.isEmpty, !isCancelled else { return !isCancelled }
      let command = Destroying.command(share.dataset, batch.map(\.name))
      telling.log(command.shellText)
      let result: CommandResult
      do { result = try await host.run(command) } catch { throw Trouble(error) }
      if result.succeeded {
        destroyed += batch.count
        telling.tell(
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
    checkedAt = job.clock.uptime()
    let marks = try await Marks.of([share.dataset], on: host)[share.dataset] ?? [:]
    var left: [Snapshot] = []
    for snapshot in batch {
      let fate = SnapshotMark.fate(of: snapshot, marks)
      if fate == .goes {
        left.append(snapshot)
      } else {
        telling.log("\(share.dataset)@\(snapshot.name) stays: \(fate.rawValue)")
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

  private func tooMany(_ share: RetentionPlan.Share) -> RunFailure {
    RunFailure(
      code: FailureCode.pruneTooMany, subject: share.dataset.text,
      detail: "\(share.all(.tooMany).count) of \(share.snapshots.count)")
  }

  /// Nobody could say what holds the snapshots; then a plan lists none.
  private mutating func noteUnlisted(_ plan: Plan, tells: Bool) {
    guard let warning = plan.warnings.first(where: { $0.code == FailureCode.pruneUnlisted }) else {
      return
    }
    note(
      RunFailure(code: warning.code, subject: warning.subject, detail: warning.detail), tells: tells
    )
  }

  private mutating func note(_ failure: RunFailure, tells: Bool = true) {
    if self.failure == nil { self.failure = failure }
    guard tells else { return }
    telling.tell(
      .warning(code: failure.code, subject: failure.subject, detail: failure.detail))
  }

  /// The newest snapshot of each dataset that both sides hold, and that of a bookmark which is newer.
  private static func bases(_ look: Look) -> Set<GUID> {
    var bases: Set<GUID> = []
    for mapping in look.plan.mapping {
      let held = Set(look.target[mapping.target]?.snapshots.map(\.guid) ?? [])
      let source = look.source[mapping.source]
      let base = source?.snapshots.last { held.contains($0.guid) }
      if let base { bases.insert(base.guid) }
      if let mark = source?.bookmarks.last(where: { held.contains($0.guid) }),
        mark.createtxg > base?.createtxg ?? 0
      {
        bases.insert(mark.guid)
      }
    }
    return bases
  }
}

extension RetentionPlan.Share {
  /// Whether it is the same side of the same dataset.
  fileprivate func isSame(_ other: RetentionPlan.Share) -> Bool {
    side == other.side && dataset == other.dataset
  }
}
