import Foundation
import Glibc
import Loopback
import ReplicationEngine
import ReplicationModel
import Testing

@testable import SSHTransport

extension SSHTests {
  @Suite("Streams")
  struct Streams {
    let server: TestServer

    init() throws { server = try TestServer.shared.get() }

    func host(_ carrier: StreamCarrier = .builtIn) -> SSHHost {
      SSHHost(server.connection, keyPath: server.key, carrier: carrier)
    }

    /// Both have to do all that is asked of a stream.
    static let carriers: [StreamCarrier] = [.builtIn, .system]

    /// 64 MiB, the same bytes every time.
    static let pattern = Bytes.pattern(64 << 20)

    func push(_ server: TestServer, _ line: String, _ carrier: StreamCarrier) async throws
      -> CommandResult
    {
      let host = SSHHost(server.connection, keyPath: server.key, carrier: carrier)
      let stream = try await host.startReceiving(.zfs(line))
      await Bytes.write(Self.pattern, to: stream.handle.raw)
      return try await stream.finish()
    }

    @Test("A push arrives byte for byte", arguments: carriers)
    func push(carrier: StreamCarrier) async throws {
      let result = try await push(server, "cat > \(server.folder)/got; echo warned >&2", carrier)
      #expect(result.exit == .status(0))
      #expect(result.errors == "warned\n")
      #expect(FileManager.default.contents(atPath: "\(server.folder)/got") == Self.pattern)
    }

    @Test("A pull arrives byte for byte", arguments: carriers)
    func pull(carrier: StreamCarrier) async throws {
      try Self.pattern.write(to: URL(filePath: "\(server.folder)/data"))
      let stream = try await host(carrier).startSending(
        .zfs("cat \(server.folder)/data; echo w >&2; exit 4"))
      #expect(await Bytes.read(stream.handle.raw) == Self.pattern)
      let result = try await stream.finish()
      #expect(result.exit == .status(4))
      #expect(result.errors == "w\n")
    }

    @Test(
      "New keys in the middle of a stream, as the host asks for, change no byte",
      arguments: carriers)
    func rekeying(carrier: StreamCarrier) async throws {
      let server = try TestServer("RekeyLimit 16M")
      let result = try await push(server, "cat > \(server.folder)/got", carrier)
      #expect(result.succeeded)
      #expect(FileManager.default.contents(atPath: "\(server.folder)/got") == Self.pattern)
      let host = SSHHost(server.connection, keyPath: server.key, carrier: carrier)
      let stream = try await host.startSending(.zfs("cat \(server.folder)/got"))
      #expect(await Bytes.read(stream.handle.raw) == Self.pattern)
      #expect(try await stream.finish().succeeded)
    }

    @Test(
      "A receiver that complains all the time does not stand in the way of the stream",
      arguments: carriers)
    func noisyReceiver(carrier: StreamCarrier) async throws {
      let result = try await push(
        server, "head -c 9000000 /dev/zero | tr '\\0' e >&2 & cat > \(server.folder)/got; wait",
        carrier)
      #expect(result.succeeded)
      #expect(result.errors.utf8.count == 64 << 10)
      #expect(FileManager.default.contents(atPath: "\(server.folder)/got") == Self.pattern)
    }

    @Test(
      "A receiver that refuses, or is killed, ends the stream with its words", arguments: carriers)
    func refused(carrier: StreamCarrier) async throws {
      let result = try await push(
        server, "head -c 1000 >/dev/null; echo 'cannot receive: out of space' >&2; exit 1",
        carrier)
      #expect(result.exit == .status(1))
      #expect(result.errors.contains("out of space"))
      #expect(
        try await push(server, "head -c 9 >/dev/null; kill -9 $$", carrier).exit == .signal(SIGKILL)
      )
    }

    @Test("A session that dies in the middle is a lost connection, not an end", arguments: carriers)
    func lost(carrier: StreamCarrier) async throws {
      let host = self.host(carrier)
      let sending = try await host.startSending(.zfs("cat /dev/zero"))
      let receiving = try await host.startReceiving(.zfs("cat >/dev/null"))
      let reading = Task { await Bytes.read(sending.handle.raw, keeping: 0) }
      try await Task.sleep(for: .milliseconds(300))
      try server.killSessions()
      _ = await reading.value
      for stream in [sending, receiving] {
        let error = try await #require(throws: HostError.self) { try await stream.finish() }
        #expect(error.code == .connectionLost)
        #expect(error.isTransient)
      }
      close(receiving.handle.raw)
    }

    @Test(
      "A stream is ended from our side while it sends, while it waits, and by closing the host",
      arguments: carriers)
    func terminated(carrier: StreamCarrier) async throws {
      let host = self.host(carrier)
      for line in ["cat /dev/zero", "sleep 60"] {
        let stream = try await host.startSending(.zfs(line))
        try await Task.sleep(for: .milliseconds(100))
        await stream.terminate()
        await stream.terminate()
        let error = try await #require(throws: HostError.self) { try await stream.finish() }
        #expect(error.code == .cancelled)
        close(stream.handle.raw)
      }
      let waiting = try await host.startReceiving(.zfs("cat >/dev/null"))
      await host.close()
      #expect((try? await waiting.finish()) == nil)
      close(waiting.handle.raw)
    }

    @Test("A command whose stream was ended does not stay behind on the host", arguments: carriers)
    func nothingStays(carrier: StreamCarrier) async throws {
      let stream = try await host(carrier).startSending(
        .zfs("echo $$ >\(server.folder)/mine; cat /dev/zero"))
      let process = try await server.appeared("mine").trimmingCharacters(in: .newlines)
      unlink("\(server.folder)/mine")
      await stream.terminate()
      _ = try? await stream.finish()
      close(stream.handle.raw)
      #expect(await eventually { !FileManager.default.fileExists(atPath: "/proc/\(process)") })
    }

    @Test("A reader that goes away ends the sender", arguments: carriers)
    func readerGone(carrier: StreamCarrier) async throws {
      let stream = try await host(carrier).startSending(.zfs("cat /dev/zero"))
      _ = await Bytes.read(stream.handle.raw, limit: 1_000_000)
      #expect((try? await stream.finish())?.succeeded != true)
    }

    func clients() throws -> Int {
      try TestServer.output("/bin/sh", ["-c", "pgrep -P \(getpid()) -x ssh | wc -l"])
        .split(whereSeparator: \.isWhitespace).first.flatMap { Int($0) } ?? -1
    }

    @Test("On a short line the system's client carries a stream, and leaves nothing behind")
    func nearby() async throws {
      let host = host(.fastest)
      let first = try await host.startSending(.zfs("cat /dev/zero"))
      #expect(try clients() == 0, "nobody knows yet how long the line is")
      _ = try await host.run(.zfs("true"))
      let second = try await host.startSending(.zfs("cat /dev/zero"))
      #expect(try clients() == 1)
      for stream in [first, second] {
        await stream.terminate()
        _ = try? await stream.finish()
        close(stream.handle.raw)
      }
      #expect(try clients() == 0)
    }

    @Test("Where the system's client does not get in, libssh2 says why, or does it itself")
    func turnedAway() async throws {
      var connection = server.connection
      connection.hostKey = [server.line("other")]
      let stranger = SSHHost(connection, keyPath: server.key, carrier: .system)
      let error = try await #require(throws: HostError.self) {
        try await stranger.startSending(.zfs("true"))
      }
      #expect(error.code == .hostKeyChanged)
      // A name that ssh_config(5) would expand.
      let odd = "\(server.folder)/50%key"
      try FileManager.default.copyItem(atPath: server.key, toPath: odd)
      defer { unlink(odd) }
      let host = SSHHost(server.connection, keyPath: odd, carrier: .system)
      let stream = try await host.startSending(.zfs("echo in"))
      #expect(try clients() == 0)
      #expect(await Bytes.read(stream.handle.raw) == Data("in\n".utf8))
      #expect(try await stream.finish().succeeded)
    }

    @Test("A reader slower than the line costs no memory")
    func slowReader() async throws {
      let before = Bytes.residentPages()
      let stream = try await host().startSending(.zfs("cat /dev/zero"))
      _ = await Bytes.read(stream.handle.raw, limit: 24 << 20, keeping: 0, pause: 20_000)
      let grown = (Bytes.residentPages() - before) * Int(getpagesize())
      _ = try? await stream.finish()
      #expect(grown < 48 << 20, "\(grown >> 20) MiB")
    }
  }
}
