import Foundation
import Glibc
import Loopback
import ReplicationModel
import Testing

@testable import SSHTransport

/// A server whose sessions find one program for connections and no other.
final class LinkBench {
  /// The program by its name there, and where this machine has it.
  struct Tool: Sendable, CustomTestStringConvertible {
    var name: String
    var path: String
    var testDescription: String { path }
    var listens: Bool { name != "bash" }
  }
  static let tools = [
    Tool(name: "bash", path: "/bin/bash"), Tool(name: "socat", path: "/usr/bin/socat"),
    Tool(name: "nc", path: "/bin/nc.openbsd"), Tool(name: "nc", path: "/bin/nc.traditional"),
    Tool(name: "nc", path: "/bin/busybox"), Tool(name: "ncat", path: "/usr/bin/ncat"),
  ].filter { access($0.path, X_OK) == 0 }
  /// One that listens as well.
  static let netcat = tools.first { $0.name == "nc" }

  let server: TestServer
  let bin: String
  let host: SSHHost

  init(_ tool: Tool?) throws {
    bin = try TestServer.temporaryFolder()
    for name in ["sh", "cat", "mkdir", "mkfifo", "rm", "sleep", "head", "touch"] {
      symlink("/bin/\(name)", "\(bin)/\(name)")
    }
    if let tool { symlink(tool.path, "\(bin)/\(tool.name)") }
    server = try TestServer(path: bin)
    // `zfs LINE` runs a line.
    try Self.plant("\(bin)/zfs", "#!/bin/sh\nexec /bin/sh -c \"$1\"\n")
    host = SSHHost(server.connection, keyPath: server.key)
  }

  deinit { try? FileManager.default.removeItem(atPath: bin) }

  static func plant(_ path: String, _ text: String) throws {
    unlink(path)
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    chmod(path, 0o755)
  }

  static func command(_ line: String, _ netcat: Netcat, _ place: Command.Filter.Place) -> Command {
    var command = Command.zfs(line)
    command.link = Command.Link(netcat, place)
    return command
  }

  func receiving(_ line: String, _ netcat: Netcat) -> Command {
    Self.command(line, netcat, .before)
  }
  func sending(_ line: String, _ netcat: Netcat) -> Command {
    Self.command(line, netcat, .after)
  }

  /// Processes that a session of this server has left: they have its search path in their environment.
  var processes: [String] {
    let entries = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return entries.filter { pid_t($0) != nil }.compactMap { process in
      let environment = FileManager.default.contents(atPath: "/proc/\(process)/environ") ?? Data()
      guard String(decoding: environment, as: UTF8.self).contains("PATH=\(bin)") else { return nil }
      let words = FileManager.default.contents(atPath: "/proc/\(process)/cmdline") ?? Data()
      return String(decoding: words.map { $0 == 0 ? 32 : $0 }, as: UTF8.self)
    }
  }

  /// Nobody is left, after a while.
  func isQuiet() async -> Bool {
    await eventually { processes.isEmpty }
  }

  /// A socket that is at a port of this host, once somebody listens there.
  static func caller(at port: Int) -> CInt {
    for _ in 0..<3_000 {
      let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
      if Loopback.with(port, { connect(descriptor, $0, $1) }) == 0 { return descriptor }
      close(descriptor)
      usleep(20_000)
    }
    return -1
  }
}
