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

  @Test func `a file that would fill all memory is refused, whoever reads it`() throws {
    let ground = try Ground()
    let levels = (1...60).map { "a\($0): &a\($0) [*a\($0 - 1), *a\($0 - 1)]" }
    let path = "\(ground.folder)/bomb.yaml"
    try ("a0: &a0 x\n" + levels.joined(separator: "\n") + "\n").write(
      toFile: path, atomically: true, encoding: .utf8)
    for file in [path, "/dev/zero"] {
      for words in [
        ["task", "apply", file], ["task", "apply", file, "--name", "x"],
        ["snapshot-task", "apply", file], ["wizard", "--answers", file],
      ] {
        let ended = try ground.start(words).wait()
        #expect(ended.status == 65, "\(words): \(ended.status) \(ended.errors)")
      }
    }
  }

  @Test func `a task is exported, and no file is replaced unasked`() throws {
    let ground = try Ground()
    try ground.worlds()
    try ground.zfs(ground.here, "create", "second", tool: "zpool")
    try ground.localTask(target: "second/tank")
    let shown = try ground.zferry("task", "export", "local")
    #expect(shown.status == 0 && shown.output.contains("transport: LOCAL"), "\(shown.output)")
    let path = "\(ground.folder)/out.yaml"
    #expect(try ground.zferry("task", "export", "local", "--to", path).status == 0)
    #expect(try String(contentsOfFile: path, encoding: .utf8) == shown.output)
    #expect(try ground.zferry("task", "export", "local", "--to", path).status == 73)
    #expect(try ground.zferry("task", "export", "local", "--to", path, "--force").status == 0)
    #expect(try ground.zferry("task", "export", "local", "--to", path, "--read-only").status == 73)
    #expect(try ground.zferry("task", "export", "gone").status == 65)
  }

  @Test func `snapshot tasks are saved, listed, switched and deleted, and kept while bound`() throws
  {
    let ground = try Ground()
    let path = "\(ground.folder)/daily.yaml"
    try "dataset: tank/data\nschedule: {minute: '0', hour: '2'}\n".write(
      toFile: path, atomically: true, encoding: .utf8)
    #expect(try ground.zferry("snapshot-task", "apply", path, "--read-only").status == 73)
    let saved = try ground.zferry("snapshot-task", "apply", path)
    #expect(saved.status == 0, "\(saved.errors)")
    try "dataset: tank/data\nlifetime_value: 0\n".write(
      toFile: "\(ground.folder)/bad.yaml", atomically: true, encoding: .utf8)
    let bad = try ground.zferry("snapshot-task", "apply", "\(ground.folder)/bad.yaml")
    #expect(bad.status == 65 && bad.errors.contains("lifetime_value"), "\(bad.errors)")
    let list = try ground.zferry("snapshot-task", "list").output
    #expect(
      list.hasPrefix("daily  tank/data  Every day at 02:00  kept 2 weeks  not used"), "\(list)")
    #expect(try ground.zferry("snapshot-task", "show", "daily").output.contains("tank/data"))
    try ground.task(
      "bound",
      """
      direction: PUSH
      transport: LOCAL
      source_datasets: [tank/data]
      target_dataset: backup/data
      periodic_snapshot_tasks: [daily]
      auto: true
      retention_policy: NONE
      """)
    let used = try ground.zferry("snapshot-task", "disable", "daily")
    #expect(used.status == 73 && used.errors.contains("bound"), "\(used.errors)")
    #expect(try ground.zferry("snapshot-task", "delete", "daily").status == 73)
    #expect(try ground.zferry("task", "disable", "bound").status == 0)
    #expect(try ground.zferry("snapshot-task", "disable", "daily").status == 0)
    #expect(try ground.zferry("snapshot-task", "list").output.contains("(disabled)"))
    #expect(try ground.zferry("snapshot-task", "enable", "daily").status == 0)
    #expect(try ground.zferry("task", "delete", "bound").status == 0)
    #expect(try ground.zferry("snapshot-task", "delete", "daily").status == 0)
    #expect(try ground.zferry("snapshot-task", "show", "daily").status == 65)
  }

  @Test func `key pairs are listed with type, fingerprint and use, and the history of all tasks`()
    throws
  {
    let ground = try Ground()
    try ground.worlds()
    #expect(try ground.zferry("key", "generate", "spare").status == 0)
    let keys = try ground.zferry("key", "list").output
    #expect(keys.hasPrefix("spare  ssh-ed25519  SHA256:") && keys.contains("not used"), "\(keys)")
    #expect(try ground.zferry("history").output.contains("No task has run yet."))
    try ground.zfs(ground.here, "create", "second", tool: "zpool")
    try ground.localTask(target: "second/tank")
    #expect(try ground.zferry("run", "local").status == 0)
    #expect(try ground.zferry("history").output.hasPrefix("#1  local  2"))
  }

  @Test func `every command has a help text with an example`() throws {
    let ground = try Ground()
    for command in [
      "", "wizard", "advanced", "task", "task list", "task show", "task check", "task apply",
      "task enable", "task disable", "task export", "task delete", "snapshot-task",
      "snapshot-task list", "snapshot-task show", "snapshot-task apply", "snapshot-task enable",
      "snapshot-task disable", "snapshot-task delete", "plan", "run", "status", "history",
      "connection",
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
