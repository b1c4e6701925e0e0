import ReplicationEngine
import ReplicationFakes
import ReplicationModel
import Synchronization
import Testing

/// A host that prepares large streams in another way hears how large each is, however many there are.
@Suite("Sizes of streams")
struct StreamSizeTests {
  /// A host at the end of a long line.
  struct FarHost: HostPort {
    let host: SandboxHost
    let sizes: Sizes
    var label: String { host.label }
    func wantsSize(_ outlook: StreamOutlook) -> Bool { true }

    func run(_ command: Command) async throws(HostError) -> CommandResult {
      try await host.run(command)
    }
    func startSending(_ command: Command) async throws(HostError) -> any RunningStream {
      try await host.startSending(command)
    }
    func startReceiving(_ command: Command) async throws(HostError) -> any RunningStream {
      try await host.startReceiving(command)
    }
    func startReceiving(_ command: Command, _ outlook: StreamOutlook) async throws(HostError)
      -> any RunningStream
    {
      sizes.heard.withLock { $0.append(outlook.bytes) }
      return try await host.startReceiving(command)
    }
    func close() async { await host.close() }
  }

  /// What was heard of sizes.
  final class Sizes: Sendable {
    let heard = Mutex<[UInt64?]>([])
  }

  @Test("Of many streams each is asked for just before it begins, where that matters")
  func many() async throws {
    let world = try FakeWorld.with(["s1"], children: (0..<40).map { "d\($0)" })
    let sizes = Sizes()
    let program = world.program { host -> any HostPort in
      if host.label == "target" { FarHost(host: host, sizes: sizes) } else { host }
    }
    try await program.run(request())
    let heard = sizes.heard.withLock { $0 }
    #expect(heard.count == 41)
    #expect(heard.allSatisfy { $0.map { $0 > 0 } ?? false })
    #expect(world.isEqual())
  }

  @Test("Where it makes no difference nobody is asked")
  func near() async throws {
    let world = try FakeWorld.with(["s1"], children: (0..<40).map { "d\($0)" })
    let program = world.program()
    try await program.run(request())
    #expect(!program.source.commands.contains { $0.arguments.contains("-nP") })
  }
}
