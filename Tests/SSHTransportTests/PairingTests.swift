import Foundation
import Glibc
import Loopback
import ReplicationEngine
import ReplicationModel
import Testing

@testable import SSHTransport

/// A user of this machine who is there for one test.
final class TestUser {
  let name: String
  let home: String
  static let password = "correct horse-\(getpid())"

  init(_ name: String, shell: String = "/bin/sh", home: String? = nil, makeHome: Bool = true)
    throws
  {
    self.name = name
    self.home = home ?? "/tmp/home-\(name)"
    let make = makeHome ? "-m" : "-M"
    try TestServer.run("/usr/sbin/useradd", [make, "-d", self.home, "-s", shell, name])
    try TestServer.run("/usr/sbin/chpasswd", [], input: "\(name):\(Self.password)\n")
  }

  deinit {
    try? TestServer.run("/usr/sbin/userdel", ["-f", name])
    if home.hasPrefix("/tmp/home-\(name)") { try? FileManager.default.removeItem(atPath: home) }
  }
}

extension SSHTests {
  @Suite("Pairing")
  struct Pairing {
    let server: TestServer
    let pairing = SSHPairing()

    init() throws { server = try TestServer.shared.get() }

    func connection(_ user: TestUser, _ server: TestServer? = nil) -> Connection {
      var connection = (server ?? self.server).connection
      connection.username = user.name
      return connection
    }

    func install(_ connection: Connection, _ password: String = TestUser.password) async throws
      -> HostError
    {
      try await #require(throws: HostError.self) {
        try await pairing.install(
          publicKey: "ssh-ed25519 AAAA x", on: connection,
          with: OneTimeLogin(password: Secret(password)))
      }
    }

    @Test("A scan shows each kind of key with the fingerprint that ssh-keygen prints")
    func scan() async throws {
      let keys = try await pairing.scan(host: "127.0.0.1", port: server.port, timeout: 5)
      #expect(keys.map(\.algorithm) == ["ssh-ed25519", "ecdsa-sha2-nistp256"])
      #expect(keys.first?.line == server.line("host_ed25519"))
      for (key, file) in zip(keys, ["host_ed25519", "host_ecdsa"]) {
        let text = try TestServer.output(
          "/usr/bin/ssh-keygen", ["-lf", "\(server.folder)/\(file).pub"])
        #expect(text.contains(" \(key.fingerprint) "))
      }
      let error = try await #require(throws: HostError.self) {
        try await pairing.scan(host: "127.0.0.1", port: Loopback.freePort(), timeout: 5)
      }
      #expect(error.code == .refused)
    }

    @Test("A key is made that opens a host, and nothing is left of the making")
    func makeKey() async throws {
      func leftovers() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: "/tmp")
          .filter { $0.hasPrefix("zferry-key-") }
      }
      let before = try leftovers()
      let pair = try await pairing.makeKey(comment: "zferry test")
      #expect(pair.publicKey.hasPrefix("ssh-ed25519 "))
      #expect(pair.publicKey.hasSuffix(" zferry test"))
      #expect(!"\(pair)".contains("PRIVATE KEY"))
      #expect(try leftovers() == before)
      try server.write("made", pair.privateKey.revealed)
      chmod("\(server.folder)/made", 0o600)
      let allowed = try server.text("authorized_keys")
      try server.write("authorized_keys", allowed + pair.publicKey + "\n")
      defer { try? server.write("authorized_keys", allowed) }
      let facts = try await pairing.prove(server.connection, keyPath: "\(server.folder)/made")
      #expect(facts.user == "root" && facts.userID == 0 && facts.system == "Linux")
      #expect(facts.zfsPath == "\(server.folder)/bin/zfs")
      #expect(facts.zfsVersion == "zfs-2.3.2-test")
      #expect(facts.sudoWorks == nil)
      #expect(abs(facts.clockSkew) < 30)
    }

    @Test("A key is installed once, beside what is there, with the modes that sshd wants")
    func installOnce() async throws {
      let user = try TestUser("zferrytest1")
      let folder = "\(user.home)/.ssh"
      let file = "\(folder)/authorized_keys"
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      try "ssh-ed25519 AAAA older".write(toFile: file, atomically: false, encoding: .utf8)
      try TestServer.run("/usr/bin/chown", ["-R", user.name, user.home])
      let key = "ssh-ed25519 AAAAC3 it's \\n \"here\" $(id)"
      for _ in 0..<2 {
        try await pairing.install(
          publicKey: key, on: connection(user),
          with: OneTimeLogin(password: Secret(TestUser.password)))
      }
      #expect(
        try String(contentsOfFile: file, encoding: .utf8) == "ssh-ed25519 AAAA older\n\(key)\n")
      for (path, mode) in [(folder, mode_t(0o700)), (file, 0o600)] {
        var information = stat()
        stat(path, &information)
        #expect(information.st_mode & 0o777 == mode)
      }
    }

    @Test("An installed key opens a host on which nothing was set up before")
    func installAndProve() async throws {
      let user = try TestUser("zferrytest2")
      let connection = connection(user)
      let key = try server.text("other.pub").trimmingCharacters(in: .newlines)
      try await pairing.install(
        publicKey: key, on: connection, with: OneTimeLogin(password: Secret(TestUser.password)))
      let facts = try await pairing.prove(connection, keyPath: "\(server.folder)/other")
      #expect(facts.user == user.name)
    }

    @Test("A host that asks for the password as a question gets it as the answer")
    func questions() async throws {
      let server = try TestServer("UsePAM yes\nKbdInteractiveAuthentication yes")
      let user = try TestUser("asked-by-pam")
      try await pairing.install(
        publicKey: "ssh-ed25519 AAAA x", on: connection(user, server),
        with: OneTimeLogin(password: Secret(TestUser.password)))
      let error = try await install(connection(user, server), "wrong")
      #expect(error.code == .authentication)
      #expect(error.detail.contains("keyboard-interactive"))
    }

    @Test("What is in the way of a key is told apart, and no password is told at all")
    func troubles() async throws {
      let user = try TestUser("zferrytest3", makeHome: false)
      let wrong = try await install(connection(user), "wrong horse")
      #expect(wrong.code == .authentication)
      #expect(!"\(wrong)".contains("wrong horse"))
      #expect(try await install(connection(user)).code == .homeMissing)
      // Somebody else's folder.
      try FileManager.default.createDirectory(
        atPath: user.home, withIntermediateDirectories: true)
      #expect(try await install(connection(user)).code == .homeNotWritable)
      try FileManager.default.createDirectory(
        atPath: "\(user.home)/.ssh", withIntermediateDirectories: true)
      #expect(try await install(connection(user)).code == .homeNotWritable)
      let homeless = try TestUser("zferrytest4", home: "/nonexistent", makeHome: false)
      #expect(try await install(connection(homeless)).code == .homeUnusable)
      for (shell, code) in [
        ("/usr/sbin/nologin", HostError.Code.nologin), ("/bin/false", .shell),
      ] {
        let nobody = try TestUser("zferrytest5", shell: shell)
        #expect(try await install(connection(nobody)).code == code)
      }
    }
  }
}
