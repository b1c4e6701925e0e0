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
    library.snapshotTasks.sort { ($0.dataset, $0.name) < ($1.dataset, $1.name) }
    library.connections = try ports.files.connections().sorted { $0.name < $1.name }
    for name in try ports.files.keyNames() {
      do {
        library.keys.append(KeyPair(name: name, publicKey: try ports.files.publicKey(name)))
      } catch {
        library.failures.append(Failure(describing: error))
      }
    }
    for line in library.keys.map(\.publicKey) + library.connections.flatMap(\.hostKey) {
      library.fingerprints[Library.keyID(line)] = ports.pairing.fingerprint(ofKey: line)
    }
    if let schedule = ports.schedule {
      let tick = try schedule.lastTick()
      library.isTicking = tick?.isFresh(at: ports.clock.now()) ?? false
      library.facts = try facts(of: library, tick)
    } else {
      library.facts = try facts(of: library, nil)
    }
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
      try ports.files.saveUnlessNeeded(task)
      if let was, was != task.name { try ports.files.deleteSnapshotTask(was) }
    case .deleteSnapshotTask(let name): try ports.files.deleteUnboundSnapshotTask(name)
    case .connection(let connection, let was):
      try ports.files.save(connection)
      if let was, was != connection.name { try ports.files.deleteConnection(was) }
    case .deleteConnection(let name): try ports.files.deleteUnusedConnection(name)
    case .deleteKey(let name): try ports.files.deleteUnusedKey(name)
    case .takeSnapshots(let task): try await take(task)
    case .stopRun(let name): _ = try ports.control.askToStop(name)
    case .pause(let name, let isPaused):
      // First the hold, so that nothing starts it again behind the stop.
      try ports.control.pause(name, at: isPaused ? ports.clock.now() : nil)
      if isPaused { _ = try ports.control.askToStop(name) }
    }
    return .saved
  }

  /// A pair for a connection that is set up by hand.
  func makeKey(_ name: String) async throws -> Reply? {
    let pair = try await ports.pairing.makeKey(comment: "zferry \(name)")
    try ports.files.saveKey(name, privateKey: pair.privateKey, publicKey: pair.publicKey)
    return .saved
  }

  /// A pair that was made elsewhere, under a name of its own here.
  func importKey(_ name: String, from path: String) async throws -> Reply? {
    let text = Secret(try ports.files.readText(at: path))
    let pair = try await ports.pairing.readKey(text, comment: "zferry \(name)")
    try ports.files.saveKey(name, privateKey: pair.privateKey, publicKey: pair.publicKey)
    return .saved
  }

  func writeOut(_ order: WriteOut) throws -> Reply? {
    let text: String =
      switch order.content {
      case .text(let text): text
      case .task(let name): ports.files.encode(try ports.files.task(name))
      }
    try ports.files.writeOut(text, to: order.path, replacing: order.replaces)
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
