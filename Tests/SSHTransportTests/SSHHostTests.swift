import Foundation
import Glibc
import ReplicationEngine
import ReplicationModel
import Testing

@testable import SSHTransport

/// One after the other: they share a server, and some count what the whole program holds.
@Suite("SSH", .serialized, .enabled(if: TestServer.isPossible, "needs root and an sshd"))
struct SSHTests {}

extension SSHTests {
  @Suite("Commands")
  struct Commands {
    let server: TestServer
    let host: SSHHost

    init() throws {
      server = try TestServer.shared.get()
      host = SSHHost(server.connection, keyPath: server.key)
    }

    @Test("Output, errors and status come back, with one login for many commands")
    func run() async throws {
      let result = try await host.run(.zfs("printf 'a\\tb\\n'; echo oops >&2; exit 3"))
      #expect(result.output == Array("a\tb\n".utf8))
      #expect(result.errors == "oops\n")
      #expect(result.exit == .status(3))
      let server = "ps -o ppid= -p $(ps -o ppid= -p $PPID)"
      let first = try await host.run(.zfs(server))
      let second = try await host.run(.zfs(server))
      #expect(first.succeeded)
      #expect(first.output == second.output, "the same process of sshd serves both")
    }

    @Test("Much output and many errors at once block nothing; errors are cut at 64 KiB")
    func muchOutput() async throws {
      let result = try await host.run(
        .zfs("seq 1 400000; head -c 400000 /dev/zero | tr '\\0' e >&2; exit 2"))
      #expect(result.exit == .status(2))
      #expect(result.output.count == 2_688_895)
      #expect(result.errors.utf8.count == 64 << 10)
    }

    @Test("A command that is killed tells its signal, and so does one whose shell is killed")
    func killed() async throws {
      #expect(try await host.run(.zfs("kill -9 $$")).exit == .signal(SIGKILL))
      #expect(try await host.run(.zfs("kill -15 $PPID; sleep 0.2")).exit == .signal(SIGTERM))
      #expect(try await host.run(.zfs("true")).succeeded, "and the session is still good")
    }

    @Test("A tool that is not there is said to be missing")
    func noTool() async throws {
      let error = try await #require(throws: HostError.self) {
        try await host.run(Command("zpool", ["list"]))
      }
      #expect(error.code == .zfsMissing)
      await #expect(throws: error) {
        try await host.startSending(Command("zpool", ["x"])).finish()
      }
    }

    @Test("sudo gets an absolute path; where it asks for a password, that is said")
    func sudo() async throws {
      var connection = server.connection
      connection.sudo = true
      let host = SSHHost(connection, keyPath: server.key)
      let error = try await #require(throws: HostError.self) { try await host.run(.zfs("true")) }
      #expect(error.code == .sudo)
      try server.write("sudo-works", "")
      defer { unlink("\(server.folder)/sudo-works") }
      #expect(try await host.run(.zfs("args", "a b")).output == Array("<a b>".utf8))
      let facts = try await SSHPairing().prove(connection, keyPath: server.key)
      #expect(facts.sudoWorks == true)
      #expect(facts.zfsVersion == "zfs-2.3.2-test")
    }

    @Test("A session that died between two commands is made anew")
    func reconnects() async throws {
      #expect(try await host.run(.zfs("true")).succeeded)
      try server.killSessions()
      #expect(try await host.run(.zfs("true")).succeeded)
    }

    @Test("A session that dies under a command is a lost connection")
    func lost() async throws {
      _ = try await host.run(.zfs("true"))
      let running = Task { try await host.run(.zfs("echo begun; sleep 60")) }
      try await Task.sleep(for: .milliseconds(200))
      try server.killSessions()
      let error = try await #require(throws: HostError.self) { try await running.value }
      #expect(error.code == .connectionLost)
      #expect(error.isTransient)
    }

    @Test("A cancelled task, and a host that is closed, end a command that would go on")
    func cancelled() async throws {
      let running = Task { try await host.run(.zfs("sleep 60")) }
      try await Task.sleep(for: .milliseconds(200))
      running.cancel()
      let error = try await #require(throws: HostError.self) { try await running.value }
      #expect(error.code == .cancelled)
      let other = Task { try await host.run(.zfs("sleep 60")) }
      try await Task.sleep(for: .milliseconds(200))
      await host.close()
      await #expect(throws: HostError(.cancelled, subject: error.subject)) {
        try await other.value
      }
      #expect(try await host.run(.zfs("true")).succeeded)
    }
  }
}
