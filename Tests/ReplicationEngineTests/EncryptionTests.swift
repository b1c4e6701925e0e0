import ReplicationEngine
import ReplicationFakes
import ReplicationModel
import ReplicationPlanner
import SandboxZFS
import Testing

@Suite("The encryption of a new copy")
struct EncryptionTests {
  static let hex = String(repeating: "0a", count: 32)

  func own(_ location: String? = nil) -> ReplicationRequest {
    request {
      $0.encryption = .own(
        DatasetKey(format: .hex, secret: Secret(Self.hex), location: location))
    }
  }

  func value(_ property: String, _ name: String, _ world: FakeWorld) throws -> String {
    String(
      try world.target.zfs("get -Hp -o value \(property) \(name)").split(separator: "\n")[0])
  }

  /// Whether a text is in anything that a program ran or wrote down.
  func isTold(_ text: String, by program: FakeProgram) -> Bool {
    let lines = (program.target.commands + program.source.commands).map(\.shellText)
    return (lines + program.world.journal.lines).contains { $0.contains(text) }
  }

  @Test("A key of its own makes the top an encryption root, and what is below inherits")
  func ownKey() async throws {
    let world = try FakeWorld.with(["s1", "s2"], children: ["b"])
    let program = world.program()
    let summary = try await program.run(own())
    #expect(summary.outcome == .done)
    #expect(world.isEqual())
    #expect(program.warnings.isEmpty)
    #expect(try value("encryptionroot", "bk/a", world) == "bk/a")
    #expect(try value("encryptionroot", "bk/a/b", world) == "bk/a")
    // The file was there for the time of the run only.
    #expect(try value("keylocation", "bk/a", world) == "prompt")
    #expect(world.target.files.isEmpty)
    #expect(!isTold(Self.hex, by: program))
    // Increments go on, and need no key to be brought.
    try world.snapshot("s3")
    let next = world.program()
    #expect(try await next.run(own()).outcome == .done)
    #expect(world.isEqual())
    #expect(!next.target.commands.contains { $0.tool == "sh" })
  }

  @Test("A key may stay in a file there")
  func keptFile() async throws {
    let world = try FakeWorld.with(["s1"])
    #expect(try await world.program().run(own("/root/keys/a")).outcome == .done)
    #expect(world.target.files == ["/root/keys/a": Self.hex + "\n"])
    #expect(try value("keylocation", "bk/a", world) == "file:///root/keys/a")
  }

  @Test("A file with something else is not overwritten")
  func otherFile() async throws {
    let world = try FakeWorld.with(["s1"])
    world.target.files = ["/root/keys/a": "something else\n"]
    let summary = try await world.program().run(own("/root/keys/a"))
    #expect(summary.outcome == .failed && summary.error?.code == "key_file.other")
    #expect(world.target.files["/root/keys/a"] == "something else\n")
    #expect(world.target.datasets(below: "bk") == ["bk"])
  }

  @Test("Without the key nothing is made")
  func missingKey() async throws {
    let world = try FakeWorld.with(["s1"])
    let summary = try await world.program().run(
      request { $0.encryption = .own(DatasetKey(format: .hex, secret: nil)) })
    #expect(summary.error?.code == "key.missing")
    #expect(world.target.datasets(below: "bk") == ["bk"])
  }

  @Test("After a restart the key is loaded again, and a wrong one is told")
  func restart() async throws {
    let world = try FakeWorld.with(["s1"], children: ["b"])
    try await world.program().run(own())
    try world.target.zfs("unload-key bk/a")
    try world.snapshot("s2")
    let plan = try await world.program().preview(own())
    #expect(plan.conflicts.isEmpty && plan.unlocks.map(\.root.text) == ["bk/a"])
    let wrong = request {
      $0.encryption = .own(
        DatasetKey(format: .hex, secret: Secret(String(repeating: "f", count: 64))))
    }
    #expect(try await world.program().run(wrong).error?.code == "zfs.key_incorrect")
    let program = world.program()
    #expect(try await program.run(own()).outcome == .done)
    #expect(world.isEqual() && !isTold(Self.hex, by: program))
  }

  @Test("A key that zferry does not have is asked for before anything is sent")
  func locked() async throws {
    let world = try FakeWorld.with(["s1"])
    try world.target.must(
      "zfs create -o encryption=on -o keyformat=hex -o keylocation=prompt bk/e"
        .split(separator: " ").map(String.init))
    let inherits = request(to: "bk/e/a") { $0.encryption = .inherited }
    #expect(try await world.program().run(inherits).outcome == .done)
    #expect(try value("encryptionroot", "bk/e/a", world) == "bk/e")
    try world.target.zfs("unmount bk/e")
    try world.target.zfs("unload-key bk/e")
    try world.snapshot("s2")
    let program = world.program()
    let summary = try await program.run(inherits)
    #expect(summary.outcome == .refused && summary.error?.code == "key_not_loaded")
    #expect(program.link.streams == 0)
  }

  @Test("The matrix: what cannot be is refused before anything is sent")
  func matrix() async throws {
    let world = try FakeWorld.with(["s1"])
    func code(_ wanted: ReplicationRequest) async throws -> String? {
      try await world.program().preview(wanted).conflicts.first?.code.rawValue
    }
    #expect(try await code(request { $0.encryption = .inherited }) == "parent_not_encrypted")
    try world.target.zfs("create -o encryption=on -o keyformat=hex bk/e")
    #expect(try await code(request(to: "bk/e/a")) == "parent_encrypted")
    #expect(try await code(request(to: "bk/e/x/a")) == "parent_encrypted")
    try world.target.zfs("create bk/p")
    #expect(
      try await code(
        request(to: "bk/p") { $0.encryption = .own(DatasetKey(format: .hex, secret: nil)) })
        == "target_not_encrypted")
    try world.source.zfs("create -o encryption=on -o keyformat=hex tank/s")
    try world.source.zfs("snapshot tank/s@s1")
    #expect(try await code(request(["tank/s"], to: "bk/s")) == nil)
    #expect(
      try await code(request(["tank/s"], to: "bk/e/s") { $0.encryption = .inherited })
        == "source_encrypted")
    #expect(try await code(request(["tank/s"], to: "bk/p")) == "encryption")
  }

  @Test("must_not_B14: a run that is cut at any command leaves no copy that is not encrypted")
  func must_not_B14() async throws {
    for step in 1..<200 {
      let world = try FakeWorld.with(["s1", "s2"], children: ["b"])
      let program = world.program(dying: step)
      _ = try? await program.run(own())
      guard program.life.isDead else { break }
      for name in world.target.datasets(below: "bk/a") {
        #expect(try value("encryption", name, world) != "off", "\(name), cut at \(step)")
      }
      let summary = try await world.program().run(own())
      #expect(summary.outcome == .done || summary.outcome == .nothing, "cut at \(step)")
      #expect(world.isEqual(), "cut at \(step)")
      #expect(world.target.files.isEmpty, "cut at \(step)")
      #expect(try value("keylocation", "bk/a", world) == "prompt", "cut at \(step)")
    }
  }

  @Test("A copy that is replaced may become encrypted")
  func replaced() async throws {
    let world = try FakeWorld.with(["s1"])
    try world.target.zfs("create bk/a")
    try world.target.zfs("snapshot bk/a@theirs")
    var wanted = own()
    wanted.fromScratch = .replace
    #expect(try await world.program().run(wanted).outcome == .done)
    #expect(try value("encryptionroot", "bk/a", world) == "bk/a")
    #expect(world.isEqual())
  }
}
