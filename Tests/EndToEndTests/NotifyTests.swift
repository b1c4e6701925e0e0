import Foundation
import Testing

/// Who is told, with the shipped program, and fakes of `sendmail` and `curl` in a PATH of the test's own.
@Suite struct NotifyTests {
  /// A push within this host that tells all there is to tell.
  private func ground(_ notify: String, sendmail: String = "cat > \"$OUT/mail\"") throws -> Ground {
    let ground = try Ground()
    try ground.worlds()
    try ground.zfs(ground.here, "create", "second", tool: "zpool")
    try FileManager.default.createDirectory(
      atPath: "\(ground.folder)/out", withIntermediateDirectories: true)
    try ground.script("sendmail", sendmail)
    try ground.script("curl", "echo \"$@\" > \"$OUT/argv\"; cat > \"$OUT/curl\"")
    try ground.script(
      "tell", "env > \"$OUT/env\"; cat > \"$OUT/json\"; echo \"$@\" > \"$OUT/words\"")
    try ground.local(notify)
    return ground
  }

  private func run(_ ground: Ground, _ words: String...) throws -> Ended {
    try ground.start(words, setting: ["OUT": "\(ground.folder)/out"]).wait()
  }

  private func out(_ ground: Ground, _ name: String) -> String {
    (try? String(contentsOfFile: "\(ground.folder)/out/\(name)", encoding: .utf8)) ?? ""
  }

  private let all = """
    notify:
      on: [FAILURE, SUCCESS]
      mail: [ops@example.org]
      command: [FOLDER/bin/tell, "$(id)"]
      ping: http://127.0.0.1:9/secret-part
    """

  @Test func `a run that did well is told by mail, command and ping`() throws {
    let ground = try ground(all)
    let ended = try run(ground, "run", "local")
    #expect(ended.status == 0, "\(ended.errors)")
    #expect(out(ground, "mail").contains("To: ops@example.org\n"))
    #expect(out(ground, "mail").contains("did well"))
    #expect(out(ground, "words") == "$(id)\n")
    #expect(out(ground, "env").contains("ZFERRY_EVENT=SUCCESS"))
    let facts = try json(out(ground, "json"))
    #expect(facts["task"] as? String == "local" && facts["outcome"] as? String == "done")
    #expect(out(ground, "curl").hasPrefix("url = \"http://127.0.0.1:9/secret-part\"\n"))
    #expect(!out(ground, "argv").contains("secret-part"))
    let log = try ground.zferry("history", "local", "--log").output
    #expect(log.contains("notice of SUCCESS by mail: done"), "\(log)")
    #expect(!log.contains("secret-part"))
  }

  @Test func `a failure is told; a notifier that fails changes nothing and stands in the log`()
    throws
  {
    let ground = try ground(all, sendmail: "echo 'queue is full' >&2; exit 75")
    // The copy has got files of its own, so the run is refused.
    try ground.zfs(ground.here, "create", "second/tank")
    try ground.zfs(ground.here, "snapshot", "second/tank@mine")
    let ended = try run(ground, "run", "local")
    #expect(ended.status == 73, "\(ended.errors)")
    #expect(out(ground, "curl").contains("/secret-part/fail"))
    #expect(try json(out(ground, "json"))["event"] as? String == "FAILURE")
    let log = try ground.zferry("history", "local", "--log").output
    #expect(log.contains("by mail: failed: it ended with 75: queue is full"), "\(log)")
  }

  @Test func `a test reaches all of them, and says which it did not reach`() throws {
    let ground = try ground(all, sendmail: "exit 1")
    let ended = try run(ground, "notify", "test", "local")
    #expect(ended.status == 1, "\(ended.errors)")
    #expect(ended.output.contains("told by command") && ended.output.contains("told by ping"))
    #expect(ended.errors.contains("mail: it ended with 1"), "\(ended.errors)")
    try ground.local("")
    #expect(try run(ground, "notify", "test", "local").status == 65)
    #expect(try run(ground, "notify", "test", "local", "--read-only").status == 73)
  }

  @Test func `curl itself reaches a server, and its secret is in no list of processes`() throws {
    guard FileManager.default.isExecutableFile(atPath: "/usr/bin/curl") else { return }
    let server = try Listener()
    let ground = try ground(
      """
      notify:
        ping: http://127.0.0.1:\(server.port)/secret-part
      """)
    try FileManager.default.removeItem(atPath: "\(ground.folder)/bin/curl")
    let ended = try run(ground, "run", "local")
    #expect(ended.status == 0, "\(ended.errors)")
    let request = server.request
    #expect(request.hasPrefix("POST /secret-part HTTP/1."), "\(request)")
    #expect(request.contains("the run of local did well"), "\(request)")
  }

  @Test func `what notify says wrongly is found with its field`() throws {
    let ground = try Ground()
    let path = "\(ground.folder)/bad.yaml"
    try """
    direction: PUSH
    transport: LOCAL
    source_datasets: [tank/data]
    target_dataset: second/data
    also_include_naming_schema: ["auto-%Y-%m-%d_%H-%M"]
    auto: false
    retention_policy: NONE
    notify:
      on: [LAG, SOMETIMES]
      mail: ["a@b\\nBcc: c@d"]
      command: [tell]
      ping: ftp://x
      loud: true
    """.write(toFile: path, atomically: true, encoding: .utf8)
    let first = try ground.zferry("task", "check", path)
    #expect(first.status == 65)
    for field in ["notify.on.1", "notify.loud"] { #expect(first.errors.contains(field)) }
    let text = try String(contentsOfFile: path, encoding: .utf8)
      .replacingOccurrences(of: ", SOMETIMES", with: "").replacingOccurrences(
        of: "\n  loud: true", with: "")
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    let second = try ground.zferry("task", "check", path)
    #expect(second.status == 65)
    for field in ["notify.mail.0", "notify.command.0", "notify.ping", "notify.lag_hours"] {
      #expect(second.errors.contains(field), "\(second.errors)")
    }
  }
}

extension Ground {
  /// A program in the PATH of zferry.
  func script(_ name: String, _ body: String) throws {
    let path = "\(folder)/bin/\(name)"
    try "#!/bin/sh\n\(body)\n".write(toFile: path, atomically: true, encoding: .utf8)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
  }

  /// The task `local`, with more lines.
  fileprivate func local(_ more: String) throws {
    try task(
      "local",
      """
      direction: PUSH
      transport: LOCAL
      source_datasets: [tank]
      target_dataset: second/tank
      recursive: true
      also_include_naming_schema: ["auto-%Y-%m-%d_%H-%M"]
      auto: false
      retention_policy: NONE
      \(more.replacingOccurrences(of: "FOLDER", with: folder))
      """)
  }
}

/// A server on the loopback that answers one request with 200.
private final class Listener: @unchecked Sendable {
  let port: Int
  private let thread: Thread
  private let done = DispatchSemaphore(value: 0)
  private let box = Box()

  private final class Box: @unchecked Sendable { var text = "" }

  init() throws {
    let server = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let bound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address -> Bool in
        bind(server, address, size) == 0 && listen(server, 4) == 0
          && getsockname(server, address, &size) == 0
      }
    }
    guard bound else { throw Trouble(text: "no port") }
    port = Int(UInt16(bigEndian: address.sin_port))
    let (box, done) = (box, done)
    thread = Thread {
      let client = accept(server, nil, nil)
      var bytes = [UInt8](repeating: 0, count: 65_536)
      var text = ""
      while !text.contains("Sent and verified") {
        let count = read(client, &bytes, bytes.count)
        guard count > 0 else { break }
        text += String(decoding: bytes.prefix(count), as: UTF8.self)
      }
      let answer = Array("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".utf8)
      _ = write(client, answer, answer.count)
      close(client)
      close(server)
      box.text = text
      done.signal()
    }
    thread.start()
  }

  /// What was asked; empty where nobody came.
  var request: String {
    _ = done.wait(timeout: .now() + 20)
    return box.text
  }
}
