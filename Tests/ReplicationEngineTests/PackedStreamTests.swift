import ReplicationEngine
import ReplicationFakes
import ReplicationModel
import ReplicationPlanner
import Testing

@Suite("Packed streams")
struct PackedStreamTests {
  static let packed = request { $0.compression = .zstd }

  /// The result of a stream's end whose packer failed.
  static func end(_ zfs: CommandResult.Exit, _ packer: CommandResult.Exit, _ words: String)
    -> CommandResult
  {
    CommandResult(exit: zfs, filter: packer, errors: words)
  }

  @Test("A packer that fails is never a success, though zfs says that all is well")
  func packerFails() async throws {
    let world = try FakeWorld.with(["s1"])
    let program = world.program()
    program.link.onStream { _, number in
      number == 1
        ? StreamFault(.senderSays(Self.end(.status(0), .status(3), "zstd: oops\n"))) : nil
    }
    let summary = try await program.run(Self.packed)
    #expect(program.retries.map(\.reason) == ["packer.failed"])
    #expect(summary.outcome == .done || summary.outcome == .nothing)
    let told = program.events.compactMap { event -> String? in
      if case .retry(_, let reason, _) = event { reason.detail } else { nil }
    }
    #expect(told == ["zstd ended with status 3, zfs ended with status 0: zstd: oops"])
  }

  @Test("Where it goes on failing, the run fails with that and the attempts are counted")
  func goesOn() async throws {
    let world = try FakeWorld.with(["s1"])
    let program = world.program()
    program.link.onStream { _, _ in
      StreamFault(.senderSays(Self.end(.signal(13), .signal(9), "")), at: 0)
    }
    let summary = try await program.run(
      Self.packed, policy: RunPolicy(attempts: 3, estimates: false))
    #expect(summary.outcome == .failed)
    #expect(summary.error?.code == "packer.failed")
    #expect(summary.error?.detail == "zstd was ended by signal 9, zfs was ended by signal 13")
    #expect(program.retries.count == 2)
  }

  @Test(
    "What zfs names itself is the cause, and the packer's broken pipe its echo",
    arguments: [
      ("cannot receive new filesystem stream: out of space", "zfs.out_of_space"),
      ("cannot receive: permission denied", "zfs.permission_denied"),
      ("cannot receive: checksum mismatch or incomplete stream", "packer.failed"),
      ("zstd: /*stdin*\\: unsupported format", "packer.failed"),
    ])
  func cause(words: String, code: String) async throws {
    let world = try FakeWorld.with(["s1"])
    let program = world.program()
    program.link.onStream { _, _ in
      StreamFault(.receiverSays(Self.end(.status(1), .status(70), words)))
    }
    let summary = try await program.run(
      Self.packed, policy: RunPolicy(attempts: 1, estimates: false))
    #expect(summary.error?.code == code)
  }

  @Test("A sender's failure is not hidden by the unpacker that got half a stream")
  func echo() async throws {
    let world = try FakeWorld.with(["s1"])
    let program = world.program()
    program.source.onCommand { command, _ in
      command.arguments.first == "send"
        ? .answer(.failure("warning: cannot send 'tank/a@s1': I/O error")) : nil
    }
    program.link.onStream { _, _ in
      StreamFault(.receiverSays(Self.end(.status(1), .status(1), "unexpected end")))
    }
    let summary = try await program.run(
      Self.packed, policy: RunPolicy(attempts: 1, estimates: false))
    #expect(summary.error?.code == "zfs.io_error")
  }

  @Test("A run tells what its streams took on their way; the steps show the pipes")
  func told() async throws {
    let world = try FakeWorld.with(["s1"], children: ["b"])
    let program = world.program()
    let summary = try await program.run(Self.packed)
    #expect(summary.packedBytes == UInt64(program.link.carried))
    #expect(world.isEqual())
    let lines = world.journal.lines.filter { $0.contains("| zstd -q -c -3 |") }
    #expect(!lines.isEmpty || program.source.commands.contains { $0.filter != nil })
    let plain = try FakeWorld.with(["s1"])
    #expect(try await plain.program().run(request()).packedBytes == nil)
  }
}
