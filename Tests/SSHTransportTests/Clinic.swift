import Foundation
import Glibc
import Loopback
import ReplicationEngine
import ReplicationModel

@testable import SSHTransport

/// A doctor beside a real sshd: faults are planted in one, the other has to name them.
struct Clinic {
  let server: TestServer
  var connection: Connection
  var key: String
  var task: TaskDraft?

  /// `extra` are lines of sshd_config.
  init(_ extra: String = "") throws { self.init(server: try TestServer(extra)) }

  init(server: TestServer) {
    self.server = server
    connection = server.connection
    connection.connectTimeout = 2
    key = server.key
    let tools = [
      "zfs": """
      case $1 in
      version) echo zfs-2.3.2-test; echo zfs-kmod-2.3.2-test;;
      list) cat '\(server.folder)/rows' 2>/dev/null || printf 'cannot open: dataset does not exist\\n';;
      esac
      """,
      "zpool": "cat '\(server.folder)/features' 2>/dev/null",
    ]
    for (name, script) in tools { try? plant(tool: name, script) }
  }

  /// Puts a tool in the place of the other system's own.
  func plant(tool: String, _ script: String) throws {
    try server.write("bin/\(tool)", "#!/bin/sh\n\(script)\n")
    chmod("\(server.folder)/bin/\(tool)", 0o755)
  }

  /// What root's login shell reads there.
  func plant(shell lines: String) throws { try server.write(".bashrc", lines + "\n") }

  func rows(_ rows: [String]) throws {
    try server.write("rows", rows.map { $0 + "\n" }.joined().replacing(" ", with: "\t"))
  }

  func examine() async -> [CheckID: CheckResult] {
    let key = key
    let doctor = Doctor(
      inspection: SSHInspection(), clock: Watch(), keyPath: { _ in key },
      host: { _ throws(HostError) in Here() })
    let question = CheckQuestion(
      connection: connection, task: task,
      snapshotTasks: task == nil ? [] : [Self.snapshotTask])
    let results = await doctor.examine(question)
    return Dictionary(results.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
  }

  static var snapshotTask: SnapshotTask {
    var task = SnapshotTask()
    task.name = "hourly"
    return task
  }

  /// A push of `tank/data` to `vault/copy`.
  static var push: TaskDraft {
    var task = TaskDraft()
    task.name = "offsite"
    task.sourceDatasets = ["tank/data"]
    task.targetDataset = "vault/copy"
    return task
  }
}

/// This side of the doctor: `tank/data` holds 5 GB and uses large blocks.
private struct Here: HostPort {
  var label: String { "this host" }

  func run(_ command: Command) async throws(HostError) -> CommandResult {
    let text =
      switch (command.tool, command.arguments.first) {
      case ("zfs", "version"): "zfs-2.3.2-1\nzfs-kmod-2.3.2-1\n"
      case ("zpool", _): "tank\tfeature@large_blocks\tactive\ntank\tfeature@longname\tenabled\n"
      default: "tank/data\tfilesystem\t5000000000\t9000000000\t0\toff\n"
      }
    return CommandResult(exit: .status(0), output: Array(text.utf8))
  }
  func startSending(_ command: Command) async throws(HostError) -> any RunningStream {
    throw HostError(.system, subject: label)
  }
  func startReceiving(_ command: Command) async throws(HostError) -> any RunningStream {
    throw HostError(.system, subject: label)
  }
  func close() async {}
}

private struct Watch: ClockPort {
  func now() -> Instant { Instant(Int64(time(nil))) }
  func uptime() -> Double { ProcessInfo.processInfo.systemUptime }
  func sleep(seconds: Double) async { try? await Task.sleep(for: .seconds(seconds)) }
}

/// A port whose queue is full: it neither refuses nor answers.
final class FullHouse {
  let port: Int
  private var sockets: [CInt] = []

  init() {
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    port = Loopback.bind(listener)
    listen(listener, 0)
    sockets = [listener]
    for _ in 0..<4 {
      let waiting = socket(
        AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0)
      _ = Loopback.with(port) { connect(waiting, $0, $1) }
      sockets.append(waiting)
    }
  }

  deinit { for socket in sockets { close(socket) } }
}

/// A line to an sshd on which large packets are lost: small ones pass until much has been sent.
final class NarrowLine {
  let port: Int
  private let listener: CInt

  init(to server: Int) {
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    self.listener = listener
    port = Loopback.bind(listener)
    listen(listener, 4)
    Thread.detachNewThread {
      let client = accept(listener, nil, nil)
      guard client >= 0 else { return }
      let upstream = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
      _ = Loopback.with(server) { connect(upstream, $0, $1) }
      Thread.detachNewThread {
        Self.copy(upstream, client, longest: .max)
        shutdown(client, Int32(SHUT_RDWR))
      }
      Self.copy(client, upstream, longest: 8_192)
      shutdown(upstream, Int32(SHUT_RDWR))
    }
  }

  /// Passes on what comes in pieces up to so many bytes. From the first larger one on nothing passes.
  private static func copy(_ from: CInt, _ to: CInt, longest: Int) {
    var buffer = [UInt8](repeating: 0, count: 64 << 10)
    var isLost = false
    while true {
      let count = read(from, &buffer, buffer.count)
      guard count > 0 else { return }
      if count > longest { isLost = true }
      if !isLost { _ = write(to, buffer, count) }
    }
  }

  deinit {
    shutdown(listener, Int32(SHUT_RDWR))
    close(listener)
  }
}
