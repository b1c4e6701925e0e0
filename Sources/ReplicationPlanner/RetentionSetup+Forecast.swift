public import ReplicationModel

extension RetentionSetup {
  /// What both sides will hold at `moment`, seen from `now`; a moment that is over counts as `now`.
  ///
  /// Costs n log n for n snapshots and runs up to that moment. All runs are taken to succeed; with
  /// `runningNow` one more begins at `now`. Without a snapshot or bookmark in common nothing is sent to
  /// a destination that holds any, and nothing is pruned there.
  public func forecast(
    at moment: Instant, now: Instant, in zone: Zone, runningNow: Bool = false
  ) -> RetentionForecast {
    let moment = max(moment, now)
    let owners = snapshotTasks.compactMap { SnapshotOwner($0, zone: zone) }
    let coming = coming(owners, after: now, through: moment)
    let runs =
      (runningNow ? [now] : []) + runs(owners, after: now, through: moment, in: zone)
    var lives = lives(owners, coming: coming, in: zone)
    send(&lives, by: runs)

    let base = lives.lastIndex { $0.isCommon(at: moment) }
    var target = lives.indices.filter { lives[$0].isOnTarget(at: moment) }
    // Pruning is part of a run: without one, nothing goes.
    if let base, let last = runs.last {
      let keeps = keeper(at: last, in: zone)
      target = target.filter { $0 == base || keeps(lives[$0]) }
    }
    let source = lives.indices.filter { $0 == base || lives[$0].isOnSource(at: moment) }
    return RetentionForecast(
      at: moment, source: Self.holdings(source, of: lives),
      target: Self.holdings(target, of: lives),
      base: base.map { lives[$0].holding })
  }

  /// Whether copying can go on after `days` days without a run, seen from `now`.
  public func outage(days: Int, now: Instant, in zone: Zone) -> OutageForecast {
    let owners = snapshotTasks.compactMap { SnapshotOwner($0, zone: zone) }
    let base = lives(owners, coming: [], in: zone).last { $0.isCommon(at: now) }
    let copied = Set(target.map(\.guid))
    let hasBookmark = bookmarks.contains { copied.contains($0.guid) }
    let end = now + Int64(days) * 86_400
    return OutageForecast(
      base: base?.holding, expires: base?.expires, hasBookmark: hasBookmark,
      survives: hasBookmark || base.map { $0.expires.map { $0 > end } ?? true } ?? false)
  }

  private static func holdings(_ indices: [Int], of lives: [SnapshotLife])
    -> [RetentionForecast.Holding]
  {
    indices.sorted { (lives[$0].holding.creation, $0) < (lives[$1].holding.creation, $1) }
      .map { lives[$0].holding }
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

  /// All snapshots: those on the target alone, the source's in their order, and those to come.
  private func lives(
    _ owners: [SnapshotOwner], coming: [RetentionForecast.Holding], in zone: Zone
  ) -> [SnapshotLife] {
    let isSelected = selection.matcher(zone: zone)
    let copied = Set(target.map(\.guid))
    let ours = Set(source.map(\.guid))
    func life(
      _ holding: RetentionForecast.Holding, made: Instant?, txg: UInt64, arrives: Instant?
    ) -> SnapshotLife {
      SnapshotLife(
        holding: holding, time: time(of: holding, owners, in: zone),
        isSelected: isSelected(holding.name), made: made, txg: txg,
        expires: owners.compactMap { $0.end(of: holding.name) }.max(), arrives: arrives)
    }
    let past = SnapshotLife.past
    let theirs = target.filter { !ours.contains($0.guid) }
      .map { life(.init($0), made: nil, txg: 0, arrives: past) }
    let present = source.map {
      life(
        .init($0), made: past, txg: $0.createtxg, arrives: copied.contains($0.guid) ? past : nil)
    }
    return theirs + present + coming.map { life($0, made: $0.creation, txg: .max, arrives: nil) }
  }

  private func time(
    of holding: RetentionForecast.Holding, _ owners: [SnapshotOwner], in zone: Zone
  ) -> Instant {
    if let time = owners.lazy.compactMap({ $0.time(of: holding.name) }).first { return time }
    if case .schemas(let schemas) = selection,
      let time = schemas.lazy.compactMap({ $0.instant(of: holding.name, in: zone) }).first
    {
      return time
    }
    return holding.creation
  }

  /// Lets each run bring what is selected, newer than the base, and still on the source.
  private func send(_ lives: inout [SnapshotLife], by runs: [Instant]) {
    let copied = Set(target.map(\.guid))
    let common =
      source.filter { copied.contains($0.guid) }.map(\.createtxg)
      + bookmarks.filter { copied.contains($0.guid) }.map(\.createtxg)
    guard target.isEmpty || !common.isEmpty else { return }
    let base = common.max() ?? 0
    var next = 0
    // `made` never falls from one to the next: all that is there now, then what comes.
    for index in lives.indices {
      let life = lives[index]
      guard let made = life.made, life.arrives == nil, life.isSelected, life.txg > base else {
        continue
      }
      while next < runs.count, runs[next] < made { next += 1 }
      guard next < runs.count else { break }
      if life.isOnSource(at: runs[next]) { lives[index].arrives = runs[next] }
    }
  }

  /// What the policy leaves on the target in a run at `run`.
  private func keeper(at run: Instant, in zone: Zone) -> (SnapshotLife) -> Bool {
    switch policy {
    case .none: return { _ in true }
    case .source: return { !$0.isSelected || $0.isOnSource(at: run) }
    case .custom(let lifetime, let further):
      let longer: [(table: Timetable, seconds: Int64)] = further.compactMap { entry in
        guard let table = try? Timetable(entry.schedule), let value = entry.lifetimeValue,
          let unit = entry.lifetimeUnit
        else { return nil }
        return (table, Lifetime(value, unit).seconds)
      }
      return { life in
        guard life.isSelected else { return true }
        let matching = longer.filter { $0.table.matches(life.time, in: zone) }.map(\.seconds)
        return life.time >= Instant(run.seconds - (matching.max() ?? lifetime.seconds))
      }
    }
  }
}
