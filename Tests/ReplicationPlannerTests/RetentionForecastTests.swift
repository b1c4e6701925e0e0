import ReplicationModel
import ReplicationPlanner
import Testing

@Suite("What each side will hold")
struct RetentionForecastTests {
  static let now = Instant(CivilTime(year: 2026, month: 11, day: 25, hour: 15).secondsAsUTC)
  static let hour: Int64 = 3_600
  static let day: Int64 = 86_400
  static let schema = "auto-%Y-%m-%d_%H-%M"

  static func task(
    _ name: String = "hourly", _ schedule: Schedule = .hourly, keeps: Lifetime = Lifetime(2, .day)
  ) -> SnapshotTask {
    var task = SnapshotTask()
    task.name = name
    task.dataset = "tank/a"
    task.schedule = schedule
    task.lifetimeValue = keeps.value
    task.lifetimeUnit = keeps.unit
    task.namingSchema = schema
    return task
  }

  /// A snapshot of the schema that was taken so many hours before `now`.
  static func taken(_ hoursAgo: Int64) throws -> Snapshot {
    let creation = now + -hoursAgo * hour
    let name = try NamingSchema(schema).name(at: creation, in: .utc)
    return Snapshot(
      name: name, guid: guid(name), createtxg: UInt64(10_000 - hoursAgo), creation: creation)
  }

  static func setup(
    _ source: [Snapshot], _ target: [Snapshot], bookmarks: [Bookmark] = [],
    tasks: [SnapshotTask] = [task()], trigger: RetentionSetup.Trigger = .snapshotTasks(["hourly"]),
    policy: Retention.Policy = .none
  ) throws -> RetentionSetup {
    RetentionSetup(
      source: source, target: target, bookmarks: bookmarks,
      selection: .schemas([try NamingSchema(schema)]), trigger: trigger,
      retention: Retention(policy: policy, snapshotTasks: tasks))
  }

  @Test("The source holds what its lifetime spans, and the copy all that ever arrived")
  func lifetime() throws {
    let setup = try Self.setup([try Self.taken(1)], [])
    let forecast = setup.forecast(at: Self.now + 5 * Self.day, now: Self.now, in: .utc)
    #expect(forecast.source.count == 48)
    #expect(forecast.target.count == 5 * 24 + 1)
    #expect(forecast.base == forecast.source.last)
    #expect(forecast.base?.creation == Self.now + 5 * Self.day)
  }

  @Test("A copy with a lifetime of its own keeps longer, and longest what a schedule names")
  func custom() throws {
    let policy = Retention.Policy.custom(
      Lifetime(3, .day),
      further: [
        ScheduledLifetime(schedule: .daily, lifetimeValue: 2, lifetimeUnit: .week),
        ScheduledLifetime(schedule: .daily, lifetimeValue: 1, lifetimeUnit: .week),
      ])
    let setup = try Self.setup([], [], policy: policy)
    let forecast = setup.forecast(at: Self.now + 30 * Self.day, now: Self.now, in: .utc)
    #expect(forecast.source.count == 48)
    // 73 of three days, their ends counted, and the midnights of eleven days before them.
    #expect(forecast.target.count == 73 + 11)
    #expect(
      forecast.target.prefix(11).allSatisfy { CivilTime($0.creation, in: .utc).hour == 0 })
  }

  @Test("Where nothing runs, nothing arrives and nothing goes from the copy")
  func byHand() throws {
    let shared = try Self.taken(100)
    let gone = try Self.taken(200)
    let setup = try Self.setup([shared], [gone, shared], trigger: .byHand, policy: .source)
    let forecast = setup.forecast(at: Self.now + 10 * Self.day, now: Self.now, in: .utc)
    #expect(forecast.target.map(\.name) == [gone.name, shared.name])
    #expect(forecast.base?.name == shared.name)
    // The base stays although its time is over.
    #expect(forecast.source.first?.name == shared.name)
    let past = setup.forecast(at: Self.now + -Self.day, now: Self.now, in: .utc)
    #expect(past.at == Self.now && past.source.map(\.name) == [shared.name])
  }

  @Test("A run that begins now sends and prunes at once, whatever runs later")
  func runningNow() throws {
    let shared = try Self.taken(100)
    let gone = try Self.taken(200)
    let new = try Self.taken(1)
    let setup = try Self.setup(
      [shared, new], [gone, shared], trigger: .byHand, policy: .source)
    let forecast = setup.forecast(at: Self.now, now: Self.now, in: .utc, runningNow: true)
    // The source drops one in this run; the copy follows in the next.
    #expect(forecast.source.map(\.name) == [new.name])
    #expect(forecast.target.map(\.name) == [shared.name, new.name])
    #expect(forecast.base?.name == new.name)
    #expect(
      setup.forecast(at: Self.now, now: Self.now, in: .utc).target.map(\.name)
        == [gone.name, shared.name])
  }

  @Test("Two histories with nothing in common stay as they are")
  func nothingInCommon() throws {
    let theirs = try Self.taken(90)
    let setup = try Self.setup(
      [try Self.taken(3)], [theirs], policy: .custom(Lifetime(1, .day), further: []))
    let forecast = setup.forecast(at: Self.now + 10 * Self.day, now: Self.now, in: .utc)
    #expect(forecast.base == nil)
    #expect(forecast.target.map(\.name) == [theirs.name])
  }

  @Test("A bookmark is a base: what is newer arrives, what is older does not")
  func bookmarkBase() throws {
    let base = try Self.taken(20)
    let mark = Bookmark(
      name: "m", guid: base.guid, createtxg: base.createtxg, creation: base.creation)
    let older = try Self.taken(30)
    let newer = try Self.taken(10)
    let setup = try Self.setup([older, newer], [base], bookmarks: [mark])
    let forecast = setup.forecast(at: Self.now + Self.hour, now: Self.now, in: .utc)
    #expect(forecast.target.prefix(2).map(\.name) == [base.name, newer.name])
    #expect(!forecast.target.contains { $0.name == older.name })
  }

  @Test("A snapshot that lives shorter than the time between two runs waits for the next one")
  func tooShort() throws {
    let setup = try Self.setup(
      [], [], tasks: [Self.task(keeps: Lifetime(2, .hour))], trigger: .schedule(.daily))
    let forecast = setup.forecast(at: Self.now + 3 * Self.day, now: Self.now, in: .utc)
    // Each midnight brings all since the one before, and lets go of what it brought.
    #expect(forecast.target.count == 9 + 24 + 24)
    #expect(forecast.source.map { CivilTime($0.creation, in: .utc).hour } == [23] + Array(0...15))
  }

  @Test("An outage ends well while the base lives, or a bookmark stands for it")
  func outage() throws {
    let base = try Self.taken(24)
    let mark = Bookmark(
      name: "m", guid: base.guid, createtxg: base.createtxg, creation: base.creation)
    let setup = try Self.setup([base, try Self.taken(1)], [base])
    let short = setup.outage(days: 0, now: Self.now, in: .utc)
    #expect(short.base?.name == base.name)
    #expect(short.expires == Self.now + Self.day)
    #expect(short.survives && !short.hasBookmark)
    #expect(!setup.outage(days: 1, now: Self.now, in: .utc).survives)
    let marked = try Self.setup([base], [base], bookmarks: [mark])
    let long = marked.outage(days: 400, now: Self.now, in: .utc)
    #expect(long.survives && long.hasBookmark)
    // Nobody prunes what no task owns.
    let unowned = try Self.setup([base], [base], tasks: [])
    #expect(unowned.outage(days: 400, now: Self.now, in: .utc).survives)
    #expect(unowned.outage(days: 400, now: Self.now, in: .utc).expires == nil)
    let none = try Self.setup([], [], tasks: []).outage(days: 0, now: Self.now, in: .utc)
    #expect(none.base == nil && !none.survives)
  }

  @Test("A draft says which snapshot tasks, trigger and policy count")
  func draft() throws {
    var draft = TaskDraft()
    draft.periodicSnapshotTasks = ["hourly"]
    draft.retentionPolicy = .custom
    draft.lifetimeValue = 3
    draft.lifetimeUnit = .week
    var other = Self.task("other")
    other.dataset = "tank/b"
    let made = RetentionSetup(
      draft, source: dataset("tank/a: s1"), target: nil, snapshotTasks: [Self.task(), other])
    let setup = try #require(made)
    #expect(setup.retention.snapshotTasks.map(\.name) == ["hourly"])
    #expect(setup.trigger == .snapshotTasks(["hourly"]))
    #expect(setup.retention.policy == .custom(Lifetime(3, .week), further: []))
    #expect(setup.source.map(\.name) == ["s1"] && setup.target.isEmpty)
    draft.schedule = .daily
    draft.enabled = false
    let off = RetentionSetup(
      draft, source: dataset("tank/a"), target: nil, snapshotTasks: [Self.task()])
    #expect(off?.trigger == .byHand)
    draft.lifetimeUnit = nil
    let bad = RetentionSetup(
      draft, source: dataset("tank/a"), target: nil, snapshotTasks: [Self.task()])
    #expect(bad == nil)
  }

  @Test("It agrees with going through every snapshot and run one by one", arguments: 1...40)
  func agrees(seed: UInt64) throws {
    var random = Numbers(seed)
    let setup = try RetentionWorld.random(&random)
    for days in [0, 1, 5] {
      let moment = Self.now + Int64(days) * Self.day + Int64(random.below(86_400))
      let forecast = setup.forecast(at: moment, now: Self.now, in: .utc)
      var world = RetentionWorld(setup)
      world.go(through: moment, from: Self.now)
      #expect(forecast.source.map(\.name).sorted() == world.source.map(\.name).sorted(), "\(seed)")
      #expect(forecast.target.map(\.name).sorted() == world.target.map(\.name).sorted(), "\(seed)")

      // The newest snapshot in common stays on both sides.
      let common = setup.source.filter { snapshot in
        setup.target.contains { $0.guid == snapshot.guid }
      }
      if let newest = common.last {
        let base = try #require(forecast.base)
        #expect(base.creation >= newest.creation)
        #expect(forecast.source.contains(base) && forecast.target.contains(base))
      }
      switch setup.retention.policy {
      case .none:
        #expect(Set(setup.target.map(\.guid)).isSubset(of: forecast.target.compactMap(\.guid)))
      case .source where !common.isEmpty && world.hasRun:
        #expect(Set(forecast.target.map(\.name)).isSubset(of: world.everOnSource))
      default: break
      }
    }
  }

  @Test("Fifty thousand snapshots are forecast in a moment")
  func speed() throws {
    let task = Self.task("hourly", Schedule(minute: "*/10"), keeps: Lifetime(1, .year))
    let setup = try Self.setup([], [], tasks: [task], policy: .source)
    let clock = ContinuousClock()
    let took = clock.measure {
      let forecast = setup.forecast(at: Self.now + 365 * Self.day, now: Self.now, in: .utc)
      #expect(forecast.target.count == 52_560)
    }
    // Generous: debug builds on loaded machines.
    #expect(took < .seconds(60))
  }
}
