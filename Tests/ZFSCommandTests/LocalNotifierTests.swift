import Foundation
import Glibc
import Loopback
import ReplicationEngine
import ReplicationModel
import Testing
import ZFSCommand

@Suite("Programs that tell people", .timeLimit(.minutes(1)))
struct LocalNotifierTests {
  func deliver(
    _ script: String, arguments: [String] = [], environment: [String: String] = [:],
    input: String = "", secret: Secret? = nil, limit: Int = 20
  ) async throws -> (trouble: String?, tool: FakeTool) {
    let tool = try FakeTool(script)
    let trouble = await LocalNotifier(searchPath: tool.folder, limitSeconds: limit).deliver(
      Delivery(
        way: "command", program: "\(tool.folder)/zfs", arguments: arguments,
        environment: environment, input: input, secret: secret))
    return (trouble, tool)
  }

  @Test("Words, environment and input arrive byte for byte")
  func arrives() async throws {
    let hostile = ["a b", "$(id)", "`id`", "--help", "", "new\nline"]
    let (trouble, tool) = try await deliver(
      #"cat > "${0%/*}/in"; printf '%s' "$ZFERRY_TASK" > "${0%/*}/env"; for a in "$@"; do printf '<%s>' "$a"; done > "${0%/*}/args""#,
      arguments: hostile, environment: ["ZFERRY_TASK": "x'; rm -rf / #\0y"], input: "{}\nü")
    #expect(trouble == nil)
    #expect(tool.text("in") == "{}\nü")
    #expect(tool.text("env") == "x'; rm -rf / #y")
    #expect(tool.text("args") == hostile.map { "<\($0)>" }.joined())
  }

  @Test("A failure is told with what was said, but for the secret")
  func fails() async throws {
    let secret = "https://hc.example/very-secret"
    let (trouble, _) = try await deliver(
      "echo \"cannot reach \(secret)/fail\" >&2; exit 7", secret: Secret(secret))
    #expect(trouble == "it ended with 7: cannot reach …/fail")
    let missing = await LocalNotifier().deliver(
      Delivery(way: "command", program: "/nowhere/at-all", input: ""))
    #expect(missing == "/nowhere/at-all cannot be started")
    let (killed, _) = try await deliver("kill -9 $$")
    #expect(killed?.contains("signal 9") == true)
  }

  @Test(
    "One that hangs is ended with all it has started, and one that reads nothing is none the worse")
  func hangs() async throws {
    let (trouble, tool) = try await deliver(
      "(trap '' TERM; sleep 300) & echo $! > \"${0%/*}/child\"; sleep 300", limit: 1)
    #expect(trouble == "it took longer than 1 seconds, and was ended")
    let child = try #require(Int32(tool.text("child")?.dropLast() ?? ""))
    // Its end is not ours to hear of; on a loaded machine it takes its time.
    #expect(await eventually { kill(child, 0) != 0 })
    let (deaf, _) = try await deliver(
      "exit 0", input: String(repeating: "x", count: 1 << 20))
    #expect(deaf == nil)
  }

  @Test("A child that lives on with the outputs open keeps nobody waiting")
  func leavesChild() async throws {
    let (trouble, tool) = try await deliver("sleep 300 & echo $! > \"${0%/*}/child\"; echo done")
    #expect(trouble == nil)
    if let child = Int32(tool.text("child")?.dropLast() ?? "") { kill(child, SIGKILL) }
  }

  @Test("Names are looked for in PATH first")
  func path() async throws {
    let tool = try FakeTool("exit 0")
    try FileManager.default.copyItem(
      atPath: "\(tool.folder)/zfs", toPath: "\(tool.folder)/sendmail")
    let trouble = await LocalNotifier(searchPath: tool.folder).deliver(
      Delivery(way: "mail", program: "sendmail", input: "To: a@b\n"))
    #expect(trouble == nil)
    #expect(!LocalNotifier().hostName.isEmpty)
  }
}
