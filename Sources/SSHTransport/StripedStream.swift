internal import Dispatch
internal import Glibc
internal import ReplicationEngine
internal import ReplicationModel

/// A stream that goes over several connections at once, for a long line: the first has the command.
struct StripedStream: RunningStream {
  let handle: StreamHandle
  private let first: SSHStream
  private let others: [SSHStream]
  private let direction: StreamDirection
  private let stop: StopSignal

  /// Opens all of them at the same time. Where one does not get in, all are ended and its error thrown.
  ///
  /// `open` starts a line; where it is given a text, it waits until the line has said that.
  static func start(
    _ lines: StripeLines, _ command: Command, _ direction: StreamDirection, sudo: Bool,
    open:
      @escaping @Sendable (_ line: String, _ until: String?) async throws(HostError) ->
      SSHStream
  ) async throws(HostError) -> StripedStream {
    var streams: [Int: SSHStream] = [:]
    var failure: HostError?
    await withTaskGroup(of: (Int, Result<SSHStream, HostError>).self) { group in
      for index in 0..<lines.count {
        group.addTask {
          do throws(HostError) {
            let line = lines.line(index, command, direction, sudo: sudo)
            let stream = try await open(line, index == 0 ? StripeLines.joined : nil)
            return (index, .success(stream))
          } catch {
            return (index, .failure(error))
          }
        }
      }
      for await (index, result) in group {
        switch result {
        case .success(let stream): streams[index] = stream
        case .failure(let error):
          failure = failure ?? error
          // The first would wait for it.
          group.cancelAll()
        }
      }
    }
    guard failure == nil, let first = streams.removeValue(forKey: 0) else {
      for stream in streams.values { await stream.abandon() }
      throw failure ?? HostError(.cancelled, subject: command.tool)
    }
    let others = streams.sorted { $0.key < $1.key }.map(\.value)
    do throws(HostError) { return try StripedStream(first, others, direction) } catch {
      for stream in [first] + others { await stream.abandon() }
      throw error
    }
  }

  private init(_ first: SSHStream, _ others: [SSHStream], _ direction: StreamDirection)
    throws(HostError)
  {
    let (reading, writing) = try LocalPipe.ends(isLarge: true)
    let stop = StopSignal()
    let ends = ([first] + others).map(\.handle.raw)
    let queue = DispatchQueue(label: "zferry.ssh.stripes")
    switch direction {
    case .receiving:
      let loop = DealingLoop(source: reading, targets: ends, stop: stop)
      queue.async { loop.run() }
      handle = StreamHandle(writing)
    case .sending:
      let loop = GatheringLoop(sources: ends, target: writing, stop: stop)
      queue.async { loop.run() }
      handle = StreamHandle(reading)
    }
    (self.first, self.others, self.direction, self.stop) = (first, others, direction, stop)
  }

  /// The command's end. Where that is only the echo of a connection that broke, the break: a receiver
  /// that ended well has got all of it, but a sender does not know what became of it.
  func finish() async throws(HostError) -> CommandResult {
    let (end, troubles) = await ends()
    let isWell = (try? end.get())?.succeeded == true
    let cause = troubles.first { $0.code != .cancelled } ?? (isWell ? troubles.first : nil)
    if let cause, direction == .sending || !isWell { throw cause }
    return try end.get()
  }

  /// How all of them ended. Where one breaks, the command waits in vain; where that fails, nobody asks
  /// for what the others have.
  private func ends() async -> (Result<CommandResult, HostError>, [HostError]) {
    await withTaskGroup(of: HostError?.self) { group in
      for stream in others { group.addTask { await trouble(of: stream) } }
      let end: Result<CommandResult, HostError>
      do throws(HostError) { end = .success(try await first.finish()) } catch {
        end = .failure(error)
      }
      let isWell = (try? end.get())?.succeeded == true
      if direction == .receiving || !isWell { stop.raise() }
      if !isWell { for stream in others { await stream.terminate() } }
      return (end, await group.reduce(into: []) { if let trouble = $1 { $0.append(trouble) } })
    }
  }

  private func trouble(of stream: SSHStream) async -> HostError? {
    do throws(HostError) {
      let result = try await stream.finish()
      if result.succeeded || direction == .receiving { return nil }
      return HostError(.connectionLost, subject: "cat", detail: result.errors)
    } catch {
      if error.code != .cancelled { await first.terminate() }
      return error
    }
  }

  func terminate() async {
    stop.raise()
    for stream in [first] + others { await stream.terminate() }
  }
}

extension SSHStream {
  /// Ends a stream that nobody will use.
  fileprivate func abandon() async {
    await terminate()
    _ = try? await finish()
    close(handle.raw)
  }
}
