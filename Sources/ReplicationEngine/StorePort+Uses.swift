public import ReplicationModel

/// Deleting what something else may use: refused with the names of what uses it.
extension TaskFilesPort {
  /// The tasks that reach the other side over a connection, enabled or not. A file that cannot be
  /// read runs nothing, and is passed over.
  public func tasks(usingConnection name: String) throws(StoreError) -> [String] {
    try taskNames().filter { (try? task($0))?.connection == name }
  }

  /// The tasks that are bound to a snapshot task; only the enabled ones where that is asked.
  public func tasks(
    boundTo snapshotTask: String, enabledOnly: Bool = false
  ) throws(StoreError) -> [String] {
    try taskNames().filter { name in
      guard let task = try? task(name) else { return false }
      return task.periodicSnapshotTasks.contains(snapshotTask) && (task.enabled || !enabledOnly)
    }
  }

  /// Deletes a connection; `.inUse` while a task names it.
  public func deleteUnusedConnection(_ name: String) throws(StoreError) {
    try Self.refuse(name, usedBy: try tasks(usingConnection: name))
    try deleteConnection(name)
  }

  /// Deletes a key pair; `.inUse` while a connection names it.
  public func deleteUnusedKey(_ name: String) throws(StoreError) {
    try Self.refuse(name, usedBy: try connections().filter { $0.key == name }.map(\.name))
    try deleteKey(name)
  }

  /// Deletes a snapshot task; `.inUse` while a task is bound to it.
  public func deleteUnboundSnapshotTask(_ name: String) throws(StoreError) {
    try Self.refuse(name, usedBy: try tasks(boundTo: name))
    try deleteSnapshotTask(name)
  }

  /// Keeps a snapshot task. Switched off, it is `.inUse` while an enabled task is bound to it, which
  /// would wait for snapshots that nobody takes.
  public func saveUnlessNeeded(_ task: SnapshotTask) throws(StoreError) {
    if !task.enabled {
      try Self.refuse(task.name, usedBy: try tasks(boundTo: task.name, enabledOnly: true))
    }
    try save(task)
  }

  private static func refuse(_ name: String, usedBy users: [String]) throws(StoreError) {
    guard users.isEmpty else {
      throw StoreError(.inUse, subject: name, detail: users.joined(separator: ", "))
    }
  }
}
