public import ReplicationEngine
public import ReplicationModel
internal import Synchronization

/// What goes wrong with one stream.
public struct StreamFault: Sendable {
  public enum Kind: Sendable {
    /// The link to one side breaks; that side's end is not known.
    case cut(remoteIsSource: Bool)
    /// The reader sees an end that the sender did not mean.
    case halfClose
    case killSender
    case killReceiver
    case stall
    /// All arrives, and the sender says this at its end.
    case senderSays(CommandResult)
    /// All arrives and is kept, and the receiver says this at its end.
    case receiverSays(CommandResult)
    /// The receiver takes all, keeps nothing, and says that all is well.
    case receiverLies
    /// The receiver takes and keeps all, and is gone before the sender's end is seen.
    case receiverLeaves
    /// What arrives is not what was sent.
    case garbage
    /// `kill -9` of the program itself.
    case killProgram
    case cancel
  }
  public var kind: Kind
  /// How many bytes arrive first; a stream that is shorter has its fault at its end.
  public var at: Int

  public init(_ kind: Kind, at: Int = .max) {
    self.kind = kind
    self.at = at
  }
}

/// A fake pump with the link inside: latency, bandwidth, and what breaks.
public final class FakeLink: PumpPort {
  public typealias Decide = @Sendable (_ send: Command, _ stream: Int) -> StreamFault?

  private struct State {
    var streams = 0
    var carried = 0
    var decide: Decide?
    var limits: [SpeedLimit?] = []
  }
  private let wires: Wires
  private let clock: ManualClock
  private let life: ProgramLife
  private let chunk: Int
  private let bytesPerSecond: Double
  private let state = Mutex(State())

  init(
    wires: Wires, clock: ManualClock, life: ProgramLife, chunk: Int, bytesPerSecond: Double
  ) {
    self.wires = wires
    self.clock = clock
    self.life = life
    self.chunk = chunk
    self.bytesPerSecond = bytesPerSecond
  }

  /// Asks at each stream, counted from 1, what goes wrong with it.
  public func onStream(_ decide: Decide?) { state.withLock { $0.decide = decide } }

  /// Bytes over all streams.
  public var carried: Int { state.withLock { $0.carried } }

  public var streams: Int { state.withLock { $0.streams } }

  public var limits: [SpeedLimit?] { state.withLock { $0.limits } }

  public func pump(
    from source: StreamHandle, to target: StreamHandle, limit: SpeedDial,
    onBytes: @escaping @Sendable (UInt64) -> Void
  ) async -> PumpResult {
    guard let sender = wires.take(source), let receiver = wires.take(target) else {
      return PumpResult(bytes: 0, end: .failed(errno: 9))
    }
    let (decide, number) = state.withLock { state in
      state.streams += 1
      state.limits.append(limit.limit)
      return (state.decide, state.streams)
    }
    let fault = decide?(sender.command, number)
    let last = min(sender.output.count, max(0, fault?.at ?? .max))
    let (arrived, isCancelled) = await carry(last, limit, onBytes)
    state.withLock { $0.carried += arrived }
    onBytes(UInt64(arrived))
    let end =
      isCancelled
      ? stopped(sender, receiver, arrived, .cancelled)
      : self.end(fault, sender, receiver, arrived)
    return PumpResult(bytes: UInt64(arrived), end: end)
  }

  public func take(from source: StreamHandle, most: Int, seconds: Double) async -> StreamSample {
    guard let sender = wires.take(source) else { return StreamSample(bytes: [], seconds: 0) }
    let bytes = Array(sender.output.prefix(most))
    sender.hangUp()
    return StreamSample(bytes: bytes, seconds: Double(bytes.count) / bytesPerSecond)
  }

  public func give(_ bytes: [UInt8], to target: StreamHandle, seconds: Double) async -> Int {
    wires.take(target)?.receive(bytes[...]) ?? 0
  }

  /// Moves bytes until they are there, or somebody stops it.
  private func carry(
    _ last: Int, _ limit: SpeedDial, _ onBytes: @escaping @Sendable (UInt64) -> Void
  ) async -> (arrived: Int, isCancelled: Bool) {
    var position = 0
    while position < last {
      if Task.isCancelled || !life.goesOn() { return (position, true) }
      let rate = min(bytesPerSecond, limit.limit.map { Double($0.bytesPerSecond) } ?? .infinity)
      let step = min(chunk, last - position)
      position += step
      clock.advance(by: Double(step) / rate)
      onBytes(UInt64(position))
      // Whoever was told gets its turn.
      await Task.yield()
    }
    return (position, Task.isCancelled)
  }

  /// The streams end in the middle: what arrived is the receiver's.
  private func stopped(
    _ sender: FakeStream, _ receiver: FakeStream, _ arrived: Int, _ end: PumpResult.End
  ) -> PumpResult.End {
    sender.hangUp()
    _ = receiver.receive(sender.output[..<arrived])
    return end
  }

  private func end(
    _ fault: StreamFault?, _ sender: FakeStream, _ receiver: FakeStream, _ arrived: Int
  ) -> PumpResult.End {
    switch fault?.kind {
    case .cut(let remoteIsSource):
      let error = HostError(.connectionLost, subject: "the link", errno: 104)
      _ = stopped(sender, receiver, arrived, .cancelled)
      (remoteIsSource ? sender : receiver).lose(error)
      return .failed(errno: 104)
    case .stall:
      clock.advance(by: 300)
      return stopped(sender, receiver, arrived, .stalled)
    case .killProgram:
      life.kill()
      return stopped(sender, receiver, arrived, .cancelled)
    case .cancel:
      withUnsafeCurrentTask { $0?.cancel() }
      return stopped(sender, receiver, arrived, .cancelled)
    case .killReceiver:
      _ = stopped(sender, receiver, arrived, .brokenPipe)
      receiver.say(CommandResult(exit: .signal(9)))
      return .brokenPipe
    case .killSender:
      _ = receiver.receive(sender.output[..<arrived])
      sender.say(CommandResult(exit: .signal(9)))
      return .endOfStream
    case .receiverLies:
      receiver.say(CommandResult(exit: .status(0)))
      sender.drained()
      return .endOfStream
    case .receiverLeaves:
      _ = whole(nil, sender, receiver, arrived)
      return .brokenPipe
    case .garbage:
      _ = receiver.receive(Array(sender.output[..<arrived].map { $0 ^ 0x5A })[...])
      sender.drained()
      return .endOfStream
    case nil, .halfClose, .senderSays, .receiverSays:
      return whole(fault, sender, receiver, arrived)
    }
  }

  private func whole(
    _ fault: StreamFault?, _ sender: FakeStream, _ receiver: FakeStream, _ arrived: Int
  ) -> PumpResult.End {
    sender.drained()
    let taken = receiver.receive(sender.output[..<arrived])
    if case .senderSays(let result) = fault?.kind { sender.say(result) }
    if case .receiverSays(let result) = fault?.kind { receiver.say(result) }
    if taken < arrived {
      sender.hangUp()
      return .brokenPipe
    }
    return .endOfStream
  }
}
