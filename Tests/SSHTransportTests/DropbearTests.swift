import Foundation
import Glibc
import ReplicationEngine
import ReplicationModel
import Testing

@testable import SSHTransport

extension SSHTests {
  /// A second implementation of the other side, so that not everything is what one sshd does.
  @Suite(
    "Dropbear",
    .enabled(
      if: FileManager.default.isExecutableFile(atPath: "/usr/sbin/dropbear"),
      "needs dropbear-bin on this machine"))
  struct Dropbear {
    let user: TestUser
    let server: TestServer
    let connection: Connection

    init() async throws {
      let user = try TestUser("zferrytest6")
      self.user = user
      server = try TestServer(
        words: [
          "/usr/sbin/dropbear", "-F", "-E", "-p", "127.0.0.1:PORT", "-r", "FOLDER/host",
        ]
      ) { server in
        try TestServer.run(
          "/usr/bin/dropbearkey", ["-t", "ed25519", "-f", "\(server.folder)/host"])
        let folder = "\(user.home)/.ssh"
        try FileManager.default.createDirectory(
          atPath: folder, withIntermediateDirectories: true)
        try server.text("client.pub").write(
          toFile: "\(folder)/authorized_keys", atomically: false, encoding: .utf8)
        chmod(folder, 0o700)
        chmod("\(folder)/authorized_keys", 0o600)
        // Dropbear sets the search path itself, so that zfs stands where it looks.
        try FileManager.default.createSymbolicLink(
          atPath: "\(user.home)/zfs", withDestinationPath: "\(server.folder)/bin/zfs")
        try TestServer.run("/usr/bin/chown", ["-hR", user.name, user.home])
        chmod(user.home, 0o755)
      }
      var connection = server.connection
      connection.username = user.name
      let keys = try await SSHPairing().scan(host: "127.0.0.1", port: server.port, timeout: 5)
      connection.hostKey = keys.map(\.line)
      self.connection = connection
    }

    @Test("Commands, a push, a pull and a signal, by another implementation")
    func all() async throws {
      let host = SSHHost(connection, keyPath: server.key)
      let tool = "./zfs"
      let result = try await host.run(Command(tool, ["echo out; echo err >&2; exit 7"]))
      #expect(
        result == CommandResult(exit: .status(7), output: Array("out\n".utf8), errors: "err\n"))
      #expect(try await host.run(Command(tool, ["kill -9 $$"])).exit == .signal(SIGKILL))
      #expect(try await host.run(Command(tool, ["kill -9 $PPID"])).exit == .signal(SIGKILL))
      let data = Bytes.pattern(16 << 20)
      let receiving = try await host.startReceiving(Command(tool, ["cat > got"]))
      await Bytes.write(data, to: receiving.handle.raw)
      #expect(try await receiving.finish().succeeded)
      let sending = try await host.startSending(Command(tool, ["cat got"]))
      #expect(await Bytes.read(sending.handle.raw) == data)
      #expect(try await sending.finish().succeeded)
      await host.close()
    }
  }
}
