internal import ReplicationModel
internal import ReplicationPlanner
internal import ZFSText

/// One `zfs send` into one `zfs receive`, joined by the pump.
struct StreamRun {
  let source: any HostPort
  let target: any HostPort
  let pump: any PumpPort
  let limit: SpeedLimit?

  /// The stream's bytes. Returns only where both commands ended well.
  func run(_ step: Step, onBytes: @escaping @Sendable (UInt64) -> Void) async -> (
    bytes: UInt64, trouble: Trouble?
  ) {
    let receiver: any RunningStream
    let sender: any RunningStream
    do { receiver = try await target.startReceiving(step.receive, bytes: step.bytes) } catch {
      return (0, Trouble(error))
    }
    do { sender = try await source.startSending(step.send, bytes: step.bytes) } catch {
      await receiver.terminate()
      _ = try? await receiver.finish()
      return (0, Trouble(error))
    }
    let copy = await pump.pump(
      from: sender.handle, to: receiver.handle, limit: limit, onBytes: onBytes)
    if copy.end != .endOfStream { await sender.terminate() }
    // The receiver sees its stream end, and keeps what it has; only one that does not move is ended.
    if copy.end == .stalled { await receiver.terminate() }
    let received = await Self.outcome(receiver, subject: step.target.text)
    let sent = await Self.outcome(sender, subject: step.source.text)
    return (copy.bytes, judge(copy, sent: sent, received: received, step))
  }

  private static func outcome(_ stream: any RunningStream, subject: String) async -> Trouble? {
    do {
      let result = try await stream.finish()
      return result.succeeded ? nil : Trouble(result, subject: subject)
    } catch {
      return Trouble(error)
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
    ]
    if let sent, received.map({ echoes.contains($0.failure.code) }) ?? true { return sent }
    return received
  }
}
