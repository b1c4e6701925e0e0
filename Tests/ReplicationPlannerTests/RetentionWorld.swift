import ReplicationModel
import ReplicationPlanner

/// The slow way to a forecast: both sides, changed event by event.
struct RetentionWorld {
  struct Copy: Hashable {
    var name: String
    var guid: GUID?
    var creation: Instant
    var txg: UInt64
  }
  let setup: RetentionSetup
  var source: [Copy]
  var target: [Copy]
  var everOnSource: Set<String>
  var hasRun = false

  init(_ setup: RetentionSetup) {
    func copy(_ snapshot: Snapshot) -> Copy {
      Copy(
        name: snapshot.name, guid: snapshot.guid, creation: snapshot.creation,
        txg: snapshot.createtxg)
    }
    self.setup = setup
    source = setup.source.map(copy)
    target = setup.target.map(copy)
    everOnSource = Set(source.map(\.name))
  }

  /// All minutes up to a moment, one after the other.
  mutating func go(through end: Instant, from now: Instant) {
    let tables = setup.retention.snapshotTasks.compactMap { task in
      (try? Timetable(task.schedule)).map { (task, $0) }
    }
    var minute = Instant(now.seconds / 60 * 60 + 60)
    while minute <= end {
      var isDue = false
      for (task, table) in tables where table.matches(minute, in: .utc) {
        take(Self.name(minute), at: minute)
        if case .snapshotTasks(let names) = setup.trigger, names.contains(task.name) {
          isDue = true
        }
      }
      if case .schedule(let schedule) = setup.trigger, let table = try? Timetable(schedule) {
        isDue = table.matches(minute, in: .utc)
      }
      if isDue { run(at: minute) }
      minute = minute + 60
    }
  }

  private var base: Copy? {
    source.last { mine in target.contains { $0.name == mine.name && $0.guid == mine.guid } }
  }

  private mutating func take(_ name: String, at moment: Instant) {
    guard !everOnSource.contains(name) else { return }
    everOnSource.insert(name)
    source.append(
      Copy(name: name, guid: nil, creation: moment, txg: UInt64(20_000 + moment.seconds / 60)))
  }

  private mutating func run(at moment: Instant) {
    let marks = setup.bookmarks.filter { mark in target.contains { $0.guid == mark.guid } }
    guard target.isEmpty || base != nil || !marks.isEmpty else { return }
    hasRun = true
    let from = max(base?.txg ?? 0, marks.map(\.createtxg).max() ?? 0)
    var new = source.filter { $0.name.hasPrefix("auto-") && $0.txg > from }
    if case .custom(let lifetime, _) = setup.retention.policy, let newest = new.last {
      new.removeAll { $0.creation < newest.creation + -lifetime.seconds }
    }
    target += new
    guard let base, let place = target.firstIndex(of: base) else { return }
    let before = source
    pruneSource(at: moment, base)
    let last = target.last { $0.name.hasPrefix("auto-") }
    target = target.enumerated().filter { index, copy in
      guard copy.name.hasPrefix("auto-"), copy != base, copy != last, index < place else {
        return true
      }
      switch setup.retention.policy {
      case .none: return true
      case .source: return before.contains(copy)
      case .custom(let lifetime, _): return copy.creation >= moment + -lifetime.seconds
      }
    }.map(\.element)
  }

  private mutating func pruneSource(at moment: Instant, _ base: Copy) {
    let owners = setup.retention.snapshotTasks.compactMap { task in
      (try? Timetable(task.schedule)).map { (task, $0) }
    }
    func owned(_ copy: Copy, _ table: Timetable) -> Bool {
      copy.name.hasPrefix("auto-") && table.matches(copy.creation, in: .utc)
    }
    let lasts = owners.compactMap { owner in source.last { owned($0, owner.1) } }
    source.removeAll { copy in
      guard copy != base, !lasts.contains(copy) else { return false }
      let ends = owners.filter { owned(copy, $0.1) }.map { task, _ in
        copy.creation + Lifetime(task.lifetimeValue, task.lifetimeUnit).seconds
      }
      return ends.max().map { $0 <= moment } ?? false
    }
  }

  static func name(_ moment: Instant) -> String {
    (try? NamingSchema(RetentionForecastTests.schema).name(at: moment, in: .utc)) ?? ""
  }

  /// A setup as it may be: hours of history, gaps, snapshots by hand, a copy that lags or is empty.
  static func random(_ random: inout Numbers) throws -> RetentionSetup {
    let schedules = [
      Schedule.hourly, .daily, Schedule(minute: "30", hour: "*/6"), Schedule(minute: "0,20,40"),
    ]
    let lifetimes = [Lifetime(3, .hour), Lifetime(1, .day), Lifetime(2, .day), Lifetime(1, .week)]
    var tasks = [
      RetentionForecastTests.task("hourly", random.pick(schedules), keeps: random.pick(lifetimes))
    ]
    if random.below(3) == 0 {
      tasks.append(RetentionForecastTests.task("b", .daily, keeps: random.pick(lifetimes)))
    }
    var source: [Snapshot] = []
    for hours in stride(from: Int64(60), to: 0, by: -1) where random.below(3) > 0 {
      var snapshot = try RetentionForecastTests.taken(hours)
      if random.below(10) == 0 {
        // No schema tells its time; the names sort as they were made, after those of the schema.
        snapshot.name = "manual-\(100 - hours)"
      }
      source.append(snapshot)
    }
    // The copy lags, has lost some, and may hold older ones that the source has no more.
    var target = source.dropLast(random.below(30)).filter { _ in random.below(4) > 0 }
    if random.below(3) == 0 { target.insert(try RetentionForecastTests.taken(90), at: 0) }
    if random.below(5) == 0 { target = [] }
    let policies: [Retention.Policy] = [
      .none, .source, .custom(random.pick(lifetimes), further: []),
    ]
    let triggers: [RetentionSetup.Trigger] = [
      .byHand, .snapshotTasks(["hourly"]), .schedule(.daily), .schedule(Schedule(minute: "5")),
    ]
    return try RetentionForecastTests.setup(
      source, target, tasks: tasks, trigger: random.pick(triggers), policy: random.pick(policies))
  }
}

/// Numbers that come the same way each time.
struct Numbers {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 }

  mutating func below(_ limit: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(limit))
  }

  mutating func pick<Value>(_ values: [Value]) -> Value { values[below(values.count)] }
}
