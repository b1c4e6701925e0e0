import Foundation
import Glibc
import Loopback

/// A real sshd on loopback for one pretend host; it ends with the test.
final class Server: @unchecked Sendable {
  let port: Int
  let fingerprint: String
  private let folder: String
  private let process = Process()

  /// `extra` are lines for the end of sshd_config.
  init(_ ground: Ground, root: String, rate: Int?, extra: String = "") throws {
    folder = ground.folder
    port = Loopback.freePort()
    try FileManager.default.createDirectory(
      atPath: "/run/sshd", withIntermediateDirectories: true)
    let logs = "\(folder)/logs"
    let keygen = "/usr/bin/ssh-keygen"
    for name in ["host_key", "other_key"] {
      _ = try Programs.run(
        keygen, ["-q", "-t", "ed25519", "-N", "", "-f", "\(folder)/\(name)"], environment: [:],
        in: logs)
    }
    let shown = try Programs.run(
      keygen, ["-lf", "\(folder)/host_key.pub"], environment: [:], in: logs)
    fingerprint = shown.output.split(separator: " ").dropFirst().first.map(String.init) ?? ""
    let slow = rate.map { " ZFS_SANDBOX_RATE=\($0)" } ?? ""
    let config = """
      ListenAddress 127.0.0.1
      Port \(port)
      HostKey \(folder)/host_key
      PidFile none
      UsePAM no
      StrictModes no
      PermitRootLogin yes
      PasswordAuthentication no
      AuthorizedKeysFile \(folder)/authorized_keys
      MaxStartups 100
      LogLevel VERBOSE
      SetEnv PATH=\(folder)/bin:/usr/bin:/bin ZFS_SANDBOX=\(root) ZFS_SANDBOX_LOG=\(ground.vaultLog)\(slow)
      \(extra)

      """
    try config.write(toFile: "\(folder)/sshd_config", atomically: true, encoding: .utf8)
    try start()
  }

  /// The same server again, started anew with the keys that its files hold now.
  init(_ ground: Ground, keeping old: Server) throws {
    folder = ground.folder
    port = old.port
    fingerprint = old.fingerprint
    try start()
  }

  deinit { stop() }

  /// Ends the processes that serve the sessions, as an accident would; new logins are taken.
  func killSessions() {
    let parents = pids("-P", "\(process.processIdentifier)")
    for server in parents {
      for child in pids("-P", server) { kill(pid_t(child) ?? 0, SIGKILL) }
    }
  }

  private func pids(_ words: String...) -> [String] {
    let found = try? Programs.run("/usr/bin/pgrep", words, environment: [:], in: "\(folder)/logs")
    return (found?.output ?? "").split(separator: "\n").map(String.init)
  }

  func start() throws {
    let launch = """
      /usr/sbin/sshd -D -e -f '\(folder)/sshd_config' 2>>'\(folder)/sshd.log' &
      server=$!
      trap 'kill $server; exit' TERM
      # Where the test program ends without a word, so does the server.
      while \(Process.testsAlive) && kill -0 $server; do sleep 0.2; done
      kill $server

      """
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", launch]
    try process.runAside()
    holdOn { Loopback.answers(port) }
  }

  func stop() {
    guard process.isRunning else { return }
    process.terminate()
    process.waitUntilExit()
  }

  /// How many logins there were, by the server's own log.
  var logins: Int {
    ((try? String(contentsOfFile: "\(folder)/sshd.log", encoding: .utf8)) ?? "")
      // sshd ends its lines with CR LF, which Swift takes for one character.
      .split(whereSeparator: \.isNewline).count { $0.contains("Accepted publickey") }
  }
}
