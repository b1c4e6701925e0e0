import ReplicationEngine
import ReplicationModel
import Synchronization

/// Files in memory.
final class MemoryFiles: TaskFilesPort {
  struct Content {
    var tasks: [String: TaskDraft] = [:]
    var snapshotTasks: [String: SnapshotTask] = [:]
    var connections: [String: Connection] = [:]
    var keys: [String: String] = [:]
    /// Names whose saving fails.
    var refusing: Set<String> = []
    var broken: Set<String> = []
    /// What was written out, by its path.
    var written: [String: String] = [:]
  }
  let content = Mutex(Content())

  func taskNames() throws(StoreError) -> [String] {
    content.withLock { $0.tasks.keys.sorted() + $0.broken.sorted() }
  }
  func task(_ name: String) throws(StoreError) -> TaskDraft {
    guard let task = content.withLock({ $0.tasks[name] }) else {
      throw StoreError(.invalid, subject: "tasks/\(name).yaml", detail: "line 3")
    }
    return task
  }
  func save(_ task: TaskDraft) throws(StoreError) {
    let isRefused = content.withLock { content in
      let isRefused = content.refusing.contains(task.name)
      if !isRefused { content.tasks[task.name] = task }
      return isRefused
    }
    if isRefused { throw StoreError(.full, subject: "tasks/\(task.name).yaml") }
  }
  func deleteTask(_ name: String) throws(StoreError) {
    content.withLock { _ = $0.tasks.removeValue(forKey: name) }
  }
  func encode(_ task: TaskDraft) -> String { "task \(task.name)\n" }
  func writeOut(_ text: String, to path: String, replacing: Bool) throws(StoreError) {
    let exists = content.withLock { content in
      let exists = content.written[path] != nil && !replacing
      if !exists { content.written[path] = text }
      return exists
    }
    if exists { throw StoreError(.exists, subject: path) }
  }
  func snapshotTaskNames() throws(StoreError) -> [String] {
    content.withLock { $0.snapshotTasks.keys.sorted() }
  }
  func snapshotTask(_ name: String) throws(StoreError) -> SnapshotTask {
    guard let task = content.withLock({ $0.snapshotTasks[name] }) else {
      throw StoreError(.notFound, subject: "snapshot-tasks/\(name).yaml")
    }
    return task
  }
  func snapshotTasks() throws(StoreError) -> [SnapshotTask] {
    content.withLock { Array($0.snapshotTasks.values) }
  }
  func save(_ task: SnapshotTask) throws(StoreError) {
    content.withLock { $0.snapshotTasks[task.name] = task }
  }
  func deleteSnapshotTask(_ name: String) throws(StoreError) {
    content.withLock { _ = $0.snapshotTasks.removeValue(forKey: name) }
  }
  func connections() throws(StoreError) -> [Connection] {
    content.withLock { Array($0.connections.values) }
  }
  func save(_ connection: Connection) throws(StoreError) {
    content.withLock { $0.connections[connection.name] = connection }
  }
  func deleteConnection(_ name: String) throws(StoreError) {
    content.withLock { _ = $0.connections.removeValue(forKey: name) }
  }
  func keyNames() throws(StoreError) -> [String] { content.withLock { $0.keys.keys.sorted() } }
  func publicKey(_ name: String) throws(StoreError) -> String {
    content.withLock { $0.keys[name] } ?? ""
  }
  func privateKeyPath(_ name: String) -> String { "/keys/\(name)" }
  func saveKey(_ name: String, privateKey: Secret?, publicKey: String) throws(StoreError) {
    let exists = content.withLock { content in
      let exists = content.keys[name] != nil
      if !exists { content.keys[name] = publicKey }
      return exists
    }
    if exists { throw StoreError(.exists, subject: "keys/\(name)") }
  }
  func readText(at path: String) throws(StoreError) -> String {
    guard path.hasPrefix("/home") else { throw StoreError(.notFound, subject: path) }
    return "text of \(path)"
  }
  /// A snapshot task for each text, and a task named after them all.
  func read(_ foreign: ForeignWish) throws(StoreError) -> ForeignTasks {
    var read = ForeignTasks()
    read.snapshotTasks = foreign.texts.indices.map { index in
      var task = SnapshotTask()
      task.name = "foreign-\(index)"
      return task
    }
    read.tasks = [TaskDraft()]
    read.tasks[0].name = foreign.texts.joined(separator: "|")
    return read
  }
  func deleteKey(_ name: String) throws(StoreError) {
    content.withLock { _ = $0.keys.removeValue(forKey: name) }
  }
}

/// A host that pairs, or fails at one step.
final class FakePairing: PairingPort {
  let failing: String?
  let passwords = Mutex<[String]>([])
  init(failing: String? = nil) { self.failing = failing }

  private func check(_ step: String) throws(HostError) {
    if failing == step { throw HostError(.authentication, subject: "vault:22", detail: step) }
  }
  func scan(host: String, port: Int, timeout: Int) async throws(HostError) -> [HostKey] {
    try check("scan")
    return [HostKey(algorithm: "ssh-ed25519", base64: "AAAA", fingerprint: "SHA256:abc")]
  }
  func makeKey(comment: String) async throws(HostError) -> (privateKey: Secret, publicKey: String) {
    try check("make")
    return (Secret("private"), "ssh-ed25519 BBBB \(comment)")
  }
  func readKey(_ text: Secret, comment: String) async throws(HostError) -> (
    privateKey: Secret, publicKey: String
  ) {
    try check("read")
    return (text, "ssh-ed25519 CCCC \(comment)")
  }
  func install(publicKey: String, on connection: Connection, with secrets: OneTimeLogin)
    async throws(HostError)
  {
    passwords.withLock { $0.append(secrets.password.revealed) }
    try check("install")
  }
  func fingerprint(ofKey line: String) -> String? { "SHA256:of \(line)" }
  func prove(_ connection: Connection, keyPath: String) async throws(HostError) -> HostFacts {
    try check("prove")
    return HostFacts(
      system: "Linux", user: connection.username, userID: 0, zfsPath: "/usr/sbin/zfs",
      zfsVersion: "zfs-2.3.2", sudoWorks: nil, clockSkew: 0)
  }
}

/// A host that lets a doctor look, or fails at one step.
struct FakeInspection: InspectionPort {
  var error: HostError?
  var sudoWorks: Bool?

  func inspect(
    _ connection: Connection, keyPath: String, _ question: InspectionQuestion,
    told: @escaping @Sendable (CheckResult) -> Void
  ) async throws(HostError) -> Inspection {
    for id in CheckID.reaching {
      if let error, id == .login { throw error }
      told(.good(id))
    }
    let facts = HostFacts(
      system: "Linux", user: connection.username, userID: 0, zfsPath: "/usr/sbin/zfs",
      zfsVersion: "zfs-2.3.2", sudoWorks: sudoWorks, clockSkew: 0)
    return Inspection(
      facts: facts, version: "zfs-2.3.2 zfs-kmod-2.3.2",
      errors: sudoWorks == false ? "sudo: a password is required" : "",
      home: Inspection.Home(path: "/root", mode: "drwx------", owner: 0, isWritable: true),
      shell: "/bin/sh", datasets: DatasetLook("tank\tfilesystem\t5\t99\t0\toff"))
  }
}

/// A host that answers command lines from a table, and remembers them.
final class ScriptedHost: HostPort {
  let label: String
  let answers: [String: CommandResult]
  let asked = Mutex<[String]>([])
  let closed = Mutex(0)

  init(label: String = "this host", answers: [String: CommandResult]) {
    self.label = label
    self.answers = answers
  }
  func run(_ command: Command) async throws(HostError) -> CommandResult {
    asked.withLock { $0.append(command.shellText) }
    return answers[command.shellText]
      ?? CommandResult(exit: .status(1), errors: "cannot open: no answer for this\n")
  }
  func startSending(_ command: Command) async throws(HostError) -> any RunningStream {
    throw HostError(.system, subject: label)
  }
  func startReceiving(_ command: Command) async throws(HostError) -> any RunningStream {
    throw HostError(.system, subject: label)
  }
  func close() async { closed.withLock { $0 += 1 } }
}

/// Time that stands, or goes on by a step at each look.
final class StepClock: ClockPort {
  private let time = Mutex(0.0)
  let step: Double
  init(step: Double = 0) { self.step = step }
  func now() -> Instant { Instant(1_795_514_700) }
  func uptime() -> Double {
    time.withLock { time in
      time += step
      return time
    }
  }
  func sleep(seconds: Double) async {}
}
