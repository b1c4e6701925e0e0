internal import ReplicationModel

/// A task's retention, read once, and its decision on the snapshots of a dataset: the one place for
/// what goes, which the plan, a run, `prune` and the preview share.
struct RetentionRules {
  typealias Fate = RetentionPlan.Fate
  private let retention: Retention
  private let names: NameTimes
  private let lifetime: Int64?
  private let further: [(table: Timetable, seconds: Int64)]
  /// The shortest and the longest of all lifetimes.
  private let bounds: ClosedRange<Int64>
  private let zone: Zone

  init(_ retention: Retention, _ selection: SnapshotSelection, zone: Zone) {
    self.retention = retention
    self.zone = zone
    names = NameTimes(selection, zone: zone)
    guard case .custom(let lifetime, let further) = retention.policy else {
      self.lifetime = nil
      self.further = []
      bounds = 0...0
      return
    }
    self.lifetime = lifetime.seconds
    self.further = further.compactMap { entry in
      guard let table = try? Timetable(entry.schedule), let value = entry.lifetimeValue,
        let unit = entry.lifetimeUnit
      else { return nil }
      return (table, Lifetime(value, unit).seconds)
    }
    let all = self.further.map(\.seconds) + [lifetime.seconds]
    bounds = (all.min() ?? 0)...(all.max() ?? 0)
  }

  /// The snapshot tasks whose lifetimes count for a dataset of the source.
  func owners(of source: DatasetName) -> [SnapshotOwner] {
    retention.snapshotTasks.filter { $0.covers(source) }
      .compactMap { SnapshotOwner($0, zone: zone) }
  }

  /// What becomes of each snapshot of both sides. Unless `many`, nothing of a side goes where more than
  /// half of it would be lost.
  func decide(_ pair: RetentionPair, _ owners: [SnapshotOwner], at now: Instant, many: Bool)
    -> (source: [Fate], target: [Fate])
  {
    guard let bond = pair.bond else {
      return (
        Array(repeating: .noEvidence, count: pair.source.count),
        Array(repeating: .noEvidence, count: pair.target.count)
      )
    }
    var source = source(pair, bond, owners, at: now)
    var target = target(pair, bond, at: now)
    if !many {
      // What the other side keeps is not lost. The copy comes first: what it refuses to lose counts as
      // kept for the source.
      let leaving = Self.going(pair.source, source.fates)
      target.refuse(pair.target) { pair.onSource.contains($0) && !leaving.contains($0) }
      let left = Self.going(pair.target, target.fates)
      source.refuse(pair.source) { pair.onTarget.contains($0) && !left.contains($0) }
    }
    return (source.fates, target.fates)
  }

  /// Of the wanted snapshots, those that the policy would not let go as soon as they had arrived: seen
  /// from the newest of them, as upstream does (engine.md 9.1, 9).
  func worthSending(_ snapshots: [Snapshot], _ wanted: [Int]) -> [Int] {
    guard lifetime != nil, let last = wanted.last,
      case .one(_, let now) = names.read(snapshots[last])
    else { return wanted }
    return wanted.filter { index in
      guard case .one(_, let time) = names.read(snapshots[index]) else { return true }
      return !isExpired(time, at: now)
    }
  }

  /// Whether the copy's own lifetimes let a snapshot of that time go.
  func isExpired(_ time: Instant, at now: Instant) -> Bool {
    guard let lifetime else { return false }
    // Which schedule matches makes no difference to most.
    if time >= now + -bounds.lowerBound { return false }
    if time < now + -bounds.upperBound { return true }
    var longest: Int64?
    if !further.isEmpty {
      let civil = CivilTime(time, in: zone)
      longest = further.lazy.filter { $0.table.matches(civil) }.map(\.seconds).max()
    }
    return time < now + -(longest ?? lifetime)
  }

  private func source(
    _ pair: RetentionPair, _ bond: RetentionPair.Bond, _ owners: [SnapshotOwner], at now: Instant
  ) -> Verdict {
    var verdict = Verdict(groups: owners.count)
    for snapshot in pair.source {
      guard let end = verdict.end(of: snapshot, owners) else {
        verdict.add(bond.bases.contains(snapshot.guid) ? .base : .notOurs, matching: false)
        continue
      }
      verdict.add(
        protected(snapshot, pair, bond) ?? (end > now ? .notExpired : nil)
          ?? (isPending(snapshot, pair, bond) ? .pending : .goes))
    }
    verdict.keepLast()
    return verdict
  }

  /// What becomes of the snapshots of a dataset that nobody copies: its own lifetimes count, and
  /// what a bookmark remembers stays, for some other tool may go on from it.
  func decide(
    uncopied member: DatasetState, _ owners: [SnapshotOwner], at now: Instant, many: Bool
  ) -> [Fate] {
    let marked = Set(member.bookmarks.map(\.guid))
    var verdict = Verdict(groups: owners.count)
    for snapshot in member.snapshots {
      if let end = verdict.end(of: snapshot, owners) {
        verdict.add(marked.contains(snapshot.guid) ? .base : end > now ? .notExpired : .goes)
      } else {
        verdict.add(.notOurs, matching: false)
      }
    }
    verdict.keepLast()
    if !many { verdict.refuse(member.snapshots) { _ in false } }
    return verdict.fates
  }

  private func isPending(
    _ snapshot: Snapshot, _ pair: RetentionPair, _ bond: RetentionPair.Bond
  ) -> Bool {
    if snapshot.createtxg > pair.awaited { return true }
    guard retention.holdsPending, snapshot.createtxg > bond.createtxg else { return false }
    if case .none = names.read(snapshot) { return false }
    return true
  }

  private func target(_ pair: RetentionPair, _ bond: RetentionPair.Bond, at now: Instant)
    -> Verdict
  {
    var verdict = Verdict(groups: names.groups)
    for (index, snapshot) in pair.target.enumerated() {
      switch names.read(snapshot) {
      case .none:
        verdict.add(bond.bases.contains(snapshot.guid) ? .base : .notOurs, matching: false)
      case .ambiguous: verdict.add(protected(snapshot, pair, bond) ?? .ambiguous)
      case .one(let group, let time):
        verdict.note(group)
        // What is older than the base has come from the source: ZFS takes an increment only where the
        // newest snapshot is its beginning.
        verdict.add(
          protected(snapshot, pair, bond) ?? (index > bond.place ? .newerThanBase : nil)
            ?? policyFate(snapshot, time, pair, at: now))
      }
    }
    verdict.keepLast()
    return verdict
  }

  private func policyFate(
    _ snapshot: Snapshot, _ time: Instant, _ pair: RetentionPair, at now: Instant
  ) -> Fate {
    switch retention.policy {
    case .none: .notExpired
    case .source: pair.onSource.contains(snapshot.guid) ? .onSource : .goes
    case .custom: isExpired(time, at: now) ? .goes : .notExpired
    }
  }

  private func protected(
    _ snapshot: Snapshot, _ pair: RetentionPair, _ bond: RetentionPair.Bond
  ) -> Fate? {
    if bond.bases.contains(snapshot.guid) { return .base }
    return pair.inFlight.contains(snapshot.guid) ? .inFlight : nil
  }

  private static func going(_ snapshots: [Snapshot], _ fates: [Fate]) -> Set<GUID> {
    Set(fates.indices.filter { fates[$0] == .goes }.map { snapshots[$0].guid })
  }
}

/// The fates of one side as they come together.
private struct Verdict {
  private(set) var fates: [RetentionPlan.Fate] = []
  /// How many a schema names.
  private var matching = 0
  /// The newest of each group.
  private var last: [Int?]

  init(groups: Int) { last = Array(repeating: nil, count: groups) }

  /// The snapshot that comes next belongs to a group.
  mutating func note(_ group: Int) { last[group] = fates.count }

  /// When the snapshot that comes next has lived its time, by the owner who keeps it longest; nil where
  /// it is nobody's.
  mutating func end(of snapshot: Snapshot, _ owners: [SnapshotOwner]) -> Instant? {
    var end: Instant?
    for (group, owner) in owners.enumerated() {
      guard let ends = owner.end(of: snapshot.name) else { continue }
      note(group)
      end = max(end ?? ends, ends)
    }
    return end
  }

  mutating func add(_ fate: RetentionPlan.Fate, matching isMatching: Bool = true) {
    fates.append(fate)
    if isMatching { matching += 1 }
  }

  mutating func keepLast() {
    for case let index? in last where fates[index] == .goes { fates[index] = .last }
  }

  /// Keeps all where more than half, rounded up, would be lost.
  mutating func refuse(_ snapshots: [Snapshot], unless isKeptElsewhere: (GUID) -> Bool) {
    let lost = fates.indices.count { fates[$0] == .goes && !isKeptElsewhere(snapshots[$0].guid) }
    guard lost > (matching + 1) / 2 else { return }
    for index in fates.indices where fates[index] == .goes { fates[index] = .tooMany }
  }
}
