internal import ReplicationModel

/// Reads what `midclt call replication.query` prints (engine.md 1.5): one task, or a list of them.
struct TrueNASReader {
  /// Snapshot tasks that are stored.
  let known: [SnapshotTask]

  func read(_ text: String) throws(YAMLProblem) -> ForeignTasks {
    var result = ForeignTasks()
    for var row in try YAMLMapping.rows(of: text, naming: "name") {
      let name = row.text("name") ?? ""
      // What it is at, and its number there, are no settings.
      row.ignore("id", "state", "job", "has_encrypted_dataset_keys")
      let bound = boundTasks(&row, into: &result)
      let connection = connection(&row, into: &result)
      var task = TaskCodec.read(&row, name: name, bound: bound)
      task.connection = connection
      if task.encryptionKeyLocation == "$TrueNAS" {
        task.encryptionKeyLocation = nil
        result.findings.append(
          .leftOut(
            row.path("encryption_key_location"),
            "the key would lie in TrueNAS' database. Give a path on the destination."))
      }
      result.note(row.finished)
      result.tasks.append(task)
    }
    return result
  }

  /// The name of a connection; its address and key lie in other places.
  private func connection(_ row: inout YAMLMapping, into result: inout ForeignTasks) -> String? {
    guard row.isMapping("ssh_credentials") else {
      guard let text = row.text("ssh_credentials") else { return nil }
      guard Int(text) != nil else { return text }
      result.findings.append(
        .leftOut(
          row.path("ssh_credentials"),
          "it is a number of that system. Name a connection with --connection."))
      return nil
    }
    guard var credentials = row.mapping("ssh_credentials") else { return nil }
    credentials.ignore("id", "type", "attributes")
    let name = credentials.text("name")
    row.absorb(credentials)
    return name
  }

  /// The names of the snapshot tasks; those that are not stored come along.
  private func boundTasks(_ row: inout YAMLMapping, into result: inout ForeignTasks) -> [String] {
    let key = "periodic_snapshot_tasks"
    guard let rows = row.mappings(key) else { return [] }
    return rows.map { inner in
      var inner = inner
      let number = inner.int("id")
      inner.ignore("vmware_sync", "state")
      let name = inner.text("name")
      var task = SnapshotTaskCodec.read(&inner, name: "")
      row.absorb(inner)
      if let same = (known + result.snapshotTasks).first(where: { $0.does(asMuchAs: task) }) {
        return same.name
      }
      task.name = name ?? Self.name(for: task, number)
      result.snapshotTasks.append(task)
      return task.name
    }
  }

  private static func name(for task: SnapshotTask, _ number: Int?) -> String {
    let dataset = task.dataset.dashed
    return number.map { "\(dataset)-\($0)" } ?? dataset
  }
}

extension SnapshotTask {
  /// Whether it is the same but for its name.
  fileprivate func does(asMuchAs other: SnapshotTask) -> Bool {
    var twin = other
    twin.name = name
    return self == twin
  }
}
