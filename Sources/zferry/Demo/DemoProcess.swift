internal import Foundation
internal import ReplicationEngine

/// The processes of the demo: short ones that have to succeed, and the sshd that stays.
enum DemoProcess {
  static func run(_ program: String, _ arguments: [String], environment: [String: String] = [:])
    throws
  {
    _ = try output(program, arguments, environment: environment)
  }

  /// Standard output of a program that has to succeed.
  static func output(
    _ program: String, _ arguments: [String], environment: [String: String] = [:]
  ) throws -> String {
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    let (printed, errors) = (Pipe(), Pipe())
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = printed
    process.standardError = errors
    do { try process.run() } catch {
      throw HostError(.system, subject: program, detail: "\(error)")
    }
    // These programs print a line or two: neither pipe fills while the other is read.
    let output = (try? printed.fileHandleForReading.readToEnd()) ?? Data()
    let text = (try? errors.fileHandleForReading.readToEnd()) ?? Data()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw HostError(.system, subject: program, detail: String(decoding: text, as: UTF8.self))
    }
    return String(decoding: output, as: UTF8.self)
  }

  /// Whether a process of ours may see other files in /etc than all others do.
  static var mayHaveMountNamespace: Bool {
    (try? run("/usr/bin/unshare", ["--mount", "--propagation", "private", "/bin/true"])) != nil
  }

  /// An sshd that lives as long as the returned pipe is open.
  static func sshd(_ ground: DemoGround) async throws -> Pipe {
    guard FileManager.default.isExecutableFile(atPath: "/usr/sbin/sshd") else {
      throw HostError(
        .system, subject: "/usr/sbin/sshd", detail: "the package openssh-server is not installed")
    }
    let process = Process()
    let shell = ["/bin/sh", "\(ground.folder)/launch"]
    let words =
      ground.hasPassword
      ? ["/usr/bin/unshare", "--mount", "--propagation", "private"] + shell : shell
    process.executableURL = URL(filePath: words[0])
    process.arguments = Array(words.dropFirst())
    let leash = Pipe()
    process.standardInput = leash
    process.standardOutput = FileHandle.nullDevice
    _ = FileManager.default.createFile(atPath: "\(ground.folder)/sshd.log", contents: nil)
    process.standardError = FileHandle(forWritingAtPath: "\(ground.folder)/sshd.log")
    do { try process.run() } catch {
      throw HostError(.system, subject: words[0], detail: "\(error)")
    }
    for _ in 0..<100 where process.isRunning {
      if await answers(ground.port) { return leash }
      try? await Task.sleep(for: .milliseconds(50))
    }
    let log = (try? String(contentsOfFile: "\(ground.folder)/sshd.log", encoding: .utf8)) ?? ""
    throw HostError(.system, subject: "/usr/sbin/sshd", detail: log)
  }

  private static func answers(_ port: Int) async -> Bool {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = UInt16(port).bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    return withUnsafePointer(to: address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
      }
    }
  }
}
