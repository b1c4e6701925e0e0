import Foundation
import Glibc
import Testing

/// A password is used once and forgotten: it is planted, and then everything is searched for it.
@Suite("Secrets")
struct SecretTests {
  /// No word that anything else would hold.
  static let password = "Grue-\(UInt32.random(in: 100_000_000 ... .max))-zferry"

  /// A user of this system for as long as the test takes.
  final class Person {
    let name = "zferrysecret\(UInt16.random(in: 1_000...9_999))"

    init(_ ground: Ground) throws {
      try run("/usr/sbin/useradd", ["-m", "-s", "/bin/sh", name], ground)
      let chpasswd = try Programs.Started(
        "/usr/sbin/chpasswd", [], environment: [:], in: "\(ground.folder)/logs",
        input: "\(name):\(SecretTests.password)\n"
      ).wait()
      try #require(chpasswd.status == 0, "\(chpasswd.errors)")
      chmod(ground.folder, 0o755)
      try run("/usr/bin/chown", ["-R", name, ground.vault], ground)
    }

    deinit {
      let gone = Process()
      gone.executableURL = URL(filePath: "/usr/sbin/userdel")
      gone.arguments = ["-rf", name]
      try? gone.run()
      gone.waitUntilExit()
    }

    private func run(_ program: String, _ words: [String], _ ground: Ground) throws {
      let ended = try Programs.run(
        program, words, environment: [:], in: "\(ground.folder)/logs")
      try #require(ended.status == 0, "\(ended.errors)")
    }
  }

  /// Looks at the words of every process, over and over, until it is stopped.
  final class Watch: @unchecked Sendable {
    private let lock = NSLock()
    private var stopped = false
    private var found: [String] = []
    private var rounds = 0

    init(_ secret: String) {
      Thread.detachNewThread { [self] in
        while !lock.withLock({ stopped }) {
          let files = FileManager.default
          for process in (try? files.contentsOfDirectory(atPath: "/proc")) ?? []
          where process.first?.isNumber == true {
            for file in ["cmdline", "environ"] {
              let text = files.contents(atPath: "/proc/\(process)/\(file)") ?? Data()
              if text.range(of: Data(secret.utf8)) != nil {
                lock.withLock { found.append("\(file) of \(process)") }
              }
            }
          }
          lock.withLock { rounds += 1 }
          usleep(2_000)
        }
      }
    }

    func stop() -> (found: [String], rounds: Int) {
      lock.withLock {
        stopped = true
        return (found, rounds)
      }
    }
  }

  /// The files below a folder that hold the secret.
  func holding(_ secret: String, below folder: String) -> [String] {
    let files = FileManager.default
    return (files.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []).filter { name in
      files.contents(atPath: "\(folder)/\(name)")?.range(of: Data(secret.utf8)) != nil
    }
  }

  @Test(
    "A password is in no file, argument, environment, output or history",
    .enabled(if: ScreenTests.isPossible))
  func planted() throws {
    let ground = try Ground()
    defer { withExtendedLifetime(ground) {} }
    try ground.worlds()
    let person = try Person(ground)
    let server = try Server(
      ground, root: ground.vault, rate: nil,
      extra: "Match User \(person.name)\n  PasswordAuthentication yes\n"
        + "  AuthorizedKeysFile .ssh/authorized_keys")
    let file = "\(ground.folder)/password"
    let watch = Watch(Self.password)
    var printed = ""
    func zferry(_ words: [String], status: Int32) throws {
      let ended = try ground.start(words).wait()
      #expect(ended.status == status, "\(words): \(ended.output)\(ended.errors)")
      printed += ended.output + ended.errors
    }
    let add = [
      "connection", "add", "vault", "--host", "127.0.0.1", "--port", "\(server.port)", "--user",
      person.name, "--generate", "--fingerprint", server.fingerprint, "--password-file", file,
    ]
    // The other side's words are searched too: a password that is refused is told of.
    try Self.password.appending("x").write(toFile: file, atomically: true, encoding: .utf8)
    chmod(file, 0o600)
    try zferry(add, status: 69)
    try Self.password.write(toFile: file, atomically: true, encoding: .utf8)
    chmod(file, 0o600)
    try zferry(add, status: 0)
    try zferry(["connection", "test", "vault"], status: 0)
    try ground.pushTask()
    // It has no rights of its own, and the practice's zfs does not ask for any.
    try zferry(["doctor", "push", "--json"], status: 77)
    try zferry(["run", "push", "--progress", "json"], status: 0)
    try zferry(["history", "push"], status: 0)
    let (found, rounds) = watch.stop()
    #expect(found.isEmpty)
    #expect(rounds > 5, "somebody looked")
    #expect(!printed.contains(Self.password))
    #expect(holding(Self.password, below: ground.folder) == ["password"])
    #expect(holding(Self.password, below: "/home/\(person.name)").isEmpty)
  }
}
