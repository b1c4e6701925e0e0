public import ReplicationModel
public import ReplicationPlanner

/// What the first run needs beside the plan, from the task and the look at both sides.
public struct FirstRun: Hashable, Sendable {
  /// Snapshots to take before it: one per local source that has none the task selects.
  public var snapshots: [FirstSnapshot]
  /// Conflicts that stand when those snapshots are there: with one of them nothing is run.
  public var conflicts: [Conflict]
  /// Warnings that stand when those snapshots are there.
  public var warnings: [PlanWarning]

  public init(_ order: TaskOrder, _ preview: Preview, now: Instant, zone: Zone) {
    snapshots = Self.snapshots(order, preview.plan, now: now, zone: zone)
    let plan = preview.afterFirst ?? preview.plan
    let taken = snapshots
    conflicts = plan.conflicts.filter { conflict in
      conflict.code != .noMatchingSnapshots || !taken.contains { $0.covers(conflict.source) }
    }
    warnings = plan.warnings.filter { warning in
      let subject = DatasetName(trusted: warning.subject)
      return !["no_matching_snapshots", "parent_left_out"].contains(warning.code)
        || !taken.contains { $0.covers(subject) }
    }
  }

  /// A name made by a schema is one the task selects; a name for an expression cannot be made up,
  /// and on another machine nothing is snapshotted.
  static func snapshots(
    _ order: TaskOrder, _ plan: Plan, now: Instant, zone: Zone
  ) -> [FirstSnapshot] {
    let task = order.task
    guard task.direction == .push, task.nameRegex == nil else { return [] }
    return task.sourceDatasets.compactMap { source in
      guard let mapping = plan.mapping.first(where: { $0.source.text == source }),
        mapping.matching == 0
      else { return nil }
      let made = (order.snapshotTasks + order.boundTasks).first { $0.dataset == source }
      let text = made?.namingSchema ?? task.alsoIncludeNamingSchema.first
      guard let text, let schema = try? NamingSchema(text) else { return nil }
      return FirstSnapshot(
        dataset: source, name: schema.name(at: now, in: zone), recursive: task.recursive)
    }
  }
}

extension FirstSnapshot {
  /// Whether this dataset gets the snapshot too.
  func covers(_ name: DatasetName) -> Bool {
    let root = DatasetName(trusted: dataset)
    return name == root || (recursive && name.isWithin(root))
  }
}

extension Preview {
  /// A look at both sides, for the review.
  ///
  /// `plan` is what a run would do now, with estimates. Where first snapshots are to be taken, what
  /// comes after them is planned too, with snapshots that are only imagined, so that a conflict is
  /// told before anything was done.
  public init(
    _ plan: Plan, of order: TaskOrder, source: Inventory, target: Inventory,
    tokens: [DatasetName: TokenFacts] = [:], zone: Zone, now: Instant, measuredRate: Double? = nil
  ) {
    let sizes = plan.mapping.map { ($0.source, source[$0.source]?.referenced ?? 0) }
    self.init(
      plan: plan, referenced: Dictionary(sizes) { first, _ in first }, measuredRate: measuredRate)
    let first = FirstRun.snapshots(order, plan, now: now, zone: zone)
    let tasks = Dictionary(
      (order.snapshotTasks + order.boundTasks).map { ($0.name, $0) }
    ) { _, last in last }
    guard !first.isEmpty, let request = ReplicationRequest(order.task, snapshotTasks: tasks) else {
      return
    }
    var imagined = source
    for mapping in plan.mapping {
      guard let snapshot = first.first(where: { $0.covers(mapping.source) }) else { continue }
      let newest = source[mapping.source]?.snapshots.last?.createtxg ?? 0
      imagined[mapping.source]?.snapshots.append(
        Snapshot(name: snapshot.name, guid: GUID(0), createtxg: newest + 1, creation: now))
    }
    afterFirst = Planner.plan(
      request, source: imagined, target: target, tokens: tokens,
      way: MakingWay(day: CivilTime(now, in: zone)), zone: zone)
  }
}
