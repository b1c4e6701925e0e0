import Foundation
import ReplicationModel
import ReplicationPlanner
import Testing

/// What goes and what stays, with one snapshot a day: `d1` is a day old, `d10` ten days.
@Suite("What retention lets go")
struct RetentionPlanTests {
  static let now = Instant(CivilTime(year: 2026, month: 11, day: 25, hour: 12).secondsAsUTC)
  static let schema = "auto-%Y-%m-%d_%H-%M"

  /// The schema's name of a midnight so many days ago.
  static func name(_ days: Int) -> String {
    let midnight = Instant(now.seconds - 43_200 - Int64(days) * 86_400)
    return (try? NamingSchema(schema).name(at: midnight, in: .utc)) ?? ""
  }

  /// Words as `d3`, a day, or any other name; `!x` makes another GUID, `#` a bookmark.
  static func words(_ text: String) -> String {
    text.split(separator: " ").map { word in
      let mark = word.hasPrefix("#") ? "#" : ""
      let body = word.dropFirst(mark.count)
      guard body.first == "d", let days = Int(body.dropFirst().prefix { $0 != "!" }) else {
        return String(word)
      }
      return mark + name(days) + body.drop { $0 != "!" }
    }.joined(separator: " ")
  }

  static func wish(
    _ policy: Retention.Policy = .custom(Lifetime(1, .week), further: []),
    tasks: [SnapshotTask] = [], holds: Bool = false, elsewhere: [Retention.Waiting] = []
  ) -> ReplicationRequest {
    request { request in
      request.selection = .schemas((try? [NamingSchema(schema)]) ?? [])
      request.retention = Retention(
        policy: policy, snapshotTasks: tasks, holdsPending: holds, elsewhere: elsewhere)
    }
  }

  static func task(_ lifetime: Lifetime = Lifetime(3, .day)) -> SnapshotTask {
    var task = SnapshotTask()
    task.name = "daily"
    task.dataset = "tank/a"
    task.schedule = .daily
    task.namingSchema = schema
    task.lifetimeValue = lifetime.value
    task.lifetimeUnit = lifetime.unit
    return task
  }

  static func decide(
    _ wish: ReplicationRequest, _ source: String, _ target: String?, afterSending: Bool = false,
    allowsMany: Bool = false, tokens: [String: TokenFacts] = [:],
    change: (inout DatasetState) -> Void = { _ in }
  ) -> Plan {
    Planner.plan(
      wish, source: Inventory([dataset("tank/a: " + words(source))]),
      target: Inventory(
        [pool] + (target.map { [copy("bk/a: " + words($0), change: change)] } ?? [])),
      tokens: Dictionary(uniqueKeysWithValues: tokens.map { (DatasetName(trusted: $0), $1) }),
      retention: RetentionQuery(now: now, afterSending: afterSending, allowsMany: allowsMany),
      zone: .utc)
  }

  /// The names that go from a side, as they were written.
  static func gone(_ plan: Plan, _ side: RetentionPlan.Side = .target) -> [String] {
    plan.retention.pruned.filter { $0.side == side }.flatMap(\.destroys).map(\.name)
  }

  static func names(_ text: String) -> [String] {
    words(text).split(separator: " ").map(String.init)
  }

  static func fate(_ plan: Plan, _ name: String, _ side: RetentionPlan.Side = .target)
    -> RetentionPlan.Fate?
  {
    for share in plan.retention.shares where share.side == side {
      for (snapshot, fate) in zip(share.snapshots, share.fates) where snapshot.name == words(name) {
        return fate
      }
    }
    return nil
  }

  @Test("The copy lets go what is older than its lifetime, and nothing of somebody else's")
  func custom() {
    let plan = Self.decide(Self.wish(), "d3 d2 d1", "d9 d8 mine d7 d3 d2 d1")
    #expect(Self.gone(plan) == Self.names("d9 d8 d7"))
    #expect(Self.fate(plan, "mine") == .notOurs)
    #expect(Self.fate(plan, "d3") == .notExpired)
    #expect(Self.fate(plan, "d1") == .base)
    #expect(Self.gone(plan, .source).isEmpty)
    #expect(plan.destroys == Self.names("d9 d8 d7").map { "bk/a@\($0)" })
  }

  @Test("The longest lifetime whose schedule matches counts")
  func further() {
    let weekly = ScheduledLifetime(
      schedule: Schedule(minute: "0", hour: "0", dow: "sun"), lifetimeValue: 1, lifetimeUnit: .month
    )
    // The 25th is a Wednesday; d10 and d17 are Sundays.
    let wish = Self.wish(.custom(Lifetime(1, .week), further: [weekly]))
    let plan = Self.decide(wish, "d1", "d17 d12 d11 d10 d9 d1")
    #expect(Self.gone(plan) == Self.names("d12 d11 d9"))
  }

  @Test("As the source: what it has dropped goes, what it has stays")
  func asSource() {
    let plan = Self.decide(Self.wish(.source), "d9 d2 d1", "d9 d8 d7 mine d2 d1")
    #expect(Self.gone(plan) == Self.names("d8 d7"))
    #expect(Self.fate(plan, "d9") == .onSource)
    #expect(Self.fate(plan, "mine") == .notOurs)
  }

  @Test("must_not_B2: the base stays however old it is, and what is newer than it is not ours")
  func must_not_B2() {
    let plan = Self.decide(Self.wish(), "d60", "d60 d59")
    #expect(plan.retention.pruned.isEmpty)
    #expect(Self.fate(plan, "d60") == .base)
    #expect(Self.fate(plan, "d59") == .newerThanBase)
  }

  @Test("A bookmark's snapshot is a base; so is the newest snapshot in common")
  func bookmark() {
    let plan = Self.decide(Self.wish(.source), "d30 #d20 d1", "d30 d25 d20")
    #expect(Self.fate(plan, "d20") == .base)
    #expect(Self.fate(plan, "d30") == .base)
    #expect(Self.gone(plan) == Self.names("d25"))
  }

  @Test(
    "must_not_B3: without evidence from the other side nothing goes",
    arguments: [
      ("", "d60 d50 d40"), ("d1", "d60 d50"), ("d60!other", "d60 d50"), ("#d60", "d60 d50 d40"),
    ])
  func must_not_B3(source: String, target: String) {
    for policy in [Retention.Policy.source, .custom(Lifetime(1, .day), further: [])] {
      let wish = Self.wish(policy, tasks: [Self.task()])
      #expect(Self.decide(wish, source, target, allowsMany: true).retention.pruned.isEmpty)
    }
  }

  @Test("must_not_B3: a copy whose source is gone keeps all, and the plan says so")
  func orphan() {
    let plan = Planner.plan(
      Self.wish(.source), source: Inventory([dataset("tank/a: " + Self.words("d2 d1"))]),
      target: Inventory([
        pool, copy("bk/a: " + Self.words("d2 d1")), copy("bk/a/b: " + Self.words("d9 d8 d7")),
      ]),
      retention: RetentionQuery(now: Self.now, afterSending: false, allowsMany: true), zone: .utc)
    #expect(plan.retention.pruned.isEmpty)
    #expect(plan.warnings.map(\.code) == ["prune.source_gone"])
    #expect(plan.warnings.first?.subject == "bk/a/b")
  }

  @Test("must_not_B4: a regular expression selects on both sides, and its newest stays")
  func must_not_B4() {
    var wish = Self.wish(.source)
    wish.selection = .regex("s[0-9]+")
    let plan = Self.decide(wish, "s9 s8", "s1 my-local-keep auto-x s2 s3 s9", allowsMany: true)
    #expect(Self.gone(plan) == ["s1", "s2", "s3"])
    #expect(Self.fate(plan, "my-local-keep") == .notOurs)
    #expect(Self.fate(plan, "auto-x") == .notOurs)
  }

  @Test("The newest of each schema stays, on both sides")
  func lastOfSchema() throws {
    var wish = Self.wish(.custom(Lifetime(1, .day), further: []), tasks: [Self.task()])
    wish.selection = .schemas([
      try NamingSchema(Self.schema), try NamingSchema("old-%Y-%m-%d_%H-%M"),
    ])
    let plan = Self.decide(
      wish, "d60 d50 keep", "old-2025-01-01_00-00 old-2025-02-01_00-00 d60 d50 keep",
      allowsMany: true)
    #expect(Self.gone(plan) == ["old-2025-01-01_00-00", Self.name(60)])
    #expect(Self.fate(plan, "old-2025-02-01_00-00") == .last)
    #expect(Self.fate(plan, "d50") == .last)
    #expect(Self.gone(plan, .source) == Self.names("d60"))
    #expect(Self.fate(plan, "d50", .source) == .last)
  }

  @Test("Snapshot tasks' lifetimes prune the source, with or without a policy for the copy")
  func sourceSide() {
    let wish = Self.wish(.none, tasks: [Self.task()])
    let plan = Self.decide(wish, "d9 by-hand d5 d2 d1", "d9 d5 d2 d1")
    #expect(Self.gone(plan, .source) == Self.names("d9 d5"))
    #expect(Self.fate(plan, "by-hand", .source) == .notOurs)
    #expect(plan.retention.shares.map(\.side) == [.source])
    var off = Self.task()
    off.enabled = false
    #expect(Self.decide(Self.wish(.none, tasks: [off]), "d9 d1", "d9 d1").retention.shares.isEmpty)
  }

  @Test("What has not arrived yet is held, where the task wants that; then its time counts")
  func pending() {
    let tasks = [Self.task()]
    let held = Self.decide(Self.wish(.none, tasks: tasks, holds: true), "d9 d8 d7 d6 d1", "d9 d8")
    #expect(Self.gone(held, .source) == Self.names("d9"))
    #expect(Self.fate(held, "d7", .source) == .pending)
    let free = Self.decide(
      Self.wish(.none, tasks: tasks), "d9 d8 d7 d6 d1", "d9 d8", allowsMany: true)
    #expect(Self.gone(free, .source) == Self.names("d9 d7 d6"))
    // In a run all of them have arrived by then.
    let sent = Self.decide(
      Self.wish(.none, tasks: tasks, holds: true), "d9 d8 d7 d6 d1", "d9 d8", afterSending: true)
    #expect(Self.gone(sent, .source) == Self.names("d9 d8 d7 d6"))
  }

  @Test("What another task waits for is held as well, up to where its bookmark stands")
  func elsewhere() throws {
    let other = Retention.Waiting(
      task: "far", sources: [DatasetName(trusted: "tank/a")], target: DatasetName(trusted: "far/a"),
      recursive: true, exclude: [])
    let wish = Self.wish(.none, tasks: [Self.task()], elsewhere: [other])
    let none = Self.decide(wish, "d9 d8 d1", "d9 d8 d1")
    #expect(none.retention.pruned.isEmpty)
    // The bookmark's name is the one that a plan of that task makes.
    var far = request(to: "far/a")
    far.task = "far"
    let made = plan(far, [dataset("tank/a: " + Self.words("d9"))], [pool, copy("far")])
    let mark = try #require(
      made.keepsakes.first?.create?.arguments.last?.split(separator: "#").last)
    var member = dataset("tank/a: " + Self.words("d9 d8 d1"))
    let first = member.snapshots[0]
    member.bookmarks = [
      Bookmark(
        name: String(mark), guid: first.guid, createtxg: first.createtxg, creation: first.creation)
    ]
    let partly = Planner.plan(
      wish, source: Inventory([member]),
      target: Inventory([pool, copy("bk/a: " + Self.words("d9 d8 d1"))]),
      retention: RetentionQuery(now: Self.now, afterSending: false), zone: .utc)
    #expect(Self.gone(partly, .source) == Self.names("d9"))
    #expect(Self.fate(partly, "d8", .source) == .pending)
  }

  @Test("More than half is not lost at once, unless somebody accepts it")
  func cap() {
    let wish = Self.wish(.source)
    let wiped = Self.decide(wish, "d2 d1", "d9 d8 d7 d6 d2 d1")
    #expect(wiped.retention.pruned.isEmpty)
    #expect(Self.fate(wiped, "d8") == .tooMany)
    #expect(wiped.warnings.map(\.code) == ["prune.too_many"])
    #expect(wiped.warnings.first?.detail == "4 of 6")
    #expect(
      Self.gone(Self.decide(wish, "d2 d1", "d9 d8 d7 d6 d2 d1", allowsMany: true)).count == 4)
    #expect(Self.gone(Self.decide(wish, "d3 d2 d1", "d9 d8 d7 d3 d2 d1")).count == 3)
  }

  @Test("What the other side keeps does not count as lost; what goes from both does")
  func lostForGood() {
    let kept = Self.decide(
      Self.wish(.none, tasks: [Self.task()]), "d9 d8 d7 d6 d1", "d9 d8 d7 d6 d1")
    #expect(Self.gone(kept, .source).count == 4)
    let both = Self.decide(
      Self.wish(tasks: [Self.task()]), "d12 d11 d10 d9 d1", "d12 d11 d10 d9 d1")
    #expect(both.retention.refused.map(\.side) == [.target])
    // The copy keeps them, so that the source may let them go.
    #expect(Self.gone(both, .source).count == 4)
  }

  @Test("What a cut transfer needs stays; with a token that nobody can read all stays")
  func inFlight() {
    let facts = TokenFacts(
      toGUID: guid(Self.name(8)), toName: "tank/a@x", fromGUID: guid(Self.name(9)))
    let wish = Self.wish(.none, tasks: [Self.task()])
    let cut = Self.decide(
      wish, "d10 d9 d8 d7 d1", "d10 d9", allowsMany: true, tokens: ["bk/a": facts]
    ) { $0.resumeToken = "1-abc" }
    #expect(Self.gone(cut, .source) == Self.names("d10 d7"))
    #expect(Self.fate(cut, "d8", .source) == .inFlight)
    let unread = Self.decide(wish, "d10 d9 d1", "d10 d9 d1", allowsMany: true) {
      $0.resumeToken = "1-abc"
    }
    #expect(unread.retention.pruned.isEmpty)
  }

  @Test("What is held, cloned or something else by now stays")
  func marks() {
    var plan = Self.decide(Self.wish(), "d3 d2 d1", "d10 d9 d8 d7 d3 d2 d1").retention
    let names = Self.names("d10 d9 d8 d7")
    let own = Dictionary(uniqueKeysWithValues: names.map { ($0, guid($0)) })
    plan.keep([
      .target: [
        DatasetName(trusted: "bk/a"): [
          names[0]: SnapshotMark(guid: own[names[0]] ?? GUID(0), isHeld: true, isCloned: false),
          names[1]: SnapshotMark(guid: own[names[1]] ?? GUID(0), isHeld: false, isCloned: true),
          names[2]: SnapshotMark(guid: GUID(1), isHeld: false, isCloned: false),
        ]
      ]
    ])
    #expect(plan.shares.first?.fates.prefix(4) == [.held, .cloned, .changed, .changed])
    #expect(plan.pruned.isEmpty)
  }

  @Test("A second look takes only what the first listed, by GUID")
  func limited() throws {
    let first = Self.decide(Self.wish(), "d3 d2 d1", "d9 d8 d3 d2 d1").retention
    let second = Self.decide(Self.wish(), "d3 d2 d1", "d10 d9!new d8 d3 d2 d1").retention
    let both = second.limited(to: first)
    #expect(both.destroys == ["bk/a@\(Self.name(8))"])
    #expect(second.limited(to: RetentionPlan()).destroys.isEmpty)
  }

  @Test("A conflict leaves its dataset alone, and a run with one lists nothing")
  func conflict() {
    let plan = Self.decide(Self.wish(), "d3 d2 d1", "d9 d8 d3", allowsMany: true) {
      $0.isReadonly = false
      $0.written = 7
    }
    #expect(plan.codes == [.targetModified])
    #expect(plan.retention.shares.isEmpty && plan.destroys.isEmpty)
  }

  @Test("History that would go as soon as it has come is not sent")
  func skipped() {
    let plan = Self.decide(Self.wish(), "d30 d9 d8 d6 d1", nil, afterSending: true)
    #expect(
      plan.shorthand == [
        "full tank/a@\(Self.name(8))", "-I @\(Self.name(8)) tank/a@\(Self.name(1))",
      ])
    #expect(plan.retention.pruned.isEmpty)
  }

  @Test("A million snapshots with three lifetimes: the time is told, and nothing is lost")
  func million() throws {
    let count =
      Int(ProcessInfo.processInfo.environment["ZFERRY_RETENTION_SNAPSHOTS"] ?? "") ?? 20_000
    let start = Self.now.seconds - Int64(count) * 60
    let schema = try NamingSchema(Self.schema)
    let snapshots = (0..<count).map { index in
      let creation = Instant((start + Int64(index) * 60) / 60 * 60)
      return Snapshot(
        name: schema.name(at: creation, in: .utc), guid: GUID(UInt64(index + 1)),
        createtxg: UInt64(index + 1), creation: creation)
    }
    let further = [(Schedule.hourly, 1), (Schedule.daily, 3), (Schedule(minute: "*/10"), 2)].map {
      ScheduledLifetime(schedule: $0, lifetimeValue: $1, lifetimeUnit: .year)
    }
    let source = dataset("tank/a") { $0.snapshots = Array(snapshots.suffix(count / 2)) }
    let target = copy("bk/a") { $0.snapshots = snapshots }
    let wish = Self.wish(.custom(Lifetime(1, .hour), further: further))
    var plan: Plan?
    let took = ContinuousClock().measure {
      plan = Planner.plan(
        wish, source: Inventory([source]), target: Inventory([target]),
        retention: RetentionQuery(now: Self.now, afterSending: true, allowsMany: true), zone: .utc)
    }
    print("retention of \(count) snapshots took \(took)")
    let share = try #require(plan?.retention.shares.first)
    #expect(share.fates.last == .base)
    #expect(share.destroys.count > count / 2 && share.destroys.count < count)
  }
}
