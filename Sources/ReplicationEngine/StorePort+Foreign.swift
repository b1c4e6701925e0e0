public import ReplicationModel

extension TaskFilesPort {
  /// What is there already, for the rules that tasks of another program are held to.
  public func stored(zone: Zone, now: Instant) throws(StoreError) -> ForeignTasks.Stored {
    ForeignTasks.Stored(
      taskNames: Set(try taskNames()), snapshotTasks: try snapshotTasks(),
      connections: try connections(), zone: zone, now: now)
  }

  /// Keeps all of them, or none: where one cannot be written, the others become again what they were.
  public func save(_ foreign: ForeignTasks) throws(StoreError) {
    let before = (
      snapshotTasks: foreign.snapshotTasks.map { try? snapshotTask($0.name) },
      tasks: foreign.tasks.map { try? task($0.name) }
    )
    var saved = (snapshotTasks: 0, tasks: 0)
    do {
      for task in foreign.snapshotTasks {
        try save(task)
        saved.snapshotTasks += 1
      }
      for task in foreign.tasks {
        try save(task)
        saved.tasks += 1
      }
    } catch {
      for index in 0..<saved.tasks {
        takeBack(foreign.tasks[index], before.tasks[index])
      }
      for index in 0..<saved.snapshotTasks {
        takeBack(foreign.snapshotTasks[index], before.snapshotTasks[index])
      }
      throw error
    }
  }

  private func takeBack(_ task: TaskDraft, _ before: TaskDraft?) {
    if let before { try? save(before) } else { try? deleteTask(task.name) }
  }

  private func takeBack(_ task: SnapshotTask, _ before: SnapshotTask?) {
    if let before { try? save(before) } else { try? deleteSnapshotTask(task.name) }
  }
}

/// What `zfs` of a host tells of other programs: every name, and the properties that people set.
public enum ForeignTraces {
  /// Lines as `zfs list` and `zfs get` print them; reads only.
  public static func text(from host: any HostPort) async throws -> String {
    let names = try await output(
      host, ["list", "-H", "-t", "filesystem,volume,snapshot,bookmark", "-o", "name"])
    let pools = names.split(separator: "\n").filter { !$0.contains { "/@#".contains($0) } }
    guard !pools.isEmpty else { return names }
    let properties = try await output(
      host,
      [
        "get", "-H", "-r", "-t", "filesystem,volume", "-o", "name,property,value,source",
        "-s", "local,received", "all",
      ] + pools.map(String.init))
    return names + "\n" + properties
  }

  private static func output(_ host: any HostPort, _ words: [String]) async throws -> String {
    let result = try await host.run(.zfs(words))
    guard result.succeeded else {
      throw RunFailure(code: "zfs.failed", subject: host.label, detail: result.errors)
    }
    return String(decoding: result.output, as: UTF8.self)
  }
}
