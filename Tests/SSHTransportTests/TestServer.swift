import Foundation
import Glibc
import Loopback
import ReplicationModel

/// A real sshd on loopback, with keys and configuration of its own; gone with the test, or with the
/// test program.
final class TestServer: @unchecked Sendable {
  let folder: String
  let port: Int
  private let process = Process()

  static let isPossible =
    getuid() == 0 && FileManager.default.isExecutableFile(atPath: "/usr/sbin/sshd")

  /// Serves most tests: to make one takes a second.
  static let shared = Result { try TestServer() }

  /// `extra` are lines of sshd_config; the first of a keyword counts, so these win. `path` is where
  /// sessions find programs, in place of our own and the system's.
  init(_ extra: String = "", path: String? = nil) throws {
    folder = try Self.temporaryFolder()
    port = Loopback.freePort()
    try FileManager.default.createDirectory(
      atPath: "/run/sshd", withIntermediateDirectories: true)
    for (kind, name) in [
      ("ed25519", "host_ed25519"), ("ecdsa", "host_ecdsa"), ("ed25519", "client"),
      ("ed25519", "other"),
    ] {
      try Self.run("/usr/bin/ssh-keygen", ["-q", "-t", kind, "-N", "", "-f", "\(folder)/\(name)"])
    }
    try writeTools()
    try write("authorized_keys", try text("client.pub"))
    try write(
      "sshd_config",
      """
      \(extra)
      ListenAddress 127.0.0.1
      Port \(port)
      HostKey \(folder)/host_ed25519
      HostKey \(folder)/host_ecdsa
      PidFile none
      UsePAM no
      StrictModes no
      PermitRootLogin yes
      PasswordAuthentication no
      KbdInteractiveAuthentication no
      AuthorizedKeysFile \(folder)/authorized_keys .ssh/authorized_keys
      MaxStartups 100
      LogLevel ERROR
      Match User root
      # No home, so that nobody's .bashrc has a say.
      SetEnv PATH=\(path ?? "\(folder)/bin:/usr/bin:/bin") HOME=\(folder)
      Match User zferrytest*,asked-by-pam
      PasswordAuthentication yes

      """)
    try start(["/usr/sbin/sshd", "-D", "-e", "-f", "\(folder)/sshd_config"])
  }

  /// Another kind of server, told where to listen by its words: `PORT` and `FOLDER` are replaced.
  init(words: [String], prepare: (TestServer) throws -> Void) throws {
    folder = try Self.temporaryFolder()
    port = Loopback.freePort()
    try Self.run(
      "/usr/bin/ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", "\(folder)/client"])
    try writeTools()
    try prepare(self)
    try start(
      words.map {
        $0.replacingOccurrences(of: "PORT", with: "\(port)")
          .replacingOccurrences(of: "FOLDER", with: folder)
      })
  }

  deinit {
    if let number = try? processID() { kill(number, SIGTERM) }
  }

  /// `zfs args …` shows its arguments, `zfs LINE` runs a line; `sudo` works where a file says so.
  private func writeTools() throws {
    try FileManager.default.createDirectory(
      atPath: "\(folder)/bin", withIntermediateDirectories: true)
    try write(
      "bin/zfs",
      """
      #!/bin/sh
      case $1 in
      args) shift; for a in "$@"; do printf '<%s>' "$a"; done;;
      version) echo zfs-2.3.2-test; echo zfs-kmod-2.3.2-test;;
      *) exec /bin/sh -c "$1";;
      esac

      """)
    try write(
      "bin/sudo",
      """
      #!/bin/sh
      [ -e '\(folder)/sudo-works' ] || { echo 'sudo: a password is required' >&2; exit 1; }
      [ "$1" = -n ] && shift
      case $1 in /*) exec "$@";; *) exit 9;; esac

      """)
    for tool in ["zfs", "sudo"] { chmod("\(folder)/bin/\(tool)", 0o755) }
  }

  private func start(_ words: [String]) throws {
    try write(
      "launch",
      """
      \(words.map { "'\($0)'" }.joined(separator: " ")) 2>'\(folder)/log' &
      server=$!
      echo $server >'\(folder)/pid'
      # Where the test program ends without a word, so does the server.
      while \(Process.testsAlive) && kill -0 $server; do sleep 1; done
      kill $server
      wait
      rm -rf '\(folder)'

      """)
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["\(folder)/launch"]
    try process.runAside()
    holdOn { Loopback.answers(port) }
  }

  var connection: Connection {
    var connection = Connection()
    connection.name = "test"
    connection.host = "127.0.0.1"
    connection.port = port
    connection.username = "root"
    connection.connectTimeout = 5
    connection.hostKey = [line("host_ed25519")]
    return connection
  }

  var key: String { "\(folder)/client" }

  /// The first two words of a public key's file.
  func line(_ name: String) -> String {
    (try? text("\(name).pub"))?.split(separator: " ").prefix(2).joined(separator: " ") ?? ""
  }

  func text(_ name: String) throws -> String {
    try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)
  }

  /// The same of a file that a command is to write, to the end of its first line.
  func appeared(_ name: String) async throws -> String {
    await eventually { (try? text(name))?.hasSuffix("\n") == true }
    return try text(name)
  }

  func write(_ name: String, _ text: String) throws {
    try text.write(toFile: "\(folder)/\(name)", atomically: false, encoding: .utf8)
  }

  /// Ends the processes that serve a session, as an accident would: the children of our own server.
  func killSessions() throws {
    let children = try Self.output("/usr/bin/pgrep", ["-P", "\(processID())"])
    for child in children.split(separator: "\n").compactMap({ pid_t($0) }) { kill(child, SIGKILL) }
  }

  private func processID() throws -> pid_t {
    let text = try text("pid").trimmingCharacters(in: .whitespacesAndNewlines)
    guard let number = pid_t(text), number > 1 else { throw CocoaError(.fileReadCorruptFile) }
    return number
  }
}
