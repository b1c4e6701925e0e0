internal import ReplicationModel

/// Both sides of a dataset as they change in a forecast: each snapshot once, with when it comes where.
struct Future {
  private struct Life {
    let holding: RetentionForecast.Holding
    /// What stands for it in the rules: its place here is its GUID, for what is yet to be taken has none.
    let snapshot: Snapshot
    /// When it comes to be on the source, the beginning of time for what is there now; nil where it
    /// is on the target alone.
    let made: Instant?
    /// When it comes to be on the target; nil where it never does.
    var arrives: Instant?
    var leftSource = false
    var leftTarget = false

    func isOnSource(at moment: Instant) -> Bool {
      !leftSource && made.map { $0 <= moment } ?? false
    }
    func isOnTarget(at moment: Instant) -> Bool {
      !leftTarget && arrives.map { $0 <= moment } ?? false
    }
  }
  private static let past = Instant(.min)
  /// Those on the target alone, the source's in their order, and those to come.
  private var lives: [Life] = []
  /// The places of what the target holds, in its order.
  private var copied: [Int] = []
  /// The source's bookmarks of what the target holds.
  private var bookmarks: [Bookmark] = []
  private var canSend = true

  init(_ setup: RetentionSetup, coming: [RetentionForecast.Holding]) {
    let onTarget = Set(setup.target.map(\.guid))
    let onSource = Set(setup.source.map(\.guid))
    for snapshot in setup.target where !onSource.contains(snapshot.guid) {
      add(.init(snapshot), txg: snapshot.createtxg, made: nil, arrives: Self.past)
    }
    for snapshot in setup.source {
      add(
        .init(snapshot), txg: snapshot.createtxg, made: Self.past,
        arrives: onTarget.contains(snapshot.guid) ? Self.past : nil)
    }
    for (index, holding) in coming.enumerated() {
      add(holding, txg: .max / 2 + UInt64(index), made: holding.creation, arrives: nil)
    }
    let places = Dictionary(
      lives.indices.compactMap { index in lives[index].holding.guid.map { ($0, index) } },
      uniquingKeysWith: { $1 })
    copied = setup.target.compactMap { places[$0.guid] }
    bookmarks = setup.bookmarks.compactMap { mark in
      guard onTarget.contains(mark.guid), let place = places[mark.guid] else { return nil }
      var mark = mark
      mark.guid = GUID(UInt64(place))
      return mark
    }
    canSend = setup.target.isEmpty || !bookmarks.isEmpty || !onSource.isDisjoint(with: onTarget)
  }

  private mutating func add(
    _ holding: RetentionForecast.Holding, txg: UInt64, made: Instant?, arrives: Instant?
  ) {
    let snapshot = Snapshot(
      name: holding.name, guid: GUID(UInt64(lives.count)), createtxg: txg,
      creation: holding.creation)
    lives.append(Life(holding: holding, snapshot: snapshot, made: made, arrives: arrives))
  }

  /// Lets each run bring what is selected, newer than the base, and worth it.
  mutating func send(
    by runs: [Instant], _ rules: RetentionRules, _ isSelected: (String) -> Bool
  ) {
    guard canSend else { return }
    let common = lives.filter { $0.made != nil && $0.arrives != nil }.map(\.snapshot.createtxg)
    let base = (common + bookmarks.map(\.createtxg)).max() ?? 0
    var next = 0
    var wanted: [Int] = []
    let snapshots = lives.map(\.snapshot)
    func arrive() {
      for place in rules.worthSending(snapshots, wanted) {
        lives[place].arrives = runs[next]
        copied.append(place)
      }
      wanted = []
    }
    // `made` never falls from one to the next: all that is there now, then what comes.
    for index in lives.indices {
      let life = lives[index]
      guard let made = life.made, life.arrives == nil, life.snapshot.createtxg > base,
        isSelected(life.holding.name)
      else { continue }
      if next < runs.count, runs[next] < made {
        arrive()
        while next < runs.count, runs[next] < made { next += 1 }
      }
      guard next < runs.count else { break }
      wanted.append(index)
    }
    if next < runs.count { arrive() }
  }

  /// What a run lets go at its end.
  mutating func prune(
    at run: Instant, _ rules: RetentionRules, _ owners: [SnapshotOwner], many: Bool
  ) {
    let source = lives.indices.filter { lives[$0].isOnSource(at: run) }
    let target = copied.filter { lives[$0].isOnTarget(at: run) }
    let pair = RetentionPair(
      source: source.map { lives[$0].snapshot }, bookmarks: bookmarks,
      target: target.map { lives[$0].snapshot })
    let fates = rules.decide(pair, owners, at: run, many: many)
    for (place, fate) in zip(source, fates.source) where fate == .goes {
      lives[place].leftSource = true
    }
    for (place, fate) in zip(target, fates.target) where fate == .goes {
      lives[place].leftTarget = true
    }
  }

  /// What is there at a moment after the last run.
  func forecast(at moment: Instant) -> RetentionForecast {
    func holdings(_ isThere: (Life) -> Bool) -> [RetentionForecast.Holding] {
      lives.indices.filter { isThere(lives[$0]) }
        .sorted { (lives[$0].holding.creation, $0) < (lives[$1].holding.creation, $1) }
        .map { lives[$0].holding }
    }
    return RetentionForecast(
      at: moment, source: holdings { $0.isOnSource(at: moment) },
      target: holdings { $0.isOnTarget(at: moment) },
      base: lives.last { $0.isOnSource(at: moment) && $0.isOnTarget(at: moment) }?.holding)
  }
}
