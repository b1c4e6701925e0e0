internal import ReplicationModel
internal import ReplicationPlanner

/// Destroys what a plan listed and a fresh look at both sides lists as well; nothing else, and nothing
/// recursively.
struct Prune {
  let job: Replication
  private let plan: Plan
  /// What may go at most.
  private var listed: RetentionPlan { plan.retention }
  let allowsMany: Bool
  private var destroyer: Destroyer

  init(_ job: Replication, _ telling: RunTelling, _ plan: Plan, allowsMany: Bool = false) {
    self.job = job
    self.plan = plan
    self.allowsMany = allowsMany
    destroyer = Destroyer(
      hosts: [.source: job.source, .target: job.target], clock: job.clock, tell: telling.tell,
      log: telling.log)
  }

  var destroyed: Int { destroyer.destroyed }
  var failure: RunFailure? { destroyer.failure }
  var isCancelled: Bool { Task.isCancelled }

  /// To its end, or until the Swift task is cancelled.
  mutating func run() async {
    noteUnlisted(plan, tells: false)
    destroyer.noteRefused(listed.refused.prefix(1), tells: false)
    guard !listed.pruned.isEmpty, !isCancelled else { return }
    do throws(Trouble) {
      let query = RetentionQuery(
        now: job.clock.now(), afterSending: false, allowsMany: allowsMany)
      destroyer.looked()
      let look = try await job.survey(refused: [], query).look()
      noteUnlisted(look.plan, tells: true)
      destroyer.noteRefused(look.plan.retention.newlyRefused(since: listed)[...])
      let bases = Self.bases(look)
      for share in look.plan.retention.limited(to: listed).pruned {
        await destroyer.destroy(share, besides: bases)
      }
    } catch {
      destroyer.note(error.failure)
    }
  }

  /// Nobody could say what holds the snapshots; then a plan lists none.
  private mutating func noteUnlisted(_ plan: Plan, tells: Bool) {
    guard let warning = plan.warnings.first(where: { $0.code == FailureCode.pruneUnlisted }) else {
      return
    }
    destroyer.note(
      RunFailure(code: warning.code, subject: warning.subject, detail: warning.detail), tells: tells
    )
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
