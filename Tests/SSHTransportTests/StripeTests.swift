import Foundation
import Glibc
import Loopback
import ReplicationEngine
import ReplicationModel
import Testing

@testable import SSHTransport

extension SSHTests {
  @Suite("One stream over several connections")
  struct Stripes {
    let server: TestServer

    init() throws { server = try TestServer.shared.get() }

    /// Larger than what is worth it, by what the run has been told.
    static let large: UInt64 = 1 << 30

    func start(_ line: String, on server: TestServer, streams: Int = 4) async throws
      -> any RunningStream
    {
      let host = SSHHost(
        server.connection, keyPath: server.key, carrier: .builtIn, streams: streams)
      return try await host.startReceiving(.zfs(line), StreamOutlook(bytes: Self.large))
    }

    func got(_ server: TestServer) -> Data? {
      FileManager.default.contents(atPath: "\(server.folder)/got")
    }

    @Test("It arrives byte for byte, over two and over eight", arguments: [2, 8])
    func whole(streams: Int) async throws {
      let stream = try await start(
        "cat > \(server.folder)/got; echo warned >&2", on: server, streams: streams)
      #expect(stream is StripedStream)
      await Bytes.write(Streams.pattern, to: stream.handle.raw)
      let result = try await stream.finish()
      #expect(result.exit == .status(0))
      #expect(result.errors == "warned\n")
      #expect(got(server) == Streams.pattern)
    }

    @Test("A stream that comes in drops arrives whole, and an empty one ends", arguments: [0, 300])
    func small(drops: Int) async throws {
      let stream = try await start("cat > \(server.folder)/got", on: server)
      for drop in 0..<drops {
        let bytes = Array("drop \(drop)\n".utf8)
        #expect(write(stream.handle.raw, bytes, bytes.count) == bytes.count)
        if drop % 50 == 0 { try await Task.sleep(for: .milliseconds(30)) }
      }
      close(stream.handle.raw)
      #expect(try await stream.finish().succeeded)
      #expect(got(server) == Data((0..<drops).map { "drop \($0)\n" }.joined().utf8))
    }

    @Test(
      "A receiver that refuses ends the stream with its words; one that is killed, by its signal")
    func refused() async throws {
      let stream = try await start(
        "head -c 1000 >/dev/null; echo 'cannot receive: out of space' >&2; exit 1", on: server)
      await Bytes.write(Streams.pattern, to: stream.handle.raw)
      let result = try await stream.finish()
      #expect(result.exit == .status(1))
      #expect(result.errors.contains("out of space"))
      let killed = try await start("head -c 9 >/dev/null; kill -9 $$", on: server)
      await Bytes.write(Streams.pattern, to: killed.handle.raw)
      #expect(try await killed.finish().exit == .signal(SIGKILL))
    }

    @Test(
      "Where connections are lost the receiver has got a beginning, and no piece out of its turn")
    func lost() async throws {
      let server = try TestServer()
      let stream = try await start(
        "(head -c 3000000; sleep 5; cat) > \(server.folder)/got", on: server)
      let writing = Task { await Bytes.write(Streams.pattern, to: stream.handle.raw) }
      await eventually { got(server)?.count ?? 0 >= 1 << 20 }
      try server.killSessions()
      await writing.value
      let error = try await #require(throws: HostError.self) { try await stream.finish() }
      #expect(error.code == .connectionLost)
      let arrived = try #require(got(server))
      #expect(arrived.count > 0 && arrived == Streams.pattern.prefix(arrived.count))
    }

    func pull(_ line: String, on server: TestServer, streams: Int = 4) async throws
      -> any RunningStream
    {
      let host = SSHHost(
        server.connection, keyPath: server.key, carrier: .builtIn, streams: streams)
      return try await host.startSending(.zfs(line), StreamOutlook(bytes: Self.large))
    }

    @Test("It comes byte for byte, over two and over eight", arguments: [2, 8])
    func pulled(streams: Int) async throws {
      try Streams.pattern.write(to: URL(filePath: "\(server.folder)/data"))
      let stream = try await pull(
        "cat \(server.folder)/data; echo w >&2", on: server, streams: streams)
      #expect(stream is StripedStream)
      #expect(await Bytes.read(stream.handle.raw) == Streams.pattern)
      let result = try await stream.finish()
      #expect(result.exit == .status(0))
      #expect(result.errors == "w\n")
    }

    @Test("Any length comes whole", arguments: [0, 1, 1 << 20, (1 << 20) + 1, (4 << 20) - 1])
    func lengths(length: Int) async throws {
      let stream = try await pull("head -c \(length) /dev/zero", on: server)
      #expect(await Bytes.read(stream.handle.raw) == Data(count: length))
      #expect(try await stream.finish().succeeded)
    }

    @Test("A sender that fails, or is killed, says so at the end of what it sent")
    func senderFails() async throws {
      let stream = try await pull("seq 1 900000; echo broken >&2; exit 4", on: server)
      #expect(await Bytes.read(stream.handle.raw).count == 6_188_895)
      let result = try await stream.finish()
      #expect(result.exit == .status(4))
      #expect(result.errors == "broken\n")
      let killed = try await pull("seq 1 900000; kill -9 $$", on: server)
      _ = await Bytes.read(killed.handle.raw)
      #expect(try await killed.finish().exit == .signal(SIGKILL))
    }

    @Test(
      "A pull whose connections are lost brought the beginning; a reader that goes away ends it")
    func pullLost() async throws {
      let server = try TestServer()
      try Streams.pattern.write(to: URL(filePath: "\(server.folder)/data"))
      let stream = try await pull(
        "(head -c 3000000; sleep 5; cat) < \(server.folder)/data", on: server)
      let reading = Task { await Bytes.read(stream.handle.raw) }
      try await Task.sleep(for: .milliseconds(500))
      try server.killSessions()
      let error = try await #require(throws: HostError.self) { try await stream.finish() }
      #expect(error.code == .connectionLost)
      let arrived = await reading.value
      #expect(arrived == Streams.pattern.prefix(arrived.count))
      let endless = try await pull("cat /dev/zero", on: server)
      _ = await Bytes.read(endless.handle.raw, limit: 5_000_000)
      #expect((try? await endless.finish())?.succeeded != true)
    }

    @Test("It is ended from our side, and nothing stays over there")
    func terminated() async throws {
      let stream = try await start(
        "echo $$ >\(server.folder)/mine; cat >/dev/null", on: server)
      await eventually { (try? server.text("mine"))?.hasSuffix("\n") == true }
      let process = try server.text("mine").trimmingCharacters(in: .newlines)
      await stream.terminate()
      await #expect(throws: HostError.self) { try await stream.finish() }
      close(stream.handle.raw)
      #expect(await eventually { !FileManager.default.fileExists(atPath: "/proc/\(process)") })
    }

    @Test("A head that reads more than it is asked for is found out, and one connection does it")
    func greedyHead() async throws {
      let server = try TestServer()
      try server.write("bin/head", "#!/bin/sh\nexec cat\n")
      chmod("\(server.folder)/bin/head", 0o755)
      let stream = try await start("cat > \(server.folder)/got", on: server)
      #expect(!(stream is StripedStream))
      await Bytes.write(Streams.pattern, to: stream.handle.raw)
      #expect(try await stream.finish().succeeded)
      #expect(got(server) == Streams.pattern)
    }

    @Test("What was made for connections that never came is cleared away, and who waits is let go")
    func cleared() async throws {
      let token = UInt64.random(in: .min ... .max)
      let lines = StripeLines(count: 3, token: token)
      let host = SSHHost(server.connection, keyPath: server.key)
      let folder = "/tmp/zferry-" + String(token, radix: 16)
      #expect(try await host.run(line: lines.prepare).succeeded)
      #expect(FileManager.default.fileExists(atPath: folder))
      // The same again is refused: somebody else may have made it.
      #expect(try await host.run(line: lines.prepare).exit == .status(1))
      let session = SSHHost(server.connection, keyPath: server.key)
      let waiting = Task { try await session.run(line: lines.carry(1, .receiving)) }
      try await Task.sleep(for: .milliseconds(200))
      #expect(try await host.run(line: lines.clear).succeeded)
      _ = try await waiting.value
      #expect(!FileManager.default.fileExists(atPath: folder))
    }
  }
}

@Suite("How many connections share a stream")
struct StripeCountTests {
  @Test("As many as fill the line, where it is long and the stream large")
  func automatic() {
    #expect(StripeLines.count(nil, roundTrip: 0.15, bytes: 1 << 30) == 8)
    #expect(StripeLines.count(nil, roundTrip: 0.05, bytes: 1 << 30) == 4)
    #expect(StripeLines.count(nil, roundTrip: 0.05, bytes: 1 << 30, sharers: 2) == 2)
    #expect(StripeLines.count(nil, roundTrip: 0.05, bytes: 1 << 30, sharers: 4) == nil)
    #expect(StripeLines.count(8, roundTrip: 0.05, bytes: 1 << 30, sharers: 4) == 8)
    #expect(StripeLines.count(nil, roundTrip: 0.001, bytes: 1 << 30) == nil)
    #expect(StripeLines.count(nil, roundTrip: 0.15, bytes: 1 << 20) == nil)
    #expect(StripeLines.count(nil, roundTrip: 0.15, bytes: nil) == nil)
    #expect(StripeLines.count(nil, roundTrip: nil, bytes: 1 << 30) == nil)
  }

  @Test("Or as many as a person asks for")
  func asked() {
    #expect(StripeLines.count(1, roundTrip: 0.15, bytes: 1 << 30) == nil)
    #expect(StripeLines.count(3, roundTrip: 0.001, bytes: nil) == 3)
    #expect(StripeLines.count(3, roundTrip: 0.001, bytes: 1_000) == nil)
    #expect(StripeLines(count: 99).count == StripeLines.most)
  }

  @Test("The size of a stream is worth a question only where it can make a difference")
  func sizes() {
    func host(_ streams: Int?) -> SSHHost {
      SSHHost(Connection(), keyPath: "/nonexistent", streams: streams)
    }
    #expect(host(3).wantsSize(StreamOutlook()))
    #expect(!host(1).wantsSize(StreamOutlook()))
    #expect(!host(nil).wantsSize(StreamOutlook()), "nobody knows yet how long the line is")
    #expect(host(nil).wantsSize(StreamOutlook(connections: 4)), "a task may ask for several")
    #expect(!host(3).wantsSize(StreamOutlook(connections: 1)), "or for one")
  }
}
