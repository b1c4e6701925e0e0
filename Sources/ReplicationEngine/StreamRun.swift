internal import ReplicationModel
internal import ReplicationPlanner
internal import ZFSText

/// One `zfs send` into one `zfs receive`, joined by the pump.
struct StreamRun {
  let source: any HostPort
  let target: any HostPort
  let pump: any PumpPort
  let limit: SpeedDial
  let outlook: StreamOutlook

  /// What was moved, and what went wrong.
  struct Outcome {
    /// Bytes of the stream itself.
    var bytes: UInt64 = 0
    /// Bytes on the way between the hosts, where they were packed.
    var packed: UInt64?
    /// Who else came to the port of a connection beside SSH.
    var turnedAway: [String] = []
    /// Nil where every program on both hosts ended well.
    var trouble: Trouble?
  }

  /// Runs a step to the end of its programs. `onBytes` gets the bytes of the stream so far.
  func run(_ step: Step, onBytes: @escaping @Sendable (UInt64) -> Void) async -> Outcome {
    let receiver: any RunningStream
    let sender: any RunningStream
    var outlook = outlook
    outlook.bytes = await size(of: step)
    do { receiver = try await target.startReceiving(step.receive, outlook) } catch {
      return Outcome(trouble: Trouble(error))
    }
    do { sender = try await source.startSending(step.send, outlook) } catch {
      await receiver.terminate()
      _ = try? await receiver.finish()
      return Outcome(trouble: Trouble(error))
    }
    @Sendable func unpacked(_ moved: UInt64) -> UInt64 {
      sender.unpacked ?? receiver.unpacked ?? moved
    }
    let copy = await pump.pump(
      from: sender.handle, to: receiver.handle, limit: limit
    ) { onBytes(unpacked($0)) }
    if copy.end != .endOfStream { await sender.terminate() }
    // The receiver sees its stream end, and keeps what it has; only one that does not move is ended.
    if copy.end == .stalled { await receiver.terminate() }
    let received = await Self.end(receiver, step.receive, subject: step.target.text)
    let sent = await Self.end(sender, step.send, subject: step.source.text)
    return Outcome(
      bytes: unpacked(copy.bytes), packed: step.send.filter == nil ? nil : copy.bytes,
      turnedAway: received.turnedAway + sent.turnedAway,
      trouble: judge(copy, sent: sent.trouble, received: received.trouble, step))
  }

  /// Of many steps the sizes are not known before; where it makes a difference it is asked for now.
  private func size(of step: Step) async -> UInt64? {
    guard step.bytes == nil, step.send.filter == nil,
      source.wantsSize(outlook) || target.wantsSize(outlook)
    else { return step.bytes }
    return await Estimator(source: source).bytes(of: step)
  }

  private static func end(_ stream: any RunningStream, _ command: Command, subject: String) async
    -> (trouble: Trouble?, turnedAway: [String])
  {
    do {
      let result = try await stream.finish()
      return (
        result.succeeded ? nil : Trouble(result, of: command, subject: subject),
        result.turnedAway
      )
    } catch {
      return (Trouble(error), [])
    }
  }

  /// The cause, where several things failed because of one.
  private func judge(_ copy: PumpResult, sent: Trouble?, received: Trouble?, _ step: Step)
    -> Trouble?
  {
    switch copy.end {
    case .cancelled:
      return Trouble(
        RunFailure(code: FailureCode.cancelled, subject: step.source.text), isTransient: false)
    case .stalled:
      return Trouble(
        HostError(.stalled, subject: step.target.text, detail: "\(copy.bytes)"))
    case .failed(let errno):
      return cause(sent, received)
        ?? Trouble(HostError(.connectionLost, subject: step.target.text, errno: errno))
    case .brokenPipe:
      // A receiver that has all it wants may go before its sender's end is seen; what has arrived is
      // looked at afterwards.
      if sent == nil, received == nil { return nil }
      // The receiver went first; what the sender says of its death is only an echo.
      return received ?? Trouble(HostError(.connectionLost, subject: step.target.text))
    case .endOfStream:
      return cause(sent, received)
    }
  }

  /// A receiver complains of a stream that its sender could not finish; that is only an echo.
  private func cause(_ sent: Trouble?, _ received: Trouble?) -> Trouble? {
    let echoes: Set<String> = [
      ZFSFailure.incompleteStream.rawValue, ZFSFailure.streamUnreadable.rawValue,
      FailureCode.packer,
    ]
    if let sent, received.map({ echoes.contains($0.failure.code) }) ?? true { return sent }
    return received
  }
}
