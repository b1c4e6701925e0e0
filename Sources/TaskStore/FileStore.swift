public import ReplicationEngine
public import ReplicationModel

/// Tasks, snapshot tasks, connections and keys, one file each, in the config folder.
///
/// A file is read when it is asked for and only then, so a bad one harms no other.
public struct FileStore: TaskFilesPort {
  public let folders: StoreFolders

  public init(_ folders: StoreFolders) { self.folders = folders }

  public func taskNames() throws(StoreError) -> [String] {
    try yamlNames(in: folders.tasks)
  }

  public func task(_ name: String) throws(StoreError) -> TaskDraft {
    try withKey(try read(name, in: folders.tasks, TaskCodec.read))
  }

  /// Keeps the key first: a task that is there without it could make no copy.
  public func save(_ task: TaskDraft) throws(StoreError) {
    try keepKey(of: task)
    try write(TaskCodec.write(task), name: task.name, in: folders.tasks)
  }

  public func deleteTask(_ name: String) throws(StoreError) {
    try AtomicFile.delete(try path(name, in: folders.tasks))
  }

  public func snapshotTaskNames() throws(StoreError) -> [String] {
    try yamlNames(in: folders.snapshotTasks)
  }

  public func snapshotTask(_ name: String) throws(StoreError) -> SnapshotTask {
    try read(name, in: folders.snapshotTasks, SnapshotTaskCodec.read)
  }

  public func snapshotTasks() throws(StoreError) -> [SnapshotTask] {
    try readAll(folders.snapshotTasks, SnapshotTaskCodec.read)
  }

  public func save(_ task: SnapshotTask) throws(StoreError) {
    try write(SnapshotTaskCodec.write(task), name: task.name, in: folders.snapshotTasks)
  }

  public func deleteSnapshotTask(_ name: String) throws(StoreError) {
    try AtomicFile.delete(try path(name, in: folders.snapshotTasks))
  }

  public func connectionNames() throws(StoreError) -> [String] {
    try yamlNames(in: folders.connections)
  }

  public func connection(_ name: String) throws(StoreError) -> Connection {
    try read(name, in: folders.connections, ConnectionCodec.read)
  }

  public func connections() throws(StoreError) -> [Connection] {
    try readAll(folders.connections, ConnectionCodec.read)
  }

  public func save(_ connection: Connection) throws(StoreError) {
    try write(
      ConnectionCodec.write(connection), name: connection.name, in: folders.connections)
  }

  public func deleteConnection(_ name: String) throws(StoreError) {
    try AtomicFile.delete(try path(name, in: folders.connections))
  }

  /// What holds for all tasks; the standard where there is no such file.
  public func settings() throws(StoreError) -> Settings {
    let path = folders.settings
    let text: String
    do { text = try AtomicFile.read(path) } catch  where error.code == .notFound {
      return Settings()
    }
    return try decode(text, name: "settings", subject: path, SettingsCodec.read)
  }

  /// Reads a task from a text that is not in the store yet, as `task apply FILE` does.
  public func decodeTask(_ text: String, name: String) throws(StoreError) -> TaskDraft {
    try withKey(try decode(text, name: name, subject: name, TaskCodec.read))
  }

  /// Reads a snapshot task from a text.
  public func decodeSnapshotTask(_ text: String, name: String) throws(StoreError) -> SnapshotTask {
    try decode(text, name: name, subject: name, SnapshotTaskCodec.read)
  }

  public func read(_ foreign: ForeignWish) throws(StoreError) -> ForeignTasks {
    try ForeignTasks.read(foreign, known: try snapshotTasks())
  }

  /// The text of a snapshot task's file.
  public func encode(_ task: SnapshotTask) -> String { SnapshotTaskCodec.write(task) }

  /// The text of a task's file.
  public func encode(_ task: TaskDraft) -> String { TaskCodec.write(task) }

  public func writeOut(_ text: String, to path: String, replacing: Bool) throws(StoreError) {
    if replacing {
      try AtomicFile.write(text, to: path, mode: 0o600)
    } else {
      try AtomicFile.create(text, at: path, mode: 0o600)
    }
  }

  private typealias Reader<Value> = (String, String) throws(YAMLProblem) -> (Value, [Finding])

  private func read<Value>(_ name: String, in folder: String, _ reader: Reader<Value>)
    throws(StoreError) -> Value
  {
    let path = try path(name, in: folder)
    let text = try AtomicFile.read(path)
    return try decode(text, name: name, subject: path, reader)
  }

  private func decode<Value>(
    _ text: String, name: String, subject: String, _ reader: Reader<Value>
  ) throws(StoreError) -> Value {
    let value: Value
    let findings: [Finding]
    do {
      (value, findings) = try reader(text, name)
    } catch {
      throw StoreError(
        .invalid, subject: subject, detail: error.words,
        findings: [
          Finding(
            "file", code: "file.not_yaml",
            "The file cannot be read as YAML (\(error.words)). Mend that line, then try again.")
        ])
    }
    guard findings.isEmpty else {
      throw StoreError(.invalid, subject: subject, findings: findings)
    }
    return value
  }

  /// Leaves out files that cannot be read: each is reported when it is asked for by name.
  private func readAll<Value>(_ folder: String, _ reader: Reader<Value>)
    throws(StoreError) -> [Value]
  {
    try yamlNames(in: folder).compactMap { name in
      try? read(name, in: folder, reader)
    }
  }

  private func write(_ text: String, name: String, in folder: String) throws(StoreError) {
    let path = try path(name, in: folder)
    try AtomicFile.makeFolder(folder, mode: 0o700)
    try AtomicFile.write(text, to: path, mode: 0o600)
  }

  private func yamlNames(in folder: String) throws(StoreError) -> [String] {
    try AtomicFile.names(in: folder).filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }
  }

  private func path(_ name: String, in folder: String) throws(StoreError) -> String {
    "\(folder)/\(try Self.fileName(name)).yaml"
  }

  /// A name that is a file's name and nothing else: no way out of the folder.
  static func fileName(_ name: String) throws(StoreError) -> String {
    let isUsable =
      !name.isEmpty && !name.hasPrefix(".") && name.utf8.count <= 200
      && name.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F && $0 != UInt8(ascii: "/") }
    guard isUsable else {
      throw StoreError(.invalid, subject: name, detail: "the name cannot be a file's name")
    }
    return name
  }
}
