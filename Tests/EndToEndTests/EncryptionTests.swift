import Foundation
import Testing

/// Keys and old copies through the real programs: a real shell writes the key's file over a real sshd.
@Suite("Encryption and from scratch, end to end")
struct EncryptionTests {
  let ground: Ground

  init() throws {
    ground = try Ground()
    try ground.worlds()
    try ground.connect()
  }

  func task(_ name: String, to target: String, _ lines: String) throws {
    try ground.task(
      name,
      """
      direction: PUSH
      transport: SSH
      connection: vault
      source_datasets: [tank/home]
      target_dataset: \(target)
      recursive: true
      also_include_naming_schema: ["auto-%Y-%m-%d_%H-%M"]
      auto: false
      retention_policy: NONE
      \(lines)
      """)
  }

  func value(_ property: String, _ name: String) throws -> String {
    try ground.zfs(ground.vault, "get", "-H", "-o", "value", property, name)
      .trimmingCharacters(in: .whitespacesAndNewlines)
  }

  func key(_ name: String) throws -> String {
    try String(contentsOfFile: "\(ground.config)/dataset-keys/\(name).key", encoding: .utf8)
      .trimmingCharacters(in: .whitespacesAndNewlines)
  }

  @Test("A key of its own: made, used, told by nobody, and exported")
  func ownKey() throws {
    try task("safe", to: "backup/safe", "encryption: true\nencryption_key_format: HEX")
    let key = try key("safe")
    #expect(key.count == 64)
    let plan = try json(ground.zferry("plan", "safe", "--json").output)
    let delivery = try #require(plan["key"] as? [String: Any])
    #expect(delivery["datasets"] as? [String] == ["backup/safe"])
    let run = try ground.zferry("run", "safe")
    #expect(run.status == 0, "\(run.errors)")
    #expect(try value("encryptionroot", "backup/safe/alice") == "backup/safe")
    #expect(try value("keylocation", "backup/safe") == "prompt")
    #expect(
      try ground.guids(ground.vault, below: "backup/safe")
        == ground.guids(ground.here, below: "tank/home"))
    // After a restart there, the next run loads the key by itself.
    try ground.zfs(ground.vault, "unload-key", "backup/safe")
    try ground.zfs(ground.here, "snapshot", "-r", "tank/home@auto-2026-01-04_00-00")
    #expect(try ground.zferry("run", "safe").status == 0)
    #expect(try value("keystatus", "backup/safe") == "available")

    let exported = try ground.zferry("key", "export", "safe", "--json")
    #expect(try json(exported.output)["backup/safe"] as? String == key)
    #expect(try ground.zferry("key", "export", "safe").output == "backup/safe\tHEX\t\(key)\n")

    // Nowhere but in its own file.
    let said =
      run.output + run.errors
      + (ground.lines(of: ground.vaultLog) + ground.lines(of: ground.hereLog)).joined()
    #expect(!said.contains(key))
    #expect(try !ground.zferry("history", "safe", "--log").output.contains(key))
    #expect(try !ground.zferry("task", "export", "safe").output.contains(key))
    let files = try #require(FileManager.default.enumerator(atPath: ground.folder))
    for case let path as String in files where !path.hasSuffix("dataset-keys/safe.key") {
      let text = FileManager.default.contents(atPath: "\(ground.folder)/\(path)") ?? Data()
      // What the export above printed is in the logs of this test.
      if path.hasPrefix("logs/") { continue }
      #expect(text.range(of: Data(key.utf8)) == nil, "\(path)")
    }
  }

  @Test("A key's file that stays there is its owner's alone, and nothing else is overwritten")
  func keptFile() throws {
    let place = "\(ground.folder)/there/key"
    try task(
      "file", to: "backup/file",
      """
      encryption: true
      encryption_key_format: PASSPHRASE
      encryption_key: "correct horse 'battery'"
      encryption_key_location: \(place)
      """)
    #expect(try ground.zferry("run", "file").status == 0)
    #expect(try String(contentsOfFile: place, encoding: .utf8) == "correct horse 'battery'\n")
    let mode = try FileManager.default.attributesOfItem(atPath: place)[.posixPermissions] as? Int
    #expect(mode == 0o600)
    let other = "\(ground.folder)/there/other"
    try "mine\n".write(toFile: other, atomically: true, encoding: .utf8)
    try task(
      "other", to: "backup/other",
      "encryption: true\nencryption_key_format: HEX\nencryption_key_location: \(other)")
    let run = try ground.zferry("run", "other")
    #expect(run.status == 1 && run.errors.contains("something else"))
    #expect(try String(contentsOfFile: other, encoding: .utf8) == "mine\n")
  }

  @Test("Key files of tasks without a key of their own are none")
  func noKey() throws {
    try task("plain", to: "backup/plain", "readonly: SET")
    #expect(try ground.zferry("key", "export", "plain").status != 0)
  }

  @Test("An old copy is put aside, or replaced, as the task says", arguments: ["ASIDE", "REPLACE"])
  func fromScratch(policy: String) throws {
    try ground.zfs(ground.vault, "create", "backup/old")
    try ground.zfs(ground.vault, "snapshot", "backup/old@theirs")
    try task("old", to: "backup/old", "allow_from_scratch: false")
    #expect(try ground.zferry("run", "old").status == 73)
    try task("old", to: "backup/old", "allow_from_scratch: \(policy)")
    let plan = try json(ground.zferry("plan", "old", "--json").output)
    #expect(
      plan["destroys"] as? [String]
        == (policy == "ASIDE" ? [] : ["backup/old@theirs", "backup/old"]))
    let run = try ground.zferry("run", "old")
    #expect(run.status == 0, "\(run.errors)")
    #expect(
      try ground.guids(ground.vault, below: "backup/old")
        == ground.guids(ground.here, below: "tank/home"))
    let names = try ground.zfs(ground.vault, "list", "-H", "-r", "-o", "name", "backup")
    #expect(names.contains(".zferry-aside-") == (policy == "ASIDE"))
    #expect(!names.contains(".zferry-new-") && !names.contains(".zferry-old-"))
  }
}
