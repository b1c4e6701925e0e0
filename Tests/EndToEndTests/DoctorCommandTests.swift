import Foundation
import Glibc
import Testing

@Suite("zferry doctor")
struct DoctorCommandTests {
  /// State and code of each check, and the outcome.
  func checks(_ ended: Ended) throws -> (rows: [String: [String: Any]], outcome: String) {
    let object = try json(ended.output)
    let list = object["checks"] as? [[String: Any]] ?? []
    for row in list {
      for key in ["id", "state", "title", "cause", "mend", "seconds"] {
        #expect(row[key] != nil, "\(row["id"] ?? "?") has no \(key)")
      }
    }
    let rows = Dictionary(
      list.map { ($0["id"] as? String ?? "", $0) }, uniquingKeysWith: { first, _ in first })
    return (rows, object["outcome"] as? String ?? "")
  }

  @Test("A task whose needs are met: 0, a line a check, and the same as JSON")
  func good() throws {
    let ground = try Ground()
    try ground.worlds()
    let server = try ground.connect()
    try ground.pushTask()
    let before = server.logins
    let told = try ground.zferry("doctor", "push")
    #expect(told.status == 0, "\(told.output)\(told.errors)")
    #expect(server.logins == before + 1)
    #expect(told.output.contains("[ok] SSH login with the key: "))
    #expect(told.output.contains("[ok] Destination can be written: is made in backup"))
    #expect(!told.output.contains("[!!]"))
    let (rows, outcome) = try checks(try ground.zferry("doctor", "push", "--json"))
    #expect(outcome == "good" || outcome == "doubtful")
    #expect(rows["transfer"]?["state"] as? String == "good")
    #expect(ground.lines(of: ground.vaultLog).allSatisfy { !$0.contains("create") })
  }

  @Test("A host that is down: 69, and what hangs on it is not reached")
  func down() throws {
    let ground = try Ground()
    try ground.worlds()
    let server = try ground.connect()
    try ground.pushTask()
    server.stop()
    let ended = try ground.zferry("doctor", "push", "--json")
    #expect(ended.status == 69)
    let (rows, outcome) = try checks(ended)
    #expect(outcome == "unreachable")
    #expect(rows["connect"]?["code"] as? String == "connect.refused")
    #expect(rows["login"]?["state"] as? String == "skipped")
    #expect(rows["sources"]?["state"] as? String == "good")
  }

  @Test("sudo that is not there: 77; a destination that is not: 1; nothing valid: 65")
  func others() throws {
    let ground = try Ground()
    try ground.worlds()
    try ground.connect()
    try ground.task(
      "rooted",
      """
      direction: PUSH
      transport: SSH
      connection: vault
      source_datasets: [tank]
      target_dataset: backup/tank
      sudo: true
      also_include_naming_schema: ["auto-%Y-%m-%d_%H-%M"]
      auto: false
      retention_policy: NONE
      """)
    try "#!/bin/sh\necho 'sudo: a password is required' >&2; exit 1\n".write(
      toFile: "\(ground.folder)/bin/sudo", atomically: true, encoding: .utf8)
    chmod("\(ground.folder)/bin/sudo", 0o755)
    let rooted = try ground.zferry("doctor", "rooted", "--json")
    #expect(rooted.status == 77)
    #expect(try checks(rooted).rows["sudo"]?["code"] as? String == "sudo")
    try ground.pushTask("lost", target: "nowhere/tank")
    let lost = try ground.zferry("doctor", "lost")
    #expect(lost.status == 1)
    #expect(lost.output.contains("[!!] Destination can be written: "))
    #expect(lost.output.contains("no pool nowhere."))
    #expect(try ground.zferry("doctor", "no-such-task").status == 65)
    #expect(try ground.zferry("doctor", "--connection", "none").status == 65)
    #expect(try ground.zferry("doctor", "lost", "--connection", "vault").status == 64)
    let alone = try ground.zferry("doctor")
    #expect(alone.status == 0)
    #expect(alone.output.hasPrefix("[ok] OpenZFS on this system: zfs-"))
  }
}
