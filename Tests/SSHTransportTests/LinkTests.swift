import Foundation
import Glibc
import Loopback
import ReplicationEngine
import ReplicationModel
import ReplicationPlanner
import Testing

@testable import SSHTransport

extension SSHTests {
  @Suite("Connections beside SSH")
  struct Links {
    static let pattern = Bytes.pattern(16 << 20)

    static let ways = LinkBench.tools.flatMap { tool in
      (tool.listens ? TaskDraft.Side.allCases : [.local]).map { (tool, $0) }
    }

    @Test(
      "Each program carries a push and a pull byte for byte, and leaves nobody", arguments: ways)
    func whole(tool: LinkBench.Tool, listener: TaskDraft.Side) async throws {
      let bench = try LinkBench(tool)
      let netcat = Netcat(listener: listener)
      let push = try await bench.host.startReceiving(
        bench.receiving("cat > \(bench.bin)/got; echo warned >&2", netcat))
      await Bytes.write(Self.pattern, to: push.handle.raw)
      let received = try await push.finish()
      #expect(received.succeeded && received.errors.contains("warned\n"), "\(received)")
      #expect(received.turnedAway.isEmpty)
      #expect(FileManager.default.contents(atPath: "\(bench.bin)/got") == Self.pattern)

      let pull = try await bench.host.startSending(
        bench.sending("cat \(bench.bin)/got; echo w >&2; exit 4", netcat))
      #expect(await Bytes.read(pull.handle.raw) == Self.pattern)
      let sent = try await pull.finish()
      #expect(sent.exit == .status(4) && sent.errors.contains("w\n"), "\(sent)")
      #expect(await bench.isQuiet(), "\(bench.processes)")
    }

    @Test("A stream that is empty, and a command that reads nothing, end as over SSH")
    func small() async throws {
      let bench = try LinkBench(LinkBench.tools.first)
      let netcat = Netcat(listener: .local)
      let empty = try await bench.host.startReceiving(bench.receiving("head -c 9", netcat))
      await Bytes.write(Data(), to: empty.handle.raw)
      #expect(try await empty.finish().succeeded)
      let deaf = try await bench.host.startReceiving(
        bench.receiving("echo 'out of space' >&2; exit 1", netcat))
      await Bytes.write(Self.pattern, to: deaf.handle.raw)
      let result = try await deaf.finish()
      #expect(result.exit == .status(1) && result.errors.contains("out of space"))
      #expect(await bench.isQuiet(), "\(bench.processes)")
    }

    @Test("What is in a list of arguments is the same for every stream: no token, no address")
    func constant() {
      let one = LinkBench.command("x", Netcat(listener: .local), .before)
      let other = LinkBench.command(
        "x", Netcat(listener: .local, ports: 7...8, connectAddress: "nas"), .before)
      #expect(RemoteLine.text(one, sudo: false) == RemoteLine.text(other, sudo: false))
      let (a, b) = (LinkToken(), LinkToken())
      #expect(a.text != b.text && a.text.utf8.count == 64)
      #expect(a.isSaid(by: a.line) && !a.isSaid(by: b.line))
      #expect(!a.isSaid(by: Array(a.line.dropLast())) && !a.isSaid(by: a.line + [10]))
    }

    /// A program that begins only when the test says so.
    func slow(_ tool: LinkBench.Tool, _ bench: LinkBench) throws {
      try LinkBench.plant(
        "\(bench.bin)/\(tool.name)",
        "#!/bin/sh\n[ \"$1\" = -h ] || while [ ! -e \(bench.bin)/begin ]; do sleep 0.05; done\n"
          + "exec \(tool.path) \"$@\"\n")
    }

    @Test(
      "must_not_B23: strangers that come first are turned away and told; the peer still gets in")
    func must_not_B23() async throws {
      let tool = try #require(LinkBench.netcat)
      let bench = try LinkBench(tool)
      try slow(tool, bench)
      let port = Loopback.freePort()
      let netcat = Netcat(listener: .local, listenAddress: "127.0.0.1", ports: port...port)
      let command = bench.receiving("cat > \(bench.bin)/got", netcat)
      let host = bench.host
      async let stream = host.startReceiving(command)
      let strangers = (0..<3).map { _ in LinkBench.caller(at: port) }
      let lies = Array((String(repeating: "0", count: 64) + "\nzfs stream").utf8)
      write(strangers[1], lies, lies.count)
      shutdown(strangers[2], Int32(SHUT_WR))
      // Nobody gets a byte of it: the liar and the one who hung up are closed, the silent one waits.
      var byte: UInt8 = 0
      #expect(recv(strangers[1], &byte, 1, 0) <= 0 && recv(strangers[2], &byte, 1, 0) <= 0)
      try LinkBench.plant("\(bench.bin)/begin", "")
      let begun = try await stream
      #expect(recv(strangers[0], &byte, 1, 0) <= 0)
      for stranger in strangers { close(stranger) }
      await Bytes.write(Self.pattern, to: begun.handle.raw)
      let result = try await begun.finish()
      #expect(result.succeeded && result.turnedAway == ["127.0.0.1"], "\(result)")
      #expect(FileManager.default.contents(atPath: "\(bench.bin)/got") == Self.pattern)
      #expect(!Loopback.answers(port))
      #expect(await bench.isQuiet(), "\(bench.processes)")
    }

    @Test(
      "must_not_B17: where the other side listens, who came first gets nothing, and gives nothing")
    func must_not_B17() async throws {
      let tool = try #require(LinkBench.netcat)
      let bench = try LinkBench(tool)
      // Somebody else answers at the first port, with a token that is none, and a stream.
      try LinkBench.plant(
        "\(bench.bin)/nc",
        "#!/bin/sh\nif [ \"$1\" = -h ] || ! mkdir \(bench.bin)/once 2>/dev/null; then "
          + "exec \(tool.path) \"$@\"; fi\n"
          + "{ head -c 100 /dev/zero; sleep 1; } | \(tool.path) \"$@\"\n")
      let stream = try await bench.host.startReceiving(
        bench.receiving("cat > \(bench.bin)/got", Netcat(listener: .remote)))
      await Bytes.write(Data("right".utf8), to: stream.handle.raw)
      let result = try await stream.finish()
      #expect(result.succeeded && result.turnedAway.count == 1, "\(result)")
      #expect(FileManager.default.contents(atPath: "\(bench.bin)/got") == Data("right".utf8))
    }

    @Test(
      "Behind a router that takes calls before anyone listens, the peer is called until it answers")
    func forwarded() async throws {
      let bench = try LinkBench(try #require(LinkBench.netcat))
      try slow(try #require(LinkBench.netcat), bench)
      let port = Loopback.freePort()
      let router = Process()
      router.executableURL = URL(filePath: "/usr/bin/socat")
      router.arguments = [
        "TCP-LISTEN:\(port),bind=127.0.0.1,fork,reuseaddr", "TCP:127.0.0.2:\(port)",
      ]
      try router.runAside()
      defer { router.terminate() }
      let netcat = Netcat(
        listener: .remote, listenAddress: "127.0.0.2", ports: port...port,
        connectAddress: "127.0.0.1")
      let (host, command) = (bench.host, bench.receiving("cat > \(bench.bin)/got", netcat))
      async let begun = host.startReceiving(command)
      await eventually { Loopback.answers(port) && !bench.processes.isEmpty }
      try await Task.sleep(for: .milliseconds(300))
      try LinkBench.plant("\(bench.bin)/begin", "")
      let stream = try await begun
      await Bytes.write(Data("right".utf8), to: stream.handle.raw)
      let result = try await stream.finish()
      #expect(result.succeeded && result.turnedAway.isEmpty, "\(result)")
      #expect(FileManager.default.contents(atPath: "\(bench.bin)/got") == Data("right".utf8))
      #expect(await bench.isQuiet(), "\(bench.processes)")
    }

    @Test(
      "Given up before anything has come, a line leaves nobody", arguments: TaskDraft.Side.allCases)
    func givenUp(listener: TaskDraft.Side) async throws {
      let bench = try LinkBench(try #require(LinkBench.netcat))
      let line = RemoteLine.text(
        bench.receiving("touch \(bench.bin)/ran", Netcat(listener: listener)), sudo: false)
      // Nobody says `go`: the line ends while all that it asked for begins.
      for _ in 0..<20 {
        let control = LinkControl(
          try await bench.host.builtIn(line, .receiving, nil), label: bench.host.label)
        control.say("token \(LinkToken.name) 127.0.0.1 \(Loopback.freePort())\n")
        await control.terminate()
        _ = try? await control.finish()
      }
      #expect(await bench.isQuiet(), "\(bench.processes)")
      #expect(access("\(bench.bin)/ran", F_OK) != 0)
    }

    @Test("A connection that fails over there is told at once, in the words of its program")
    func refused() async throws {
      let bench = try LinkBench(LinkBench.tools.first)
      let netcat = Netcat(
        listener: .local, listenAddress: "127.0.0.1", connectAddress: "127.0.0.9")
      let error = try await #require(throws: HostError.self) {
        try await bench.host.startSending(bench.sending("touch \(bench.bin)/ran", netcat))
      }
      #expect(error.code == .linkFailed && error.detail.contains("efused"), "\(error)")
      #expect(error.isTransient)
      #expect(access("\(bench.bin)/ran", F_OK) != 0)
      #expect(await bench.isQuiet(), "\(bench.processes)")
    }

    @Test("Without any program for it, that is said, and no command runs")
    func missing() async throws {
      let bench = try LinkBench(nil)
      for listener in TaskDraft.Side.allCases {
        let error = try await #require(throws: HostError.self) {
          try await bench.host.startReceiving(
            bench.receiving("touch \(bench.bin)/ran", Netcat(listener: listener)))
        }
        #expect(error.code == .linkTool && !error.isTransient, "\(error)")
      }
      #expect(access("\(bench.bin)/ran", F_OK) != 0)
    }

    @Test(
      "Cancelled while nobody comes: both ends are gone, and the port",
      arguments: TaskDraft.Side.allCases)
    func cancelled(listener: TaskDraft.Side) async throws {
      let tool = try #require(LinkBench.netcat)
      let bench = try LinkBench(tool)
      try slow(tool, bench)
      let port = Loopback.freePort()
      let netcat = Netcat(listener: listener, ports: port...port)
      let (host, command) = (bench.host, bench.sending("touch \(bench.bin)/ran", netcat))
      let work = Task { try await host.startSending(command) }
      await eventually { !bench.processes.isEmpty }
      work.cancel()
      let error = await #expect(throws: HostError.self) { try await work.value }
      #expect(error?.code == .cancelled)
      #expect(!Loopback.answers(port))
      try LinkBench.plant("\(bench.bin)/begin", "")
      #expect(await bench.isQuiet(), "\(bench.processes)")
      #expect(access("\(bench.bin)/ran", F_OK) != 0)
    }

    @Test(
      "Ended in the middle, or cut off, a stream leaves nobody", arguments: [true, false], ways)
    func ended(cut: Bool, way: (LinkBench.Tool, TaskDraft.Side)) async throws {
      let bench = try LinkBench(way.0)
      let netcat = Netcat(listener: way.1)
      let push = try await bench.host.startReceiving(
        bench.receiving("cat > \(bench.bin)/got", netcat))
      let pull = try await bench.host.startSending(bench.sending("cat /dev/zero", netcat))
      async let some = Bytes.read(pull.handle.raw, limit: 1 << 20, keeping: 0)
      // Its writer has nothing more to say for now; the receiver waits.
      let bytes = Array("beginning".utf8)
      write(push.handle.raw, bytes, bytes.count)
      await eventually { FileManager.default.contents(atPath: "\(bench.bin)/got")?.count == 9 }
      _ = await some
      if cut {
        try bench.server.killSessions()
      } else {
        await push.terminate()
        await pull.terminate()
      }
      await #expect(throws: HostError.self) { try await push.finish() }
      // Nobody read it any more: it may have ended before that.
      _ = try? await pull.finish()
      close(push.handle.raw)
      #expect(await bench.isQuiet(), "\(bench.processes)")
    }

    @Test("Ports that are all taken are named; a crowd keeps nobody out")
    func doorway() throws {
      let first = try Doorway(address: nil, ports: nil)
      let error = #expect(throws: HostError.self) {
        try Doorway(address: nil, ports: first.port...first.port)
      }
      #expect(error?.code == .linkPort)
      #expect(
        error?.detail.hasPrefix("port \(first.port): ") == true, "\(String(describing: error))")
      let other = #expect(throws: HostError.self) {
        try Doorway(address: "no.such.name.invalid", ports: nil)
      }
      #expect(other?.code == .linkPort)
      let stop = StopSignal()
      #expect(first.peer(with: LinkToken(), until: Deadline(seconds: 0.05), stop) == nil)
      // A crowd does not keep the right one out: the oldest of it goes.
      let token = LinkToken()
      let callers = Thread { [port = first.port] in
        let crowd = (0..<80).map { _ in LinkBench.caller(at: port) }
        let right = LinkBench.caller(at: port)
        for byte in token.line { [byte].withUnsafeBytes { _ = write(right, $0.baseAddress, 1) } }
        for caller in crowd + [right] { close(caller) }
      }
      callers.start()
      let peer = try #require(first.peer(with: token, until: Deadline(seconds: 60), stop))
      close(peer)
      #expect(first.turnedAway.count == 1)
      stop.raise()
      #expect(first.peer(with: LinkToken(), until: Deadline(seconds: 60), stop) == nil)
    }

    @Test(
      "A key that is confined to a task carries its streams, and no other's",
      arguments: TaskDraft.Side.allCases)
    func confined(listener: TaskDraft.Side) async throws {
      let bench = try LinkBench(try #require(LinkBench.netcat))
      for name in ["grep", "sed"] { symlink("/bin/\(name)", "\(bench.bin)/\(name)") }
      try LinkBench.plant(
        "\(bench.bin)/zfs",
        "#!/bin/sh\ncase $1 in receive) cat > \(bench.bin)/got;; *) cat \(bench.bin)/got;; esac\n")
      let netcat = Netcat(listener: listener)
      let request = ReplicationRequest(
        task: "net", sources: [DatasetName(trusted: "tank/b")],
        target: DatasetName(trusted: "bk/a"),
        netcat: netcat)
      let patterns =
        TaskCommands.patterns(request, .target) + TaskCommands.patterns(request, .source)
      let script = ForcedCommand.confinement(of: "", to: "net", patterns, sudo: false).script
      try script.write(toFile: "\(bench.bin)/confined", atomically: true, encoding: .utf8)
      try bench.server.write(
        "authorized_keys",
        "restrict,command=\"/bin/sh \(bench.bin)/confined\" \(try bench.server.text("client.pub"))")
      var receive = Command.zfs("receive", "-s", "-u", "bk/a")
      receive.link = Command.Link(netcat, .before)
      let push = try await bench.host.startReceiving(receive)
      await Bytes.write(Self.pattern, to: push.handle.raw)
      #expect(try await push.finish().succeeded)
      var send = Command.zfs("send", "-p", "tank/b@s")
      send.link = Command.Link(netcat, .after)
      let pull = try await bench.host.startSending(send)
      #expect(await Bytes.read(pull.handle.raw) == Self.pattern)
      #expect(try await pull.finish().succeeded)
      send.arguments[2] = "tank/other@s"
      let error = try await #require(throws: HostError.self) {
        try await bench.host.startSending(send)
      }
      #expect(error.detail.contains("permission denied"), "\(error)")
    }
  }
}
