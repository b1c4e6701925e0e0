import ReplicationModel
import Testing

/// Upstream's faults (engine.md 8) that rules can keep out.
@Suite("Faults of upstream that are not inherited: rules")
struct MustNotTests {
  @Test("must_not_B6: a regular expression with a schedule for names is refused")
  func must_not_B6() {
    var draft = RuleBench.byRegex
    draft.auto = true
    draft.schedule = .daily
    #expect(RuleBench.errors(draft).isEmpty)
    draft.restrictSchedule = .daily
    draft.onlyMatchingSchedule = true
    #expect(
      RuleBench.errors(draft).map(\.field) == ["restrict_schedule", "only_matching_schedule"])
  }

  /// What listens and what is let in: LinkTests, must_not_B17 and must_not_B23.
  @Test("A stream beside SSH, in clear text, is what a person asks for, never what is left empty")
  func optsIn() {
    #expect(TaskDraft().transport == .ssh)
    #expect(Netcat(RuleBench.ssh) == nil && Netcat(RuleBench.good) == nil)
    #expect(Netcat(RuleBench.netcat) == Netcat(listener: .local))
    #expect(RuleBench.errors(RuleBench.netcat).isEmpty)
  }

  @Test("One end of a range of ports stands for all above or below it")
  func ports() {
    var draft = RuleBench.netcat
    draft.netcatActiveSidePortMin = 50_000
    #expect(Netcat(draft)?.ports == 50_000...65_535)
    draft.netcatActiveSidePortMin = nil
    draft.netcatActiveSidePortMax = 2_000
    #expect(Netcat(draft)?.ports == 1_024...2_000)
    draft.netcatActiveSidePortMax = 80
    #expect(Netcat(draft)?.ports == 1...80)
  }

  @Test("must_not_B9: a glob in exclude is matched and never a name")
  func must_not_B9() {
    var draft = RuleBench.good
    draft.recursive = true
    draft.exclude = ["*/.system", "tank/*/cache", "tank/data/[a-c]?"]
    #expect(RuleBench.errors(draft).isEmpty)
  }

  @Test("must_not_B10: what is wrong with one task is said of that task alone")
  func must_not_B10() {
    var context = RuleBench.context
    context.connections["broken"] = Connection()
    context.connections["broken"]?.hostKey = ["not a key"]
    context.snapshotTasks["broken"] = RuleBench.snapshotTask("broken", "//", recursive: true)
    context.snapshotTasks["broken"]?.namingSchema = "%q"
    context.snapshotTasks["broken"]?.schedule = Schedule(minute: "99")
    #expect(TaskRules.findings(for: RuleBench.good, in: context).isEmpty)

    // Lifetimes in months beside lifetimes in days are nothing special.
    var draft = RuleBench.good
    draft.retentionPolicy = .custom
    draft.lifetimeValue = 1
    draft.lifetimeUnit = .month
    draft.lifetimes = [
      ScheduledLifetime(schedule: .daily, lifetimeValue: 7, lifetimeUnit: .day)
    ]
    #expect(RuleBench.errors(draft).isEmpty)
  }

  @Test(
    "must_not_B12: source and destination that overlap are refused",
    arguments: ["tank/data", "tank/data/copy", "tank/data/a/b", "tank"])
  func must_not_B12(target: String) {
    var draft = RuleBench.good
    draft.targetDataset = target
    #expect(RuleBench.errors(draft).map(\.code) == ["overlap"])
    draft.sourceDatasets = ["tank/other", "tank/data"]
    #expect(RuleBench.errors(draft).contains { $0.code == "overlap" })
    // By name alone nothing is known of another system.
    draft = RuleBench.ssh
    draft.targetDataset = target
    #expect(RuleBench.errors(draft).isEmpty)
  }

  @Test("must_not_B12: no source, one twice, no attempt at all and a limit below zero are refused")
  func must_not_B12_values() {
    let wrongs: [(String, (inout TaskDraft) -> Void)] = [
      ("source_datasets", { $0.sourceDatasets = [] }),
      ("source_datasets", { $0.sourceDatasets = ["tank/data", "tank/data"] }),
      ("retries", { $0.retries = 0 }), ("speed_limit", { $0.speedLimit = -1 }),
    ]
    for (field, wrong) in wrongs {
      var draft = RuleBench.ssh
      wrong(&draft)
      #expect(
        RuleBench.errors(draft).contains { $0.field.hasPrefix(field) }, "\(field) is let through")
    }
  }

  @Test(
    "must_not_B7: a time that never comes, or is none, is said where it is typed",
    arguments: [
      Schedule(minute: "99"), Schedule(minute: "x"), Schedule(hour: "24"), Schedule(dom: "0"),
      Schedule(minute: "0", hour: "0", dom: "30", month: "feb"), Schedule(begin: "25:00"),
      Schedule(minute: "*/0"), Schedule(minute: ""),
    ])
  func must_not_B7(schedule: Schedule) {
    var draft = RuleBench.good
    draft.auto = true
    draft.schedule = schedule
    #expect(RuleBench.errors(draft).contains { $0.field.hasPrefix("schedule") })
  }

  @Test("B12: names that only begin alike do not overlap", arguments: ["tank/data2", "tan"])
  func alike(target: String) {
    var draft = RuleBench.good
    draft.targetDataset = target
    #expect(RuleBench.errors(draft).isEmpty)
  }
}
