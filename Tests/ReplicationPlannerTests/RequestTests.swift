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
