import ReplicationModel
import Testing

@Suite("Rules of tasks")
struct TaskRuleTests {
  @Test("A rule refuses what breaks it, at its field", arguments: RulePair.all)
  func rejects(pair: RulePair) {
    let errors = RuleBench.errors(pair.rejected.draft)
    #expect(errors.contains { $0.field == pair.field && $0.code == pair.code }, "\(errors)")
  }

  @Test("The nearest task that keeps it has no error at all", arguments: RulePair.all)
  func accepts(pair: RulePair) {
    #expect(RuleBench.errors(pair.accepted.draft).isEmpty)
  }

  @Test("Every rule of the list is broken by one of the tasks here")
  func everyRuleIsTested() {
    for (index, rule) in TaskRules.all.enumerated() {
      let isBroken = RulePair.all.contains { pair in
        !rule.check(pair.rejected.draft, RuleBench.context).isEmpty
      }
      #expect(isBroken, "rule \(index) is never broken")
    }
  }

  @Test("The empty draft is told of every field that is required, by its label")
  func required() {
    var draft = TaskDraft()
    draft.transport = .ssh
    let messages = RuleBench.errors(draft).map(\.message)
    for label in ["Source", "Destination", "SSH Connection", "Task Name"] {
      #expect(messages.contains { $0.hasPrefix("\(label) is required: ") }, "\(label)")
    }
  }

  @Test(
    "A name that cannot be a file's name is refused",
    arguments: [
      "", "  ", ".", ".hidden", "a/b", "../a", "a\nb", "a\u{7F}", "a\u{85}b", "\0",
      String(repeating: "n", count: 201), String(repeating: "ü", count: 101),
    ])
  func badNames(name: String) {
    var draft = RuleBench.good
    draft.name = name
    #expect(RuleBench.errors(draft).map(\.field) == ["name"])
  }

  @Test(
    "Other names are a file's name",
    arguments: ["a", "tank,data - backup", "ünï", "-", String(repeating: "n", count: 200)])
  func goodNames(name: String) {
    var draft = RuleBench.good
    draft.name = name
    #expect(RuleBench.errors(draft).isEmpty)
  }

  @Test("All mistakes in a schedule show at once, wherever it stands")
  func schedules() {
    var draft = RuleBench.good
    draft.auto = true
    let bad = Schedule(
      minute: "60", hour: "x", dom: "0", month: "13", dow: "8", begin: "1:00", end: "24:00")
    draft.schedule = bad
    draft.restrictSchedule = bad
    draft.retentionPolicy = .custom
    draft.lifetimeValue = 1
    draft.lifetimeUnit = .day
    draft.lifetimes = [ScheduledLifetime(schedule: bad, lifetimeValue: 1, lifetimeUnit: .year)]
    let parts = ["minute", "hour", "dom", "month", "dow", "begin", "end"]
    let places = ["schedule", "restrict_schedule", "lifetimes.0.schedule"]
    #expect(
      Set(RuleBench.errors(draft).map(\.field))
        == Set(places.flatMap { place in parts.map { "\(place).\($0)" } }))
  }

  @Test("M45: a date that no year has never comes, and a leap day does")
  func dates() {
    var draft = RuleBench.pull
    draft.auto = true
    draft.schedule = Schedule(dom: "30", month: "2")
    #expect(RuleBench.errors(draft).map(\.code) == ["M45"])
    draft.schedule = Schedule(dom: "29", month: "2")
    #expect(RuleBench.errors(draft).isEmpty)
  }

  @Test("M22: leaving out what lies above counts as leaving out")
  func excludeAbove() {
    var draft = RuleBench.base
    draft.sourceDatasets = ["tank/exclude"]
    draft.recursive = true
    draft.periodicSnapshotTasks = ["X"]
    draft.exclude = ["tank/exclude/work"]
    #expect(RuleBench.errors(draft).isEmpty)
    draft.exclude = ["tank/exclude/works"]
    #expect(RuleBench.errors(draft).map(\.code) == ["M22"])
  }

  @Test("M48: each number at its lowest and one below")
  func numbers() {
    var draft = RuleBench.ssh
    (draft.retries, draft.speedLimit, draft.retryMinutes) = (1, 1, 0)
    #expect(RuleBench.errors(draft).isEmpty)
    (draft.retries, draft.speedLimit, draft.retryMinutes) = (0, 0, -1)
    #expect(
      Set(RuleBench.errors(draft).map(\.field)) == ["retries", "speed_limit", "retry_minutes"])
  }
}
