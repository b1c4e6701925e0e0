import Foundation
import Glibc
import Loopback
import ReplicationEngine
import ReplicationModel
import Testing

@testable import SSHTransport

extension SSHTests {
  @Suite("What stops a login")
  struct Logins {
    let server: TestServer

    init() throws { server = try TestServer.shared.get() }

    func failure(_ connection: Connection, _ key: String? = nil) async throws -> HostError {
      try await #require(throws: HostError.self) {
        try await SSHHost(connection, keyPath: key ?? server.key).run(.zfs("true"))
      }
    }

    @Test("A key that the host does not know, with what the host offers")
    func wrongKey() async throws {
      let error = try await failure(server.connection, "\(server.folder)/other")
      #expect(error.code == .authentication)
      #expect(error.detail.contains("user root"))
      #expect(error.detail.contains("publickey"))
      #expect(!error.isTransient)
    }

    @Test("An RSA key is named as the reason where this libssh2 cannot use it")
    func rsa() async throws {
      let key = "\(server.folder)/rsa"
      try TestServer.run("/usr/bin/ssh-keygen", ["-q", "-t", "rsa", "-N", "", "-f", key])
      let error = try await failure(server.connection, key)
      #expect(error.code == .authentication)
      #expect(error.detail.contains("ed25519") != Algorithms.signsRSAWithSHA2)
    }

    @Test("A host key that nobody confirmed, and one that changed, with both fingerprints")
    func hostKeys() async throws {
      var unknown = server.connection
      unknown.hostKey = []
      let first = try await failure(unknown)
      #expect(first.code == .hostKeyUnknown)
      #expect(first.detail.contains("SHA256:"))
      for name in ["other", "client"] {
        var changed = server.connection
        changed.hostKey = [server.line(name)]
        let second = try await failure(changed)
        #expect(second.code == .hostKeyChanged)
        #expect(second.detail.split(separator: "SHA256:").count == 3)
        #expect(!second.isTransient)
      }
    }

    @Test("The key we know is asked for, whichever the host would show first")
    func knownKind() async throws {
      var connection = server.connection
      connection.hostKey = [server.line("host_ecdsa")]
      #expect(try await SSHHost(connection, keyPath: server.key).run(.zfs("true")).succeeded)
    }

    @Test("A host that has no key of the kind we know any more shows the one it has")
    func otherKind() async throws {
      let key = "\(server.folder)/p521"
      try TestServer.run(
        "/usr/bin/ssh-keygen", ["-q", "-t", "ecdsa", "-b", "521", "-N", "", "-f", key])
      var connection = server.connection
      connection.hostKey = [server.line("p521")]
      #expect(try await failure(connection).code == .hostKeyChanged)
    }

    @Test("A missing key file, one that is no key, a closed port, a name that is none")
    func others() async throws {
      #expect(try await failure(server.connection, "/nowhere/key").code == .keyFile)
      try server.write("garbage", "-----BEGIN OPENSSH PRIVATE KEY-----\nnonsense\n")
      let garbage = try await failure(server.connection, "\(server.folder)/garbage")
      #expect(garbage.code == .keyFile || garbage.code == .authentication)
      var closed = server.connection
      closed.port = Loopback.freePort()
      let refused = try await failure(closed)
      #expect(refused.code == .refused)
      #expect(refused.errno == ECONNREFUSED)
      #expect(refused.subject == "127.0.0.1:\(closed.port)")
      #expect(refused.detail.contains("127.0.0.1"))
      #expect(refused.isTransient)
      var nameless = server.connection
      nameless.host = "no-such-host.invalid"
      #expect(try await failure(nameless).code == .resolve)
    }

    @Test("No cipher in common: both the failure and what the host offers are named")
    func nothingInCommon() async throws {
      let old = try TestServer("Ciphers aes128-cbc,aes256-cbc")
      let error = try await failure(old.connection, old.key)
      #expect(error.code == .handshake)
      #expect(error.detail.contains("aes128-cbc,aes256-cbc"))
    }

    @Test(
      "What is no sshd ends in time: silence, noise, text without an end, a hang-up, a web server")
    func impostors() async throws {
      func meet(_ impostor: Impostor) async throws -> HostError {
        var connection = server.connection
        connection.port = impostor.port
        connection.connectTimeout = 1
        return try await failure(connection)
      }
      let web = try await meet(
        Impostor(Array("HTTP/1.1 400 Bad Request\r\n\r\n".utf8), closes: true))
      #expect(web.code == .banner)
      #expect(web.detail.contains("HTTP/1.1 400"))
      #expect(try await meet(Impostor([])).code == .bannerTimeout)
      #expect(try await meet(Impostor([], closes: true)).code == .bannerClosed)
      let noise = (0..<8_192).map { UInt8(truncatingIfNeeded: $0 &* 167 &+ $0 >> 5) }
      #expect(try await meet(Impostor(noise, repeating: 1_024)).code == .banner)
      let text = Array("welcome to the machine\r\n".utf8)
      #expect(try await meet(Impostor(text, repeating: .max)).code == .banner)
      let greeting = Array("SSH-2.0-x\r\n".utf8)
      let silent = try await meet(Impostor(greeting))
      #expect(silent.code == .handshakeTimeout)
      #expect(silent.detail.contains("SSH-2.0-x"))
      #expect(try await meet(Impostor(greeting + noise, repeating: .max)).code != .authentication)
      // Packets that everyone has to pass over (SSH_MSG_IGNORE), for ever.
      let packet: [UInt8] = [0, 0, 0, 12, 5, 2, 0, 0, 0, 1, 65, 0, 0, 0, 0, 0]
      #expect(
        try await meet(Impostor(greeting + Array(repeatElement(packet, count: 70_000).joined())))
          .code == .banner)
    }

    @Test("SHA-256 and Base64 agree with the known answers")
    func hashes() {
      func hex(_ bytes: [UInt8]) -> String {
        bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
      }
      #expect(
        hex(SHA256.hash([])) == "e3b0c44298fc1c149afbf4c8996fb924"
          + "27ae41e4649b934ca495991b7852b855")
      #expect(
        hex(SHA256.hash(Array("abc".utf8))) == "ba7816bf8f01cfea414140de5dae2223"
          + "b00361a396177a9cb410ff61f20015ad")
      #expect(
        hex(SHA256.hash(Array("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq".utf8)))
          == "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1")
      for count in 0..<70 {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 * 37) }
        #expect(Base64.decode(Base64.encode(bytes)) == bytes)
        #expect(Base64.encode(bytes) == Data(bytes).base64EncodedString())
      }
    }
  }
}
