import Foundation
import Glibc
import Loopback
import ReplicationEngine
import ReplicationModel
import Synchronization
import Testing

@testable import SSHTransport

extension SSHTests {
  /// Keys that were made elsewhere, locked ones, and those of an ssh-agent.
  @Suite("Keys that people bring along")
  struct Keys {
    let server: TestServer

    init() throws { server = try TestServer.shared.get() }

    /// A copy of a key, locked with a passphrase.
    func lockedKey(_ passphrase: String, of key: String? = nil) throws -> String {
      let path = "\(server.folder)/locked-\(UInt32.random(in: 0 ... .max))"
      for suffix in ["", ".pub"] {
        try FileManager.default.copyItem(
          atPath: (key ?? server.key) + suffix, toPath: path + suffix)
      }
      try TestServer.run(
        "/usr/bin/ssh-keygen", ["-q", "-p", "-P", "", "-N", passphrase, "-f", path])
      return path
    }

    func run(_ key: String, _ ring: KeyRing) async throws -> CommandResult {
      let host = SSHHost(server.connection, keyPath: key, ring: ring)
      let result = try await host.run(.zfs("true"))
      await host.close()
      return result
    }

    @Test("A locked key is opened by its passphrase, which is asked for once")
    func locked() async throws {
      let key = try lockedKey("open sesame")
      let asked = Mutex(0)
      let ring = KeyRing { _ in
        asked.withLock { $0 += 1 }
        return Secret("open sesame")
      }
      #expect(try await run(key, ring).succeeded)
      #expect(try await run(key, ring).succeeded)
      #expect(asked.withLock { $0 } == 1)
    }

    @Test("Without its passphrase, or with a wrong one, it says so and nothing is tried")
    func notOpened() async throws {
      let key = try lockedKey("open sesame")
      let none = await #expect(throws: HostError.self) { try await run(key, KeyRing()) }
      #expect(none?.code == .keyLocked)
      #expect(none?.isTransient == false)
      let ring = KeyRing()
      ring.unlock(key, with: Secret("wrong"))
      let wrong = await #expect(throws: HostError.self) { try await run(key, ring) }
      #expect(wrong?.code == .keyLocked)
      #expect(wrong?.detail.contains("did not open") == true)
      #expect(ring.passphrase(for: key) == nil, "what is wrong is not kept")
    }

    @Test("Formats: OpenSSH and PEM, open and locked, and what is no key at all")
    func formats() async throws {
      let pairing = SSHPairing()
      let folder = server.folder
      for (kind, format) in [
        ("ed25519", "OPENSSH"), ("rsa", "PEM"), ("ecdsa", "PEM"), ("rsa", "PKCS8"),
        ("ecdsa", "OPENSSH"),
      ] {
        let path = "\(folder)/import-\(kind)-\(format)"
        let shape = format == "OPENSSH" ? [] : ["-m", format]
        try TestServer.run(
          "/usr/bin/ssh-keygen", ["-q", "-t", kind, "-N", "", "-C", "x", "-f", path] + shape)
        let text = try String(contentsOfFile: path, encoding: .utf8)
        let pair = try await pairing.readKey(Secret(text), comment: "zferry mine")
        let wanted = try String(contentsOfFile: "\(path).pub", encoding: .utf8)
          .split(separator: " ").prefix(2).joined(separator: " ")
        #expect(pair.publicKey == "\(wanted) zferry mine", "\(kind) \(format)")
        #expect(pair.privateKey.revealed == text)
      }
      let locked = try String(contentsOfFile: try lockedKey("abcde"), encoding: .utf8)
      let mine = try String(contentsOfFile: "\(server.key).pub", encoding: .utf8)
      let half = try await pairing.readKey(Secret(locked), comment: "c").publicKey
      #expect(half.split(separator: " ")[1] == mine.split(separator: " ")[1])
      for text in [
        "", "hello", mine,
        "-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----\n",
        "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----\n",
        "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\nAAAA\n-----END RSA PRIVATE KEY-----\n",
      ] {
        let error = await #expect(throws: HostError.self, "\(text)") {
          try await pairing.readKey(Secret(text), comment: "c")
        }
        #expect(error?.code == .keyFile)
      }
    }

    @Test("An ssh-agent signs for a key that is locked, or not here at all")
    func agent() async throws {
      // A key of its own: other tests must not find theirs in this test's agent.
      let key = "\(server.folder)/agents"
      try TestServer.run("/usr/bin/ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", key])
      let known = try #require(FileHandle(forUpdatingAtPath: "\(server.folder)/authorized_keys"))
      try known.seekToEnd()
      try known.write(contentsOf: Data(contentsOf: URL(filePath: "\(key).pub")))
      try known.close()
      let locked = try lockedKey("open sesame", of: key)
      let absent = "\(server.folder)/absent"
      try FileManager.default.copyItem(atPath: "\(key).pub", toPath: "\(absent).pub")
      let missing = await #expect(throws: HostError.self) { try await run(absent, KeyRing()) }
      #expect(missing?.code == .keyFile)
      // The agent of a process is that of its environment: this test has it for itself.
      let socket = "\(server.folder)/agent"
      let agent = Process()
      agent.executableURL = URL(filePath: "/usr/bin/ssh-agent")
      agent.arguments = ["-D", "-a", socket]
      try agent.runAside()
      defer {
        agent.terminate()
        agent.waitUntilExit()
      }
      while !FileManager.default.fileExists(atPath: socket) { usleep(10_000) }
      let before = getenv("SSH_AUTH_SOCK").map { String(cString: $0) }
      setenv("SSH_AUTH_SOCK", socket, 1)
      defer {
        if let before { setenv("SSH_AUTH_SOCK", before, 1) } else { unsetenv("SSH_AUTH_SOCK") }
      }
      let empty = await #expect(throws: HostError.self) { try await run(locked, KeyRing()) }
      #expect(empty?.code == .keyLocked, "an agent without the key changes nothing")
      try TestServer.run("/usr/bin/ssh-add", ["-q", key])
      #expect(try await run(locked, KeyRing()).succeeded)
      #expect(try await run(absent, KeyRing()).succeeded)
    }

    @Test("known_hosts: the same key, another one, and none; plain, hashed, with a port")
    func knownHosts() async throws {
      let file = "\(server.folder)/known_hosts-\(UInt32.random(in: 0 ... .max))"
      let keys = try await SSHPairing().scan(host: "127.0.0.1", port: server.port, timeout: 5)
      func standing(_ lines: String, port: Int? = nil) throws -> [HostKeyStanding] {
        try lines.write(toFile: file, atomically: true, encoding: .utf8)
        return KnownHosts.marked(
          keys, host: "127.0.0.1", port: port ?? server.port, files: [file, "/nonexistent"]
        ).map(\.standing)
      }
      let line = keys[0].line
      let place = "[127.0.0.1]:\(server.port)"
      #expect(try standing("") == [.unknown, .unknown])
      #expect(try standing("\(place) \(line)\n") == [.same, .unknown])
      #expect(try standing("garbage\n# x\n\(place) \(line)\n").first == .same)
      #expect(try standing("\(place) \(server.line("other"))\n").first == .other)
      #expect(try standing("127.0.0.1 \(line)\n", port: 22).first == .same)
      #expect(try standing("elsewhere \(line)\n").first == .unknown)
      try "\(place) \(line)\n".write(toFile: file, atomically: true, encoding: .utf8)
      try TestServer.run("/usr/bin/ssh-keygen", ["-q", "-H", "-f", file])
      let hashed = KnownHosts.marked(
        keys, host: "127.0.0.1", port: server.port, files: [file])
      #expect(hashed.first?.standing == .same)
    }

    @Test("A question for a code gets the code, every other one the password")
    func codes() {
      let answers = LoginAnswers(OneTimeLogin(password: Secret("pw"), code: Secret("123456")))
      for question in [
        "Verification code: ", "One-time password (OATH) for `root': ", "Enter OTP:", "Token? ",
      ] {
        #expect(answers.answer(to: question) == "123456", "\(question)")
      }
      #expect(answers.answer(to: "Password: ") == "pw")
      #expect(answers.missed == nil)
      let without = LoginAnswers(OneTimeLogin(password: Secret("pw")))
      #expect(without.answer(to: "Password: ") == "pw")
      #expect(without.answer(to: "Verification code: ").isEmpty)
      #expect(without.missed == "Verification code: ")
    }
  }
}
