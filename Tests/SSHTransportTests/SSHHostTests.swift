import Foundation
import Glibc
import ReplicationEngine
import ReplicationModel
import Synchronization
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

    @Test("Commands run beside one another in one session: each waits here for the other")
    func beside() async throws {
      let fifo = "\(server.folder)/fifo-\(UInt64.random(in: 0 ... .max))"
      #expect(try await host.run(.zfs("mkfifo \(fifo)")).succeeded)
      let session = "ps -o ppid= -p $(ps -o ppid= -p $PPID)"
      async let writer = host.run(.zfs("echo word >\(fifo); \(session)"))
      async let reader = host.run(.zfs("read w <\(fifo); echo $w >&2; \(session)"))
      let (one, other) = try await (writer, reader)
      #expect(other.errors == "word\n")
      #expect(one.output == other.output, "the same process of sshd serves both")
    }

    @Test("Much output of several commands at once comes apart as it should")
    func muchBeside() async throws {
      let lengths = try await withThrowingTaskGroup(of: (Int, Bool).self) { group in
        for letter in ["a", "b", "c", "d", "e", "f", "g", "h"] {
          group.addTask {
            let result = try await host.run(
              .zfs("head -c 3000000 /dev/zero | tr '\\0' \(letter); echo \(letter) >&2"))
            let isOurs = result.output.allSatisfy { $0 == letter.utf8.first }
            return (result.output.count, isOurs && result.errors == "\(letter)\n")
          }
        }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      #expect(lengths.count == 8)
      #expect(lengths.allSatisfy { $0 == (3_000_000, true) })
    }

    @Test("A host that takes one command at a time gets one at a time")
    func oneSession() async throws {
      let server = try TestServer("MaxSessions 1")
      let host = SSHHost(server.connection, keyPath: server.key)
      let results = try await withThrowingTaskGroup(of: String.self) { group in
        for number in 1...5 {
          group.addTask {
            let result = try await host.run(.zfs("sleep 0.1; echo \(number)"))
            return String(decoding: result.output, as: UTF8.self)
          }
        }
        return try await group.reduce(into: Set()) { $0.insert($1) }
      }
      #expect(results == ["1\n", "2\n", "3\n", "4\n", "5\n"])
      await host.close()
    }

    @Test("Who is cancelled takes nobody along")
    func cancelledBeside() async throws {
      let fifo = "\(server.folder)/fifo-\(UInt64.random(in: 0 ... .max))"
      #expect(try await host.run(.zfs("mkfifo \(fifo)")).succeeded)
      let (begun, go) = ("begun-\(UInt64.random(in: 0 ... .max))", "\(fifo)-go")
      let endless = Task {
        try await host.run(.zfs("echo word >\(fifo); echo >\(server.folder)/\(begun); sleep 60"))
      }
      let other = Task {
        try await host.run(
          .zfs("cat \(fifo); while ! [ -e \(go) ]; do sleep 0.05; done; echo done"))
      }
      _ = try await server.appeared(begun)
      endless.cancel()
      await #expect(throws: HostError(.cancelled, subject: "127.0.0.1:\(server.port)")) {
        try await endless.value
      }
      try server.write(String(go.dropFirst(server.folder.count + 1)), "")
      #expect(try await other.value.output == Array("word\ndone\n".utf8))
      #expect(try await host.run(.zfs("true")).succeeded)
    }

    @Test("Output is handed on as it comes, and the result holds none of it")
    func streamed() async throws {
      let taken = Mutex((bytes: 0, pieces: 0))
      let result = try await host.run(.zfs("seq 1 400000; echo oops >&2; exit 3")) { piece in
        taken.withLock { $0 = ($0.bytes + piece.count, $0.pieces + 1) }
      }
      #expect(result == CommandResult(exit: .status(3), errors: "oops\n"))
      #expect(taken.withLock { $0.bytes } == 2_688_895)
      #expect(taken.withLock { $0.pieces } > 1)
    }
  }
}
