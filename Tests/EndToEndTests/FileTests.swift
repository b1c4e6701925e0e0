import Foundation
import Glibc
import Testing

/// The files of the contract.
@Suite struct FileTests {
  @Test func `tasks, connections and keys are for their owner only`() throws {
    let ground = try Ground()
    try ground.worlds()
    try ground.connect()
    try ground.pushTask()
    #expect(try ground.zferry("run", "push").status == 0)
    for path in [
      "config/tasks/push.yaml", "config/connections/vault.yaml", "config/keys/vault",
      "state/history.sqlite",
    ] {
      var information = stat()
      #expect(stat("\(ground.folder)/\(path)", &information) == 0, "\(path)")
      #expect(information.st_mode & 0o077 == 0, "\(path) is open to others")
    }
  }

  @Test func `a bad task file harms no other task`() throws {
    let ground = try Ground()
    try ground.worlds()
    try ground.zfs(ground.here, "create", "second", tool: "zpool")
    try ground.localTask(target: "second/tank")
    try "direction: [PUSH\n".write(
      toFile: "\(ground.config)/tasks/bad.yaml", atomically: true, encoding: .utf8)
    #expect(try ground.zferry("run", "local").status == 0)
    #expect(try ground.zferry("run", "bad").status == 65)
    let check = try ground.zferry("task", "check", "bad", "--json")
    #expect(check.status == 65)
    #expect((try json(check.output)["findings"] as? [Any])?.count == 1)
    let status = try json(try ground.zferry("status", "--json").output)
    let states = (status["tasks"] as? [[String: Any]] ?? []).compactMap { $0["state"] as? String }
    #expect(states.sorted() == ["FINISHED", "HOLD"])
  }

  @Test func `every command has a help text with an example`() throws {
    let ground = try Ground()
    for command in [
      "", "wizard", "advanced", "task", "task list", "task show", "task check", "task apply",
      "task enable",
      "task disable", "task delete", "plan", "run", "status", "history", "connection",
      "connection list", "connection show", "connection add", "connection scan",
      "connection test", "connection delete", "key", "key list", "key generate", "key public",
      "key delete", "demo",
    ] {
      let words = command.split(separator: " ").map(String.init) + ["--help"]
      let ended = try ground.start(words).wait()
      #expect(ended.status == 0 && ended.output.contains("EXAMPLE"), "\(command)")
    }
  }
}
