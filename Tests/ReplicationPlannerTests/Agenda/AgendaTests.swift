import ReplicationModel
import ReplicationPlanner
import Testing

@Suite("Agenda")
struct AgendaTests {
  /// A clock that people see, with the marks that ticks keep.
  struct Life {
    var tasks: [TaskDraft] = []
    var snapshotTasks: [SnapshotTask] = []
    var zone = Zone.utc
    var marks: [AgendaKey: Instant] = [:]

    func agenda(_ now: Instant) -> Agenda {
      Agenda(
        at: now, marks: marks, tasks: tasks, snapshotTasks: snapshotTasks, zone: zone)
    }

    /// Looks, serves all that is due, and says what that was.
    mutating func tick(_ now: Instant) -> [AgendaKey] {
      let agenda = agenda(now)
      for (key, mark) in agenda.changes { marks[key] = mark }
      let due = agenda.snapshots.map(\.key) + agenda.replications.map(\.key)
      for key in due { marks[key] = now }
      return due
    }
  }

  static func at(_ hour: Int, _ minute: Int, _ second: Int = 0, day: Int = 1) -> Instant {
    Instant(
      CivilTime(year: 2026, month: 6, day: day, hour: hour, minute: minute, second: second)
        .secondsAsUTC)
  }

  @Test(
    "A killed run is made up for once, while the window is open, unless its turn was served since")
  func killed() {
    let window = Schedule(minute: "0", hour: "*", begin: "08:00", end: "18:00")
    func again(
      _ now: Instant, mark: Instant?, change: (inout TaskDraft) -> Void = { _ in }
    ) -> [String] {
      let marks = mark.map { [AgendaKey.replication("push"): $0] } ?? [:]
      return Agenda(
        at: now, marks: marks, tasks: [Self.task("push", window, change: change)],
        snapshotTasks: [], killed: ["push": Self.at(12, 1)], zone: .utc
      ).replications.filter(\.catchesUp).map(\.task.name)
    }
    #expect(again(Self.at(12, 30), mark: Self.at(12, 0, 5)) == ["push"])
    // It is due by itself: that is enough.
    #expect(again(Self.at(13, 0, 5), mark: Self.at(12, 0, 5)).isEmpty)
    #expect(again(Self.at(18, 30), mark: Self.at(18, 0, 5)).isEmpty)
    #expect(again(Self.at(19, 0), mark: Self.at(11, 59)).isEmpty)
    #expect(again(Self.at(12, 30), mark: Self.at(12, 2)).isEmpty)
    #expect(again(Self.at(12, 30), mark: nil).isEmpty)
    #expect(again(Self.at(12, 30), mark: Self.at(12, 0, 5)) { $0.enabled = false }.isEmpty)
    #expect(again(Self.at(12, 30), mark: Self.at(12, 0, 5)) { $0.auto = false }.isEmpty)
  }

  static func snapshots(
    _ name: String = "hourly", _ schedule: Schedule = .hourly,
    change: (inout SnapshotTask) -> Void = { _ in }
  ) -> SnapshotTask {
    var task = SnapshotTask()
    task.name = name
    task.dataset = "tank/data"
    task.schedule = schedule
    change(&task)
    return task
  }

  static func task(
    _ name: String = "push", _ schedule: Schedule? = nil,
    change: (inout TaskDraft) -> Void = { _ in }
  ) -> TaskDraft {
    var task = TaskDraft()
    task.name = name
    task.schedule = schedule
    change(&task)
    return task
  }

  @Test("A minute is served once, however many ticks it has")
  func once() {
    var life = Life(tasks: [Self.task("push", .hourly)], snapshotTasks: [Self.snapshots()])
    #expect(life.tick(Self.at(11, 59)).isEmpty)
    #expect(life.tick(Self.at(12, 0, 1)) == [.snapshot("hourly"), .replication("push")])
    #expect(life.tick(Self.at(12, 0, 30)).isEmpty)
    #expect(life.tick(Self.at(12, 1)).isEmpty)
    #expect(life.tick(Self.at(13, 0)).count == 2)
  }

  @Test("What is not served stays due, and is due once")
  func staysDue() {
    var life = Life(tasks: [Self.task("push", .hourly)])
    _ = life.tick(Self.at(11, 59))
    let first = life.agenda(Self.at(12, 0))
    #expect(first.replications.map(\.minute) == [Self.at(12, 0)])
    // Nobody served it: the next hour's minute takes its place.
    #expect(life.agenda(Self.at(12, 30)).replications.map(\.minute) == [Self.at(12, 0)])
    #expect(life.agenda(Self.at(13, 1)).replications.map(\.minute) == [Self.at(13, 0)])
    #expect(life.tick(Self.at(13, 1)) == [.replication("push")])
    #expect(life.tick(Self.at(13, 2)).isEmpty)
  }

  @Test("A task that is seen for the first time begins with this minute")
  func firstSeen() {
    var life = Life(tasks: [Self.task("push", .hourly)])
    #expect(life.tick(Self.at(12, 4)).isEmpty)
    var other = Life(tasks: [Self.task("push", .hourly)])
    #expect(other.tick(Self.at(12, 0, 40)) == [.replication("push")])
    #expect(other.tick(Self.at(12, 0, 50)).isEmpty)
  }

  @Test("Minutes that were missed are made up for once, and snapshots are named after the newest")
  func missed() {
    var life = Life(snapshotTasks: [Self.snapshots()])
    _ = life.tick(Self.at(8, 30))
    let agenda = life.agenda(Self.at(14, 20))
    #expect(agenda.snapshots.map(\.minute) == [Self.at(14, 0)])
    #expect(life.tick(Self.at(14, 20)).count == 1)
    #expect(life.tick(Self.at(14, 21)).isEmpty)
  }

  @Test("Outside its window nothing is made up for; when it opens, once")
  func window() {
    let night = Schedule(minute: "*/10", begin: "22:00", end: "04:00")
    var life = Life(tasks: [Self.task("push", night)])
    _ = life.tick(Self.at(23, 55))
    // Off from then on, and on again at noon.
    #expect(life.tick(Self.at(12, 0, day: 2)).isEmpty)
    #expect(life.tick(Self.at(21, 59, day: 2)).isEmpty)
    #expect(life.tick(Self.at(22, 0, day: 2)) == [.replication("push")])
    #expect(life.tick(Self.at(22, 1, day: 2)).isEmpty)
  }

  @Test("A window's last minute is served by a tick that comes some seconds late")
  func windowEnd() {
    let schedule = Schedule(minute: "0", hour: "*", begin: "08:00", end: "18:00")
    var life = Life(tasks: [Self.task("push", schedule)])
    _ = life.tick(Self.at(17, 30))
    #expect(life.tick(Self.at(18, 1, 5)) == [.replication("push")])
  }

  @Test("A push without a schedule runs with the snapshot tasks it is bound to, a pull does not")
  func bound() {
    let push = Self.task("push") { $0.periodicSnapshotTasks = ["hourly", "off"] }
    let pull = Self.task("pull") {
      $0.direction = .pull
      $0.periodicSnapshotTasks = ["hourly"]
    }
    let byHand = Self.task("by hand", .hourly) { $0.auto = false }
    let off = Self.snapshots("off", Schedule(minute: "*")) { $0.enabled = false }
    var life = Life(tasks: [push, pull, byHand], snapshotTasks: [Self.snapshots(), off])
    _ = life.tick(Self.at(11, 59))
    #expect(life.tick(Self.at(12, 0)) == [.snapshot("hourly"), .replication("push")])
  }

  @Test("A schedule of its own counts, not that of its snapshot tasks")
  func ownSchedule() {
    let push = Self.task("push", Schedule(minute: "30")) { $0.periodicSnapshotTasks = ["hourly"] }
    var life = Life(tasks: [push], snapshotTasks: [Self.snapshots()])
    _ = life.tick(Self.at(11, 59))
    #expect(life.tick(Self.at(12, 0)) == [.snapshot("hourly")])
    #expect(life.tick(Self.at(12, 30)) == [.replication("push")])
  }

  @Test("Nothing is made up for that was switched off when it was due, or was not there")
  func switchedOff() {
    var life = Life(tasks: [Self.task("push", .hourly)])
    _ = life.tick(Self.at(10, 30))
    life.tasks[0].enabled = false
    #expect(life.tick(Self.at(12, 0)).isEmpty)
    #expect(life.marks.isEmpty)
    life.tasks[0].enabled = true
    #expect(life.tick(Self.at(12, 30)).isEmpty)
    #expect(life.tick(Self.at(13, 0)).count == 1)
    life.tasks = []
    _ = life.tick(Self.at(13, 1))
    #expect(life.marks.isEmpty)
  }

  @Test("The mark of a task whose file cannot be read now stays")
  func unread() {
    let marks = [AgendaKey.replication("push"): Self.at(12, 0)]
    let agenda = Agenda(
      at: Self.at(12, 5), marks: marks, tasks: [], snapshotTasks: [],
      unread: [.replication("push")], zone: .utc)
    #expect(agenda.changes.isEmpty)
  }

  @Test("A schedule that cannot be read is no trouble of the others")
  func unreadableSchedule() {
    var life = Life(tasks: [Self.task("bad", Schedule(minute: "99")), Self.task("push", .hourly)])
    #expect(life.tick(Self.at(12, 0)) == [.replication("push")])
  }

  @Test("Trees come first, then who has waited longest")
  func order() {
    let one = Self.snapshots("a one")
    let tree = Self.snapshots("b tree") { $0.recursive = true }
    let part = Self.snapshots("a part") {
      $0.recursive = true
      $0.exclude = ["tank/data/x"]
    }
    let late = Self.task("a late", Schedule(minute: "50"))
    let early = Self.task("z early", Schedule(minute: "10"))
    var life = Life(tasks: [late, early], snapshotTasks: [one, part, tree])
    _ = life.tick(Self.at(11, 5))
    let agenda = life.agenda(Self.at(12, 0))
    #expect(agenda.snapshots.map(\.task.name) == ["b tree", "a part", "a one"])
    #expect(agenda.replications.map(\.task.name) == ["z early", "a late"])
  }

  @Test("A clock that goes back a little is waited for; one that was far wrong counts anew")
  func steps() {
    var life = Life(tasks: [Self.task("push", .hourly)])
    _ = life.tick(Self.at(11, 59))
    #expect(life.tick(Self.at(12, 0)).count == 1)
    #expect(life.tick(Self.at(11, 58)).isEmpty)
    #expect(life.tick(Self.at(12, 0, 10)).isEmpty)
    #expect(life.tick(Self.at(13, 0)).count == 1)
    // Somebody sets a clock that was half a day ahead.
    #expect(life.tick(Self.at(1, 30)).isEmpty)
    #expect(life.tick(Self.at(2, 0)).count == 1)
  }

  /// Central Europe: summer ends on 25 October 2026 at 01:00 UTC, and began on 29 March.
  static let berlin = Zone(name: "Europe/Berlin") { instant in
    let spring = CivilTime(year: 2026, month: 3, day: 29, hour: 1).secondsAsUTC
    let autumn = CivilTime(year: 2026, month: 10, day: 25, hour: 1).secondsAsUTC
    return instant.seconds >= spring && instant.seconds < autumn ? 7_200 : 3_600
  }

  @Test("A clock change neither doubles nor loses a turn")
  func summerTime() {
    let nightly = Schedule(minute: "30", hour: "2")
    for (month, day) in [(3, 29), (10, 25)] {
      var life = Life(
        tasks: [Self.task("nightly", nightly), Self.task("hourly", .hourly)], zone: Self.berlin)
      let midnight = CivilTime(year: 2026, month: month, day: day).secondsAsUTC - 7_200
      var counts: [String: Int] = [:]
      _ = life.tick(Instant(midnight - 1))
      let hours = month == 3 ? 23 : 25
      let start = month == 3 ? midnight + 3_600 : midnight
      for minute in 0..<(hours * 60) {
        for key in life.tick(Instant(start + Int64(minute * 60))) {
          counts[key.name, default: 0] += 1
        }
      }
      #expect(counts["nightly"] == 1, "\(month)")
      #expect(abs((counts["hourly"] ?? 0) - hours) <= 1, "\(month): \(counts)")
    }
  }
}
