import Glibc
import ReplicationEngine
import ReplicationModel
import Testing

@testable import TaskStore

/// Beginning runs, as many processes do it.
@Suite("Runs begin one after the other")
struct BeginningTests {
  let folder = TemporaryFolder()

  @Test("must_not_B8: of many that look and begin in one instant, one begins")
  func race() async throws {
    for round in 0..<5 {
      let names = (0..<8).map { "t\(round)-\($0)" }
      let histories = try names.map { _ in try RunHistory(folder.folders) }
      let begun = try await withThrowingTaskGroup(of: (RunID, Int)?.self) { group in
        for (index, name) in names.enumerated() {
          let history = histories[index]
          group.addTask {
            try history.alone { () throws(StoreError) -> (RunID, Int)? in
              var isTaken = false
              for other in names
              where try history.runs(of: other, limit: 1).first?.isRunning == true {
                isTaken = true
              }
              // Whoever looks takes his time over it.
              usleep(2_000)
              return isTaken ? nil : (try history.runStarted(task: name, at: Instant(1)), index)
            }
          }
        }
        return try await group.reduce(into: [(RunID, Int)]()) { if let one = $1 { $0.append(one) } }
      }
      #expect(begun.count == 1)
      for (run, index) in begun {
        try histories[index].runFinished(
          run,
          RunSummary(
            outcome: .done, sentBytes: 0, snapshots: 0, finished: Instant(2), seconds: 1,
            error: nil))
      }
    }
  }

  @Test("A copy that is too far behind is told once, and once that it has caught up")
  func behind() throws {
    let history = try RunHistory(folder.folders)
    #expect(try history.behind().isEmpty)
    #expect(try history.keepBehind("t", true))
    #expect(try !RunHistory(folder.folders).keepBehind("t", true))
    #expect(try history.behind() == ["t"])
    #expect(try history.keepBehind("t", false))
    #expect(try !history.keepBehind("t", false))
  }
}
