import ReplicationEngine
import ReplicationModel
import ZferryApp

/// Files: reading all of them, and keeping a task with what it needs.
extension EffectRunner {
  func load() async throws -> Reply? {
    var library = Library()
    for name in try ports.files.taskNames() {
      do {
        library.tasks.append(try ports.files.task(name))
      } catch {
        library.failures.append(Failure(describing: error))
      }
    }
    library.snapshotTasks = try ports.files.snapshotTasks()
    library.connections = try ports.files.connections().sorted { $0.name < $1.name }
    do {
      library.drafts = try ports.drafts.drafts()
    } catch {
      // A draft that cannot be read must not keep anybody from the tasks.
      library.failures.append(Failure(describing: error))
    }
    return .loaded(library)
  }

  func apply(_ change: StoreChange) async throws -> Reply? {
    switch change {
    case .task(let task, let was):
      try ports.files.save(task)
      if let was, was != task.name { try ports.files.deleteTask(was) }
    case .deleteTask(let name): try ports.files.deleteTask(name)
    case .snapshotTask(let task, let was):
      try ports.files.save(task)
      if let was, was != task.name { try ports.files.deleteSnapshotTask(was) }
    case .deleteSnapshotTask(let name): try ports.files.deleteSnapshotTask(name)
    case .connection(let connection, let was):
      try ports.files.save(connection)
      if let was, was != connection.name { try ports.files.deleteConnection(was) }
    case .deleteConnection(let name): try ports.files.deleteConnection(name)
    case .deleteKey(let name): try ports.files.deleteKey(name)
    }
    return .saved
  }

  /// Snapshot tasks first, then the task; where one fails, the others are taken back (ui.md 1.14).
  func save(_ order: TaskOrder) async throws -> Reply? {
    var made: [String] = []
    do {
      for task in order.snapshotTasks {
        try ports.files.save(task)
        made.append(task.name)
      }
      try ports.files.save(order.task)
    } catch {
      for name in made {
        do {
          try ports.files.deleteSnapshotTask(name)
        } catch {
          throw Failure(
            "save.rest", subject: name, detail: Failure(describing: error).detail)
        }
      }
      throw error
    }
    return .saved
  }
}
