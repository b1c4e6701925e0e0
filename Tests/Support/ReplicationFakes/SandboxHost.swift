public import ReplicationEngine
public import ReplicationModel
internal import SandboxZFS
internal import Synchronization

/// What goes wrong with one command.
public enum HostFault: Sendable {
  /// It never ran.
  case unreachable(HostError)
  /// It never ran, and something else answered.
  case answer(CommandResult)
  /// It ran, and its answer was lost.
  case answerLost
  /// It ran, and something else was said of it.
  case answerReplaced(CommandResult)
}

/// A fake host: answers command lines from a machine of the sandbox, in this process.
public final class SandboxHost: HostPort {
  public typealias Decide = @Sendable (Command, _ occurrence: Int) -> HostFault?

  private struct State {
    var commands: [Command] = []
    var occurrences: [Command: Int] = [:]
    var decide: Decide?
    var downUntil = 0.0
    var isClosed = false
  }
  public let label: String
  public let machine: FakeMachine
  private let life: ProgramLife
  private let clock: ManualClock
  private let wires: Wires
  private let journal: Journal
  private let latency: Double
  private let state = Mutex(State())

  init(
    _ label: String, machine: FakeMachine, life: ProgramLife, clock: ManualClock, wires: Wires,
    journal: Journal, latency: Double
  ) {
    self.label = label
    self.machine = machine
    self.life = life
    self.clock = clock
    self.wires = wires
    self.journal = journal
    self.latency = latency
  }

  /// Every command so far, streams included.
  public var commands: [Command] { state.withLock { $0.commands } }

  /// Asks before each command what goes wrong with it; it may change the machine meanwhile.
  public func onCommand(_ decide: Decide?) { state.withLock { $0.decide = decide } }

  /// Nobody gets through for so long.
  public func goDown(seconds: Double) {
    let until = clock.uptime() + seconds
    state.withLock { $0.downUntil = max($0.downUntil, until) }
  }

  public var isClosed: Bool { state.withLock { $0.isClosed } }

  public func run(_ command: Command) async throws(HostError) -> CommandResult {
    let fault = try begin(command)
    switch fault {
    case .unreachable(let error): throw error
    case .answer(let result): return result
    case nil, .answerLost, .answerReplaced: break
    }
    let input = command.input.map { Array($0.revealed.utf8) } ?? []
    let result = CommandResult(machine.run([command.tool] + command.arguments, input: input))
    try life.check()
    if case .answerReplaced(let other) = fault { return other }
    if case .answerLost = fault { throw HostError(.connectionLost, subject: label) }
    return result
  }

  public func startSending(_ command: Command) async throws(HostError) -> any RunningStream {
    let stream: FakeStream
    switch try begin(command) {
    case .unreachable(let error): throw error
    case .answerLost: throw HostError(.connectionLost, subject: label)
    case .answer(let result), .answerReplaced(let result):
      stream = FakeStream(command, machine, output: [], result: result)
    case nil:
      let result = machine.run([command.tool] + command.arguments)
      stream = FakeStream(
        command, machine, output: result.output,
        result: CommandResult(
          exit: .status(result.status), errors: result.errors))
    }
    return wires.connect(stream)
  }

  public func startReceiving(_ command: Command) async throws(HostError) -> any RunningStream {
    switch try begin(command) {
    case .unreachable(let error): throw error
    case .answerLost: throw HostError(.connectionLost, subject: label)
    case .answer(let result), .answerReplaced(let result):
      return wires.connect(FakeStream(command, machine, output: [], result: result))
    case nil: return wires.connect(FakeStream(command, machine, output: [], result: nil))
    }
  }

  public func close() async { state.withLock { $0.isClosed = true } }

  private func begin(_ command: Command) throws(HostError) -> HostFault? {
    try life.check()
    clock.advance(by: latency)
    let now = clock.uptime()
    let (decide, occurrence, isDown) = state.withLock { state in
      state.commands.append(command)
      state.occurrences[command, default: 0] += 1
      return (state.decide, state.occurrences[command] ?? 1, now < state.downUntil)
    }
    journal.note("\(label): \(command)")
    if isDown { throw HostError(.unreachable, subject: label) }
    return decide?(command, occurrence)
  }
}

extension CommandResult {
  init(_ result: SandboxResult) {
    self.init(exit: .status(result.status), output: result.output, errors: result.errors)
  }

  /// A command that failed with words.
  public static func failure(_ errors: String, status: Int32 = 1) -> CommandResult {
    CommandResult(exit: .status(status), errors: errors + "\n")
  }
}
