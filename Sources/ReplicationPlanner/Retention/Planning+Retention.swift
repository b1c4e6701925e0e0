public import ReplicationModel

/// What a plan has to know in order to say what retention lets go.
public struct RetentionQuery: Hashable, Sendable {
  public var now: Instant
  /// Whether the plan's steps count as done: retention comes after them in a run.
  public var afterSending: Bool
  /// Whether more than half of a side may be lost at once.
  public var allowsMany: Bool
  /// Whether the lifetimes of snapshot tasks count on the source. A run that a person starts, such as
  /// the first one of a task, takes nothing from there.
  public var prunesSource: Bool

  public init(
    now: Instant, afterSending: Bool, allowsMany: Bool = false, prunesSource: Bool = true
  ) {
    self.now = now
    self.afterSending = afterSending
    self.allowsMany = allowsMany
    self.prunesSource = prunesSource
  }
}

extension Planning {
  /// Lists what goes, dataset by dataset; of one in whose way something is, nothing.
  mutating func decideRetention(_ query: RetentionQuery) {
    let retention = request.retention
    guard !retention.isIdle else { return }
    let troubled = Set(plan.conflicts.map(\.source))
    let steps = query.afterSending ? Dictionary(grouping: plan.steps, by: \.source) : [:]
    for mapping in plan.mapping where !troubled.contains(mapping.source) {
      guard let member = source[mapping.source] else { continue }
      let arriving = arrivals(steps[mapping.source] ?? [], member)
      add(member, mapping.target, arriving, query)
    }
    if retention.policy != .none { warnOfOrphans() }
  }

  private mutating func add(
    _ member: DatasetState, _ name: DatasetName, _ arriving: [Snapshot], _ query: RetentionQuery
  ) {
    let owners = query.prunesSource ? rules.owners(of: member.name) : []
    guard request.retention.policy != .none || !owners.isEmpty else { return }
    let copy = target[name]
    let facts = tokens[name]
    // A token that nobody can read may need any of them.
    let isReadable = copy?.resumeToken == nil || facts != nil
    let pair = RetentionPair(
      source: member.snapshots, bookmarks: member.bookmarks,
      target: isReadable ? (copy?.snapshots ?? []) + arriving : [],
      inFlight: Set([facts?.toGUID, facts?.fromGUID].compactMap { $0 }),
      awaited: request.retention.elsewhere.compactMap { $0.reached(member) }.min() ?? .max)
    let fates = rules.decide(pair, owners, at: query.now, many: query.allowsMany)
    var shares: [RetentionPlan.Share] = []
    if request.retention.policy != .none, let copy {
      // What arrives with this run stays out: it is not there yet.
      shares.append(
        .init(
          side: .target, source: member.name, dataset: name, snapshots: copy.snapshots,
          fates: isReadable
            ? Array(fates.target.prefix(copy.snapshots.count))
            : Array(repeating: .noEvidence, count: copy.snapshots.count)))
    }
    if !owners.isEmpty {
      shares.append(
        .init(
          side: .source, source: member.name, dataset: member.name, snapshots: member.snapshots,
          fates: fates.source))
    }
    for share in shares where share.fates.contains(.tooMany) {
      warn(
        "prune.too_many", share.dataset.text,
        detail: "\(share.fates.count { $0 == .tooMany }) of \(share.snapshots.count)")
    }
    plan.retention.shares += shares
  }

  /// What the steps of a dataset bring.
  func arrivals(_ steps: [Step], _ member: DatasetState) -> [Snapshot] {
    steps.flatMap { step -> ArraySlice<Snapshot> in
      guard let last = member.snapshots.lastIndex(where: { $0.guid == step.to.guid }) else {
        return []
      }
      return member.snapshots[max(0, last + 1 - step.snapshots)...last]
    }
  }

  /// Copies whose source is gone keep all they have, whatever the policy (engine.md, B3).
  private mutating func warnOfOrphans() {
    for state in target.tree(request.target) where !state.snapshots.isEmpty {
      guard let gone = mapping.source(of: state.name), source[gone] == nil else { continue }
      warn("prune.source_gone", state.name.text, detail: gone.text)
    }
  }
}
