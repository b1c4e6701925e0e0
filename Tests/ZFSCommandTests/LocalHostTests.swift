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
    _ send: String, _ receive: String, limit: SpeedLimit? = nil, stallSeconds: Double = 300,
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
      "send", "receive", limit: SpeedLimit(bytesPerSecond: 1_000_000), tool: tool)
    #expect(copy == PumpResult(bytes: 300_000, end: .endOfStream))
    #expect(tool.text("got") == "300000\n")
  }

  @Test("Many streams leave no descriptor behind")
  func descriptors() async throws {
    let tool = try FakeTool("case $1 in send) echo x;; receive) cat >/dev/null;; esac")
    _ = try await stream("send", "receive", tool: tool)
    let before = openDescriptors()
    for _ in 0..<60 { _ = try await stream("send", "receive", tool: tool) }
    #expect(openDescriptors() <= before + 3)
  }
}

/// What a command printed so far.
private final class Heard: Sendable {
  private let all = Mutex<[UInt8]>([])
  var bytes: [UInt8] { all.withLock { $0 } }
  func take(_ piece: ArraySlice<UInt8>) { all.withLock { $0 += piece } }
}
