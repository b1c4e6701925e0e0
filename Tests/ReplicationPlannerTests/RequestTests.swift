import ReplicationModel
import ReplicationPlanner
import Testing

@Suite("What a draft asks for")
struct RequestTests {
  func draft(_ change: (inout TaskDraft) -> Void) -> TaskDraft {
    var draft = TaskDraft()
    draft.name = "t"
    draft.sourceDatasets = ["tank/a"]
    draft.targetDataset = "bk/a"
    change(&draft)
    return draft
  }

  @Test("Schemas come from bound snapshot tasks and from the draft")
  func schemas() throws {
    var task = SnapshotTask()
    task.namingSchema = "hourly-%Y-%m-%d_%H-%M"
    let draft = draft {
      $0.periodicSnapshotTasks = ["hourly"]
      $0.alsoIncludeNamingSchema = ["%s"]
    }
    let request = try #require(ReplicationRequest(draft, snapshotTasks: ["hourly": task]))
    #expect(
      request.selection
        == .schemas([try NamingSchema("hourly-%Y-%m-%d_%H-%M"), try NamingSchema("%s")]))
  }

  /// Z-U27 of engine.md: names whose time a schedule does not match are left out.
  @Test("Schedules for names leave out what they do not match, and both count")
  func scheduled() throws {
    func names(_ change: (inout TaskDraft) -> Void) throws -> [String] {
      let draft = draft {
        $0.alsoIncludeNamingSchema = ["auto-%Y-%m-%d_%H-%M"]
        $0.schedule = Schedule(minute: "*/20")
        change(&$0)
      }
      let selection = try #require(ReplicationRequest(draft, snapshotTasks: [:])).selection
      return (0..<60).map { "auto-2026-01-01_01-\($0 < 10 ? "0" : "")\($0)" }
        .filter(selection.matcher(zone: .utc)).map { String($0.suffix(2)) }
    }
    #expect(try names { _ in }.count == 60)
    #expect(try names { $0.onlyMatchingSchedule = true } == ["00", "20", "40"])
    #expect(
      try names { $0.restrictSchedule = Schedule(minute: "*/30", hour: "*") } == ["00", "30"])
    #expect(
      try names {
        $0.restrictSchedule = Schedule(minute: "*/10", begin: "01:15", end: "01:45")
        $0.onlyMatchingSchedule = true
      } == ["20", "40"])
    #expect(try names { $0.restrictSchedule = .daily }.isEmpty)
  }

  @Test("A draft that has errors asks for nothing")
  func refused() {
    #expect(ReplicationRequest(draft { _ in }, snapshotTasks: [:]) == nil)
    #expect(
      ReplicationRequest(draft { $0.periodicSnapshotTasks = ["x"] }, snapshotTasks: [:]) == nil)
    let regex: (inout TaskDraft) -> Void = { $0.nameRegex = ".*" }
    #expect(ReplicationRequest(draft(regex), snapshotTasks: [:]) != nil)
    #expect(
      ReplicationRequest(
        draft {
          regex(&$0)
          $0.targetDataset = "/bad"
        }, snapshotTasks: [:]) == nil)
    #expect(
      ReplicationRequest(
        draft {
          regex(&$0)
          $0.sourceDatasets = []
        }, snapshotTasks: [:]) == nil)
  }

  @Test("A regular expression has to match the whole name")
  func regex() {
    let matches = SnapshotSelection.regex("auto-[0-9]+").matcher(zone: .utc)
    #expect(matches("auto-12"))
    #expect(!matches("auto-12x"))
    #expect(!matches("xauto-12"))
    #expect(!SnapshotSelection.regex("(").matcher(zone: .utc)("("))
  }
}
