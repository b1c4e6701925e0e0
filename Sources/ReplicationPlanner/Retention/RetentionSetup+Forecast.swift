public import ReplicationModel

extension RetentionSetup {
  /// What both sides will hold at `moment`, seen from `now`; a moment that is over counts as `now`.
  ///
  /// What goes is decided by the same rules as in a run. Costs n log n for n snapshots and runs up to
  /// that moment. All runs are taken to succeed; with `runningNow` one more begins at `now`, and where it
  /// is the only one, it refuses to lose too much at once as a run does. Holds and clones are not known.
  public func forecast(
    at moment: Instant, now: Instant, in zone: Zone, runningNow: Bool = false
  ) -> RetentionForecast {
    let moment = max(moment, now)
    let owners = self.owners(zone)
    let coming = coming(owners, after: now, through: moment)
    let runs = (runningNow ? [now] : []) + runs(owners, after: now, through: moment, in: zone)
    let rules = RetentionRules(retention, selection, zone: zone)
    var future = Future(self, coming: coming)
    future.send(by: runs, rules, selection.matcher(zone: zone))
    // What goes once never comes back, so the last two runs tell all: the copy follows what the
    // source has lost by the run before.
    for run in runs.suffix(2) { future.prune(at: run, rules, owners, many: runs != [now]) }
    return future.forecast(at: moment)
  }

  /// Whether copying can go on after `days` days without a run, seen from `now`.
  public func outage(days: Int, now: Instant, in zone: Zone) -> OutageForecast {
    let copied = Set(target.map(\.guid))
    let base = source.last { copied.contains($0.guid) }
    let expires = base.flatMap { base in owners(zone).compactMap { $0.end(of: base.name) }.max() }
    let hasBookmark = bookmarks.contains { copied.contains($0.guid) }
    let end = now + Int64(days) * 86_400
    return OutageForecast(
      base: base.map { RetentionForecast.Holding($0) }, expires: expires, hasBookmark: hasBookmark,
      survives: hasBookmark || (base != nil && (expires.map { $0 > end } ?? true)))
  }

  private func owners(_ zone: Zone) -> [SnapshotOwner] {
    retention.snapshotTasks.compactMap { SnapshotOwner($0, zone: zone) }
  }

  /// The snapshots that are yet to be taken, each name once, in the order they come.
  private func coming(_ owners: [SnapshotOwner], after now: Instant, through end: Instant)
    -> [RetentionForecast.Holding]
  {
    var names = Set(source.map(\.name))
    return owners.flatMap { owner in
      owner.table.runs(after: now, through: end, in: owner.zone).map { run in
        RetentionForecast.Holding(name: owner.name(at: run), creation: run, guid: nil)
      }
    }
    .sorted { $0.creation < $1.creation }
    // A name that is there already, as in an hour that the clock repeats, is not taken again.
    .filter { names.insert($0.name).inserted }
  }

  private func runs(
    _ owners: [SnapshotOwner], after now: Instant, through end: Instant, in zone: Zone
  ) -> [Instant] {
    switch trigger {
    case .byHand: return []
    case .schedule(let schedule):
      return (try? Timetable(schedule))?.runs(after: now, through: end, in: zone) ?? []
    case .snapshotTasks(let names):
      let bound = Set(names)
      let runs = owners.filter { bound.contains($0.task.name) }
        .flatMap { $0.table.runs(after: now, through: end, in: zone) }
      return Set(runs).sorted()
    }
  }
}
