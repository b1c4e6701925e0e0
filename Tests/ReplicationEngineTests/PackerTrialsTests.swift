import ReplicationFakes
import ReplicationModel
import ReplicationPlanner
import Synchronization
import Testing

@testable import ReplicationEngine

@Suite("The choice of a packer")
struct PackerChoiceTests {
  static let light = Packer(.lz4, level: 1)
  static let strong = Packer(.zstd, level: 3)

  static func best(_ link: Double, _ trials: (Packer, rate: Double, ratio: Double)...) -> Packer? {
    PackerChoice.best(
      link: link, trials: trials.map { PackerTrial(packer: $0.0, rate: $0.rate, ratio: $0.ratio) })
  }

  @Test("A link that is faster than every packer is left alone")
  func fast() {
    #expect(Self.best(1e9, (Self.light, 5e8, 2), (Self.strong, 2e8, 4)) == nil)
  }

  @Test("A slow link gets the packer that brings most across, not the one that packs best")
  func slow() {
    #expect(Self.best(1e7, (Self.light, 5e8, 2), (Self.strong, 2e8, 3)) == Self.strong)
    #expect(Self.best(1e8, (Self.light, 5e8, 2), (Self.strong, 1.5e8, 3)) == Self.light)
  }

  @Test("What gains little is not worth its work")
  func little() {
    #expect(Self.best(1e7, (Self.light, 5e8, 1.05), (Self.strong, 2e8, 1.08)) == nil)
    #expect(Self.best(1e7, (Self.light, 5e8, 2), (Self.strong, 2e8, 2.1)) == Self.light)
    #expect(Self.best(1e7) == nil)
  }

  @Test("No stronger one is tried once the packer is the slowest part")
  func ends() {
    let trial = PackerTrial(packer: Self.light, rate: 100, ratio: 2)
    #expect(PackerChoice.goesOn(link: 49, after: trial))
    #expect(!PackerChoice.goesOn(link: 51, after: trial))
  }
}

@Suite("Measuring packers")
struct PackerTrialsTests {
  /// Hosts, link and processors with speeds of their own. A stream's handle says how fast it is.
  final class Bench: HostPort, PumpPort {
    let label = "bench"
    let clock: ManualClock
    let programs: Set<String>
    let link: Double
    /// Of each packer: bytes a second, and what is left of them.
    let packers: [Packer: (rate: Double, ratio: Double)]
    let asked = Mutex<[String]>([])

    init(
      _ clock: ManualClock, link: Double, programs: Set<String>,
      packers: [Packer: (rate: Double, ratio: Double)]
    ) {
      self.clock = clock
      self.link = link
      self.programs = programs
      self.packers = packers
    }

    struct End: RunningStream {
      var handle: StreamHandle
      var unpacked: UInt64?
      func finish() async throws(HostError) -> CommandResult { CommandResult(exit: .status(0)) }
      func terminate() async {}
    }

    static let size = 1 << 20

    func run(_ command: Command) async throws(HostError) -> CommandResult {
      asked.withLock { $0.append(command.shellText) }
      guard programs.contains(command.tool) else { throw HostError(.zfsMissing, subject: label) }
      return CommandResult(exit: .status(0))
    }
    func startSending(_ command: Command) async throws(HostError) -> any RunningStream {
      End(handle: StreamHandle(Int32(link)))
    }
    func startReceiving(_ command: Command) async throws(HostError) -> any RunningStream {
      guard let filter = command.filter else { return End(handle: StreamHandle(Int32(link))) }
      let speed = packers.first {
        $0.key.packing.arguments == filter.arguments && $0.key.program == filter.program
      }?.value
      guard let speed, programs.contains(filter.program.rawValue) else {
        throw HostError(.packerMissing, subject: label)
      }
      return End(
        handle: StreamHandle(Int32(speed.rate)), unpacked: UInt64(Double(Self.size) / speed.ratio))
    }
    func close() async {}

    func pump(
      from source: StreamHandle, to target: StreamHandle, limit: SpeedDial,
      onBytes: @escaping @Sendable (UInt64) -> Void
    ) async -> PumpResult { PumpResult(bytes: 0, end: .cancelled) }
    func take(from source: StreamHandle, most: Int, seconds: Double) async -> StreamSample {
      StreamSample(
        bytes: [UInt8](repeating: 0, count: Self.size),
        seconds: Double(Self.size) / Double(source.raw))
    }
    func give(_ bytes: [UInt8], to target: StreamHandle, seconds: Double) async -> Int {
      clock.advance(by: Double(bytes.count) / Double(target.raw))
      return bytes.count
    }
  }

  static let packers: [Packer: (rate: Double, ratio: Double)] = [
    Packer(.lz4, level: 1): (5e8, 2), Packer(.zstd, level: 1): (3e8, 2.8),
    Packer(.zstd, level: 3): (2e8, 3.2), Packer(.zstd, level: 9): (4e7, 4),
    Packer(.zstd, level: 15): (4e6, 4.2),
  ]

  func verdict(
    link: Double, here: Set<String> = ["lz4", "zstd"], there: Set<String> = ["lz4", "zstd"],
    isPush: Bool = true, limit: UInt64? = nil
  ) async -> (PackerTrials.Verdict?, asked: [String]) {
    let clock = ManualClock()
    let ours = Bench(clock, link: link, programs: here, packers: Self.packers)
    let theirs = Bench(clock, link: link, programs: there, packers: Self.packers)
    let trials = PackerTrials(
      here: ours, there: theirs, pump: ours, clock: clock,
      speed: SpeedDial(limit.map { SpeedLimit(bytesPerSecond: $0) }), isPush: isPush)
    let verdict = await trials.verdict(on: .zfs("send", "tank/a@s"))
    return (verdict, theirs.asked.withLock { $0 })
  }

  @Test(
    "The slower the link, the stronger the packer; a fast one has none", arguments: [true, false])
  func choice(isPush: Bool) async throws {
    func packer(_ link: Double, limit: UInt64? = nil) async throws -> Packer? {
      try #require(await verdict(link: link, isPush: isPush, limit: limit).0).packer
    }
    #expect(try await packer(1e9) == nil)
    #expect(try await packer(5e6) == Packer(.zstd, level: 9))
    // A limit is as slow a link as any.
    #expect(try await packer(1e9, limit: 5_000_000) == Packer(.zstd, level: 9))
  }

  @Test("A packer that one side has not is not chosen, and each program is asked for once")
  func missing() async throws {
    let (one, asked) = await verdict(link: 5e6, there: ["lz4"])
    #expect(one?.packer == Packer(.lz4, level: 1))
    #expect(asked == ["lz4 --version", "zstd --version"])
    let (none, unasked) = await verdict(link: 5e6, here: [])
    #expect(none?.packer == nil && none?.trials.isEmpty == true)
    #expect(unasked.isEmpty)
  }

  @Test("A run sends little as it is, and measures nothing")
  func little() async throws {
    let world = try FakeWorld.with(["s1"])
    let program = world.program()
    let summary = try await program.run(
      request { $0.compression = .adaptive }, policy: RunPolicy(estimates: true))
    #expect(summary.outcome == .done && summary.packedBytes == nil)
    #expect(program.link.streams == 1)
  }

  @Test("Where nothing can be measured nothing is packed, and all arrives")
  func unknown() async throws {
    let world = try FakeWorld.with(["s1", "s2"])
    let program = world.program()
    let summary = try await program.run(request { $0.compression = .adaptive })
    #expect(summary.outcome == .done && summary.packedBytes == nil)
    #expect(world.isEqual())
  }
}
