import ReplicationEngine
import ReplicationModel
import ReplicationPlanner
import ZferryApp

/// How runs of several tasks and processes keep out of each other's way.
extension EngineWork {
  /// Refuses where another task's run is at work where this one would be (must_not_B8).
  func requireRoom(for task: TaskDraft) throws {
    let library = try TickLibrary(files) { _ in }
    let places = library.places(of: task)
    let other = try library.tasks.first { other in
      guard other.name != task.name, places.conflict(with: library.places(of: other)) else {
        return false
      }
      return try records.runs(of: other.name, limit: 1).first?.isRunning ?? false
    }
    if let other {
      throw Failure(FailureCode.placeTaken, subject: task.name, detail: other.name)
    }
  }

  /// Looks once a second whether another process asks the run to stop, and cancels it then: in order,
  /// as Ctrl-C does, with what has arrived kept.
  func untilAskedToStop(
    _ task: String, _ work: @escaping @Sendable () async throws -> Void
  ) async throws {
    try await withThrowingTaskGroup(of: Bool.self) { group in
      group.addTask {
        try await work()
        return true
      }
      group.addTask {
        while !Task.isCancelled, !control.isAskedToStop(task) {
          // Real time, whatever clock the run goes by: it is people who wait here.
          try? await Task.sleep(for: .seconds(1))
        }
        return false
      }
      let isDone = try await group.next() ?? true
      group.cancelAll()
      if !isDone { try await group.waitForAll() }
    }
  }
}
