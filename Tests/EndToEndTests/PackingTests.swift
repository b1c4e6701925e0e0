import Foundation
import Glibc
import Testing

/// Streams that are packed on their way, by the programs of this machine.
@Suite struct PackingTests {
  /// `tank/data` of this host goes to vault; with `pull` the other way round.
  func ground(_ compression: String, pull: Bool = false, more: String = "") throws -> Ground {
    let ground = try Ground()
    try ground.worlds()
    try ground.connect(to: pull ? ground.here : nil)
    try FileManager.default.createDirectory(
      atPath: "\(ground.folder)/mine", withIntermediateDirectories: true)
    try ground.task(
      "packed",
      """
      direction: \(pull ? "PULL" : "PUSH")
      transport: SSH
      connection: vault
      source_datasets: [tank/data]
      target_dataset: backup/data
      recursive: true
      \(pull ? "naming_schema" : "also_include_naming_schema"): ["auto-%Y-%m-%d_%H-%M"]
      auto: false
      retention_policy: NONE
      compressed: false
      compression: \(compression)
      \(more)
      """)
    return ground
  }

  /// Programs of this host alone come first in its path.
  func run(_ ground: Ground, pull: Bool = false, _ words: String...) throws -> Ended {
    let path = "\(ground.folder)/mine:\(ground.folder)/bin:/usr/bin:/bin"
    var setting = ["PATH": path]
    if pull { setting["ZFS_SANDBOX"] = ground.vault }
    return try ground.start(words, setting: setting).wait()
  }

  func plant(_ path: String, _ script: String) throws {
    try "#!/bin/sh\n\(script)\n".write(toFile: path, atomically: true, encoding: .utf8)
    chmod(path, 0o755)
  }

  func end(_ ended: Ended) throws -> [String: Any] {
    try json(ended.output.split(separator: "\n").last.map(String.init) ?? "")
  }

  static let programs = ["zstd", "lz4", "pigz", "plzip"].filter {
    access("/usr/bin/\($0)", X_OK) == 0
  }

  @Test(arguments: programs, [false, true])
  func `a packed copy has the same snapshots, and both sizes are told`(program: String, pull: Bool)
    throws
  {
    let ground = try ground(program.uppercased(), pull: pull)
    let ended = try run(ground, pull: pull, "run", "packed", "--progress", "json")
    #expect(ended.status == 0, "\(ended.errors)")
    #expect(
      try ground.guids(ground.vault, below: "backup/data")
        == ground.guids(ground.here, below: "tank/data"))
    let last = try end(ended)
    let (sent, packed) = (last["sent_bytes"] as? Int ?? 0, last["packed_bytes"] as? Int ?? 0)
    #expect(sent > 6_000_000 && packed > 0 && packed < sent, "\(sent) \(packed)")
    let plan = try run(ground, pull: pull, "plan", "packed", "--json")
    #expect(try json(plan.output)["up_to_date"] as? Bool == true)
  }

  @Test func `the plan shows the pipes, and a packer that is missing is named with its side`()
    throws
  {
    let ground = try ground("PLZIP", more: "retries: 1")
    guard !Self.programs.contains("plzip") else { return }
    let plan = try json(try run(ground, "plan", "packed", "--json").output)
    let step = (plan["steps"] as? [[String: Any]])?.first
    let commands = step?["commands"] as? [String] ?? []
    #expect(commands.first?.hasSuffix(" | plzip -q -c -6") == true, "\(commands)")
    #expect(commands.last?.hasPrefix("plzip -q -d -c | zfs receive") == true, "\(commands)")

    let here = try run(ground, "run", "packed")
    #expect(
      here.status == 69 && here.errors.contains("this host: there is no plzip"), "\(here.errors)")
    try plant("\(ground.folder)/mine/plzip", "exec cat")
    let there = try run(ground, "run", "packed")
    #expect(
      there.status == 69 && there.errors.contains("@127.0.0.1: there is no plzip"),
      "\(there.errors)")
    let doctor = try run(ground, "doctor", "packed", "--json")
    #expect(doctor.output.contains("check.tool_missing"), "\(doctor.output)")
  }

  @Test(arguments: [true, false])
  func `a packer that dies is a failure with its status, and the next run resumes`(isHere: Bool)
    throws
  {
    let ground = try ground("ZSTD", more: "retries: 1")
    try FileManager.default.createSymbolicLink(
      atPath: "\(ground.folder)/mine/zstd", withDestinationPath: "/usr/bin/zstd")
    if isHere {
      unlink("\(ground.folder)/mine/zstd")
      try plant("\(ground.folder)/mine/zstd", "head -c 1500000 | /usr/bin/zstd \"$@\"; exit 3")
    } else {
      try plant("\(ground.folder)/bin/zstd", "/usr/bin/zstd \"$@\" | head -c 1500000; exit 3")
    }
    let failed = try run(ground, "run", "packed", "--progress", "json")
    #expect(failed.status == 1, "\(failed.errors)")
    let error = try end(failed)["error"] as? [String: Any]
    #expect(error?["code"] as? String == "packer.failed", "\(String(describing: error))")
    #expect((error?["message"] as? String)?.contains("zstd ended with status 3") == true)

    unlink("\(ground.folder)/mine/zstd")
    unlink("\(ground.folder)/bin/zstd")
    let plan = try json(try run(ground, "plan", "packed", "--json").output)
    let kinds = (plan["steps"] as? [[String: Any]])?.compactMap { $0["kind"] as? String } ?? []
    #expect(kinds.first == "resume", "\(kinds)")
    #expect(try run(ground, "run", "packed").status == 0)
    #expect(
      try ground.guids(ground.vault, below: "backup/data")
        == ground.guids(ground.here, below: "tank/data"))
  }
}
