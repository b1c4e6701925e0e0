import Glibc
import ReplicationEngine
import ReplicationModel
import Synchronization
import Testing
import ZFSCommand

@Suite("Local commands")
struct LocalHostTests {
  @Test("Output, errors and status come back as they are")
  func result() async throws {
    let tool = try FakeTool("printf 'a\\tb\\n'; printf 'oops' >&2; exit 3")
    let result = try await LocalHost(searchPath: tool.folder).run(.zfs("list"))
    #expect(result.output == Array("a\tb\n".utf8))
    #expect(result.errors == "oops")
    #expect(result.exit == .status(3))
    #expect(!result.succeeded)
  }

  @Test("Output that is read as it comes is the same, with its errors and its status")
  func streamed() async throws {
    let tool = try FakeTool(
      "head -c 3000000 /dev/zero | tr '\\0' y; printf end; printf oops >&2; exit 3")
    let heard = Heard()
    let result = try await LocalHost(searchPath: tool.folder).run(.zfs("list")) { heard.take($0) }
    #expect(heard.bytes.count == 3_000_003)
    #expect(heard.bytes.suffix(4) == Array("yend".utf8)[...])
    #expect(result.output.isEmpty)
    #expect(result.errors == "oops")
    #expect(result.exit == .status(3))
  }

  @Test("A command that is read as it comes ends with the task that asked")
  func streamCancelled() async throws {
    let tool = try FakeTool("echo begun; exec sleep 100")
    let heard = Heard()
    let run = Task {
      try await LocalHost(searchPath: tool.folder).run(.zfs()) { heard.take($0) }
    }
    while heard.bytes.isEmpty { try await Task.sleep(for: .milliseconds(5)) }
    run.cancel()
    let error = await #expect(throws: HostError.self) { try await run.value }
    #expect(error?.code == .cancelled)
  }

  @Test("Arguments arrive byte for byte, whatever is in them")
  func arguments() async throws {
    let tool = try FakeTool("for a in \"$@\"; do printf '<%s>' \"$a\"; done")
    let hostile = [
      "a b", "it's", "$(id)", "\"x\"", "new\nline", "", "*", "\\", "ü", "--help", "`id`",
    ]
    let result = try await LocalHost(searchPath: tool.folder).run(.zfs(hostile))
    let expected = hostile.map { "<\($0)>" }.joined()
    #expect(String(decoding: result.output, as: UTF8.self) == expected)
  }

  @Test("A sender that has ended is at its end, though its receiver has gone already")
  func receiverGoesFirst() async {
    var (sender, receiver): ([CInt], [CInt]) = ([0, 0], [0, 0])
    pipe(&sender)
    pipe(&receiver)
    close(sender[1])
    close(receiver[0])
    let result = await FilePump().pump(
      from: StreamHandle(sender[0]), to: StreamHandle(receiver[1]), limit: SpeedDial(),
      onBytes: { _ in })
    #expect(result.end == .endOfStream && result.bytes == 0)
  }

  @Test("A signal is a signal")
  func signal() async throws {
    let tool = try FakeTool("kill -9 $$")
    #expect(try await LocalHost(searchPath: tool.folder).run(.zfs()).exit == .signal(SIGKILL))
  }

  @Test("A host without zfs says so")
  func missing() async throws {
    let error = try await #require(throws: HostError.self) {
      try await LocalHost(searchPath: "/nowhere").run(Command("zfs-that-is-not-there", []))
    }
    #expect(error.code == .zfsMissing)
  }

  @Test("Errors are cut where nobody reads on, and much of them blocks nothing")
  func longErrors() async throws {
    let tool = try FakeTool("head -c 3000000 /dev/zero | tr '\\0' x >&2; echo done")
    let result = try await LocalHost(searchPath: tool.folder).run(.zfs())
    #expect(result.succeeded)
    #expect(result.errors.utf8.count == 64 << 10)
  }

  @Test("Commands speak the language that is understood, and own no terminal")
  func environment() async throws {
    let tool = try FakeTool(
      "echo $LC_ALL; ps -o sid= -p $$ | tr -d ' '; echo $$; read x || echo closed")
    let host = LocalHost(searchPath: tool.folder, environment: ["LC_ALL": "de_DE.UTF-8"])
    let lines = String(decoding: try await host.run(.zfs()).output, as: UTF8.self)
      .split(separator: "\n")
    #expect(lines.first == "C")
    #expect(lines[1] == lines[2], "the command leads a session of its own")
    #expect(lines.last == "closed")
  }
}

@Suite("Streams between processes")
struct StreamTests {
  /// Sends 40 MB of a known pattern; receives into a file and counts it.
  static let script = """
    case $1 in
      send) seq 1 6000000 | head -c 40000000;;
      endless) exec cat /dev/zero;;
      die) seq 1 100000; kill -9 $$;;
      receive) cat > "$(dirname "$0")/got";;
      refuse) echo 'cannot receive: out of space' >&2; exit 1;;
      sleep) exec sleep 60;;
    esac
    """

  func stream(
    _ send: String, _ receive: String, limit: SpeedDial = SpeedDial(), stallSeconds: Double = 300,
    tool: FakeTool
  ) async throws -> (PumpResult, CommandResult, CommandResult) {
    let host = LocalHost(searchPath: tool.folder)
    let receiver = try await host.startReceiving(.zfs(receive))
    let sender = try await host.startSending(.zfs(send))
    let copy = await FilePump(stallSeconds: stallSeconds)
      .pump(from: sender.handle, to: receiver.handle, limit: limit) { _ in }
    if copy.end != .endOfStream {
      await sender.terminate()
      await receiver.terminate()
    }
    return (copy, try await sender.finish(), try await receiver.finish())
  }

  @Test("Every byte arrives, and is counted")
  func whole() async throws {
    let tool = try FakeTool(Self.script)
    let (copy, sent, received) = try await stream("send", "receive", tool: tool)
    #expect(copy == PumpResult(bytes: 40_000_000, end: .endOfStream))
    #expect(sent.succeeded)
    #expect(received.succeeded)
    let got = tool.text("got") ?? ""
    #expect(got.utf8.count == 40_000_000)
    #expect(got.hasPrefix("1\n2\n3\n"))
  }

  @Test("A receiver that refuses breaks the pipe, and its words come back")
  func refused() async throws {
    let tool = try FakeTool(Self.script)
    let (copy, _, received) = try await stream("endless", "refuse", tool: tool)
    #expect(copy.end == .brokenPipe)
    #expect(received.errors.contains("out of space"))
    #expect(received.exit == .status(1))
  }

  @Test("A sender that is killed ends the stream, and its signal is told")
  func killed() async throws {
    let tool = try FakeTool(Self.script)
    let (copy, sent, received) = try await stream("die", "receive", tool: tool)
    #expect(copy.end == .endOfStream)
    #expect(sent.exit == .signal(SIGKILL))
    #expect(received.succeeded)
  }

  @Test("A stream that does not move is told from one that ends")
  func stalled() async throws {
    let tool = try FakeTool(Self.script)
    let (copy, _, _) = try await stream("sleep", "receive", stallSeconds: 0.2, tool: tool)
    #expect(copy.end == .stalled)
  }

  @Test("Cancelling stops the copy, and both processes can be ended")
  func cancelled() async throws {
    let tool = try FakeTool(Self.script)
    let running = Task { try await stream("endless", "sleep", tool: tool) }
    try await Task.sleep(for: .milliseconds(200))
    running.cancel()
    let (copy, sent, received) = try await running.value
    #expect(copy.end == .cancelled)
    #expect(!sent.succeeded)
    #expect(!received.succeeded)
  }

  @Test("A limit holds the stream back without losing any of it")
  func limited() async throws {
    let tool = try FakeTool(
      "case $1 in send) head -c 300000 /dev/zero;; receive) wc -c > \"$(dirname \"$0\")/got\";; esac"
    )
    let (copy, _, _) = try await stream(
      "send", "receive", limit: SpeedDial(SpeedLimit(bytesPerSecond: 1_000_000)), tool: tool)
    #expect(copy == PumpResult(bytes: 300_000, end: .endOfStream))
    #expect(tool.text("got") == "300000\n")
  }

  /// Sends a known pattern through a packer, and receives it through its counterpart.
  func packed(_ send: String, _ receive: String, _ packer: Packer, tool: FakeTool) async throws -> (
    copy: PumpResult, sent: CommandResult, received: CommandResult, counts: [UInt64?]
  ) {
    let host = LocalHost(searchPath: tool.folder)
    var (from, to) = (Command.zfs(send), Command.zfs(receive))
    from.filter = packer.packing
    to.filter = packer.unpacking
    let receiver = try await host.startReceiving(to)
    let sender = try await host.startSending(from)
    let copy = await FilePump().pump(from: sender.handle, to: receiver.handle, limit: SpeedDial()) {
      _ in
    }
    if copy.end != .endOfStream { await sender.terminate() }
    let received = try await receiver.finish()
    return (copy, try await sender.finish(), received, [sender.unpacked, receiver.unpacked])
  }

  /// The packers of this machine; `.ci/run` installs two.
  static let packers = [Packer(.zstd, level: 3), Packer(.lz4, level: 1), Packer(.pigz, level: 6)]
    .filter { access("/usr/bin/\($0.program.rawValue)", X_OK) == 0 }

  @Test("Packed, every byte arrives, and both sizes are counted", arguments: packers)
  func packed(packer: Packer) async throws {
    let tool = try FakeTool(Self.script)
    let ended = try await packed("send", "receive", packer, tool: tool)
    #expect(ended.copy.end == .endOfStream)
    #expect(ended.copy.bytes < 30_000_000)
    #expect(ended.counts == [40_000_000, 40_000_000])
    #expect(ended.sent.succeeded && ended.sent.filter == .status(0))
    #expect(ended.received.succeeded && ended.received.filter == .status(0))
    #expect(tool.text("got")?.utf8.count == 40_000_000)
  }

  @Test("Of a packed stream each program's end is told, whichever it is that fails")
  func packedEnds() async throws {
    let tool = try FakeTool(Self.script)
    func plant(_ script: String) throws {
      try tool.plant("pigz", "case \"$*\" in *-d*) \(script) ;; *) exec cat ;; esac")
    }
    let pigz = Packer(.pigz, level: 6)
    try plant("exec cat")
    let died = try await packed("die", "receive", pigz, tool: tool)
    #expect(died.sent.exit == .signal(SIGKILL) && died.sent.filter == .status(0))
    #expect(!died.sent.succeeded && died.received.succeeded)
    try plant("head -c 1000; echo 'no end' >&2; exit 4")
    let short = try await packed("send", "receive", pigz, tool: tool)
    #expect(short.received.exit == .status(0) && short.received.filter == .status(4))
    #expect(!short.received.succeeded && short.received.errors == "no end\n")
    try plant("exec cat")
    let refused = try await packed("endless", "refuse", pigz, tool: tool)
    #expect(refused.copy.end == .brokenPipe)
    #expect(refused.received.exit == .status(1) && refused.received.errors.contains("out of space"))
    #expect(refused.received.filter != .status(0) && !refused.sent.succeeded)
    try tool.plant("pigz", "echo 'cannot pack' >&2; exit 5")
    let unpacked = try await packed("endless", "receive", pigz, tool: tool)
    #expect(unpacked.sent.filter == .status(5) && !unpacked.sent.succeeded)
    #expect(unpacked.sent.errors.contains("cannot pack"))
  }

  @Test("The beginning of a stream is taken, and a packer beside a reader tells how small it gets")
  func sample() async throws {
    let tool = try FakeTool(Self.script)
    try tool.plant("pigz", "head -c 1000")
    let host = LocalHost(searchPath: tool.folder)
    let pump = FilePump()
    let sender = try await host.startSending(.zfs("endless"))
    let sample = await pump.take(from: sender.handle, most: 1_000_000, seconds: 30)
    await sender.terminate()
    #expect(try await !sender.finish().succeeded)
    #expect(sample.bytes.count == 1_000_000)
    // Not as arrays: of two that differ the test library would look for the differences for an hour.
    #expect(sample.bytes.allSatisfy { $0 == 0 })
    let short = try await host.startSending(.zfs("short"))
    #expect(await pump.take(from: short.handle, most: 1_000_000, seconds: 30).bytes.isEmpty)
    #expect(try await short.finish().succeeded)

    var command = Command("wc", ["-c"])
    command.filter = Command.Filter(.pigz, ["-6"], .before)
    let reader = try await host.startReceiving(command)
    let given = await pump.give(Array(sample.bytes.prefix(1_000)), to: reader.handle, seconds: 30)
    #expect(given == 1_000)
    #expect(try await reader.finish().succeeded && reader.unpacked == 1_000)
    let asleep = try await host.startReceiving(.zfs("sleep"))
    let big = [UInt8](repeating: 1, count: 4 << 20)
    #expect(await pump.give(big, to: asleep.handle, seconds: 0.2) < big.count)
    await asleep.terminate()
    #expect(try await !asleep.finish().succeeded)
  }

  @Test("A packer that is not there is said to be missing, before anything starts")
  func noPacker() async throws {
    let tool = try FakeTool("touch \"$(dirname \"$0\")/started\"")
    guard access("/usr/bin/plzip", X_OK) != 0 else { return }
    var command = Command.zfs("send")
    command.filter = Packer(.plzip, level: 6).packing
    let host = LocalHost(searchPath: tool.folder)
    let error = try await #require(throws: HostError.self) { try await host.startSending(command) }
    #expect(error.code == .packerMissing && error.detail == "plzip" && !error.isTransient)
    #expect(tool.text("started") == nil)
  }

  @Test("Many streams leave no descriptor behind")
  func descriptors() async throws {
    let tool = try FakeTool("case $1 in send) echo x;; receive) cat >/dev/null;; esac")
    _ = try await stream("send", "receive", tool: tool)
    let before = openDescriptors()
    for _ in 0..<60 { _ = try await stream("send", "receive", tool: tool) }
    try tool.plant("pigz", "exec cat")
    for _ in 0..<20 {
      _ = try await packed("send", "receive", Packer(.pigz, level: 1), tool: tool)
    }
    #expect(openDescriptors() <= before + 3)
  }
}

/// What a command printed so far.
private final class Heard: Sendable {
  private let all = Mutex<[UInt8]>([])
  var bytes: [UInt8] { all.withLock { $0 } }
  func take(_ piece: ArraySlice<UInt8>) { all.withLock { $0 += piece } }
}
