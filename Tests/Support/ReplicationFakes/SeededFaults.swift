internal import ReplicationEngine
internal import ReplicationModel

/// The same numbers for the same seed, everywhere.
public struct SeededRandom: RandomNumberGenerator, Sendable {
  private var state: UInt64

  public init(_ seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1 }

  /// A sequence of its own for a thing that a text names.
  public init(_ seed: UInt64, _ text: String) {
    var hash: UInt64 = 14_695_981_039_346_656_037 ^ seed
    for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 1_099_511_628_211 }
    self.init(hash)
  }

  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  public mutating func chance(_ probability: Double) -> Bool {
    Double(next() >> 11) / Double(1 << 53) < probability
  }

  public mutating func below(_ count: Int) -> Int { count > 0 ? Int(next() % UInt64(count)) : 0 }
}

/// Faults at random, and the same ones for the same seed whatever order commands come in: each is
/// decided from the command's own text and how often it has come.
public struct SeededFaults: Sendable {
  let seed: UInt64
  let commands: Double
  let streams: Double

  /// `commands` and `streams` are the chances that one of them goes wrong.
  public init(seed: UInt64, commands: Double, streams: Double) {
    self.seed = seed
    self.commands = commands
    self.streams = streams
  }

  /// Puts the faults into a process's hosts and link.
  public func install(in program: FakeProgram) {
    for host in [program.source, program.target] {
      let label = host.label
      host.onCommand { command, occurrence in self.fault(command, occurrence, label) }
    }
    program.link.onStream { command, stream in self.fault(command, stream) }
  }

  private func fault(_ command: Command, _ occurrence: Int, _ label: String) -> HostFault? {
    var random = SeededRandom(seed, "\(label) \(occurrence) \(command)")
    guard random.chance(commands) else { return nil }
    switch random.below(7) {
    case 0: return .unreachable(HostError(.connectTimeout, subject: label))
    case 1: return .unreachable(HostError(.connectionLost, subject: label))
    case 2: return .answerLost
    case 3: return .answer(CommandResult(exit: .signal(9)))
    case 4: return .answerReplaced(CommandResult(exit: .signal(9)))
    case 5: return .answer(.failure("cannot change 'pool': out of space"))
    default: return .answer(.failure("cannot open 'pool': pool or dataset is busy"))
    }
  }

  private func fault(_ command: Command, _ stream: Int) -> StreamFault? {
    var random = SeededRandom(seed, "link \(stream) \(command)")
    guard random.chance(streams) else { return nil }
    let at = random.below(6_000)
    let kinds: [StreamFault.Kind] = [
      .cut(remoteIsSource: false), .cut(remoteIsSource: true), .halfClose, .killSender,
      .killReceiver, .stall, .receiverLies, .garbage, .killProgram, .cancel,
      .senderSays(CommandResult(exit: .signal(15))), .receiverSays(CommandResult(exit: .signal(9))),
      .receiverSays(.failure("cannot receive incremental stream: out of space")),
    ]
    return StreamFault(kinds[random.below(kinds.count)], at: at)
  }
}
