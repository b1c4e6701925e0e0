internal import ReplicationEngine
internal import ReplicationModel
internal import SandboxZFS
internal import Synchronization

typealias SandboxResult = SandboxMachine.Result

/// One end of a stream. A sender has said all it has to say when it starts; a receiver runs when the
/// link gives it what arrived.
final class FakeStream: RunningStream {
  private struct State {
    var result: CommandResult?
    var error: HostError?
    var wasRead = false
    var isTerminated = false
  }
  let command: Command
  /// What a sender writes.
  let output: [UInt8]
  private let machine: FakeMachine
  private let key = Mutex<Int32>(-1)
  private let state: Mutex<State>

  init(_ command: Command, _ machine: FakeMachine, output: [UInt8], result: CommandResult?) {
    self.command = command
    self.machine = machine
    self.output = output
    state = Mutex(State(result: result))
  }

  var handle: StreamHandle { StreamHandle(key.withLock { $0 }) }
  func connect(as number: Int32) { key.withLock { $0 = number } }

  func finish() async throws(HostError) -> CommandResult {
    let state = state.withLock { $0 }
    if let error = state.error { throw error }
    if let result = state.result { return result }
    return CommandResult(exit: .signal(state.isTerminated ? 15 : 13))
  }

  func terminate() async {
    state.withLock { state in
      state.isTerminated = true
      // What it had not finished it does not finish any more.
      if !output.isEmpty, !state.wasRead { state.result = nil }
    }
  }

  /// A sender's reader went away before its end.
  func hangUp() { state.withLock { $0.result = nil } }

  func drained() { state.withLock { $0.wasRead = true } }

  /// A receiver gets what arrived, and then the end of its input. Gives how much it took.
  func receive(_ bytes: ArraySlice<UInt8>) -> Int {
    if let early = state.withLock({ $0.result }) { return early.succeeded ? bytes.count : 0 }
    let result = machine.run([command.tool] + command.arguments, input: Array(bytes))
    state.withLock { $0.result = CommandResult(result) }
    return bytes.count
  }

  func say(_ result: CommandResult) { state.withLock { $0.result = result } }

  func lose(_ error: HostError) { state.withLock { $0.error = error } }

  var result: CommandResult? { state.withLock { $0.result } }
}

/// The streams that wait for a link, by their handles.
final class Wires: Sendable {
  private struct State {
    var next: Int32 = 100
    var streams: [StreamHandle: FakeStream] = [:]
  }
  private let state = Mutex(State())

  func connect(_ stream: FakeStream) -> FakeStream {
    state.withLock { state in
      state.next += 1
      stream.connect(as: state.next)
      state.streams[StreamHandle(state.next)] = stream
    }
    return stream
  }

  func take(_ handle: StreamHandle) -> FakeStream? {
    state.withLock { $0.streams.removeValue(forKey: handle) }
  }
}
