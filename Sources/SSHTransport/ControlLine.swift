internal import CLinux
internal import Dispatch
internal import Glibc
internal import ReplicationEngine
internal import Synchronization

/// The control session of a host: one login and one thread for all commands, several of them at once,
/// each in a channel of its own.
final class ControlLine: Sendable {
  typealias Open = @Sendable (StopSignal) throws(HostError) -> SSHSession

  /// sshd takes ten as a rule (MaxSessions); where it takes fewer, the others wait their turn.
  private static let most = 6

  private let label: String
  private let open: Open
  private let queue = DispatchQueue(label: "zferry.ssh.control")
  /// Made with the first command; used on the queue only.
  private let session: Mutex<SSHSession?>
  private let desk = Mutex(Desk())
  private let bell = eventfd(0, O_CLOEXEC | O_NONBLOCK)

  /// What waits for its turn.
  private struct Desk {
    var orders: [Order] = []
    var isAtWork = false
  }

  private struct Order: Sendable {
    var line: String
    var input: [UInt8]
    var stop: StopSignal
    var onOutput: Exchange.Taken?
    var answer: @Sendable (Result<CommandResult, HostError>) -> Void
  }

  /// `open` logs in; a session that was made before is used first.
  init(_ label: String, session: SSHSession?, open: @escaping Open) {
    self.label = label
    self.session = Mutex(session)
    self.open = open
  }

  deinit { close(bell) }

  /// The shortest round trip seen, in seconds; nil where nobody has logged in.
  var roundTrip: Double? { session.withLock { $0?.roundTrip } }

  /// Runs a line to its end. Raising `stop`, or cancelling the task, ends the wait, and the command with
  /// its session.
  func run(
    _ line: String, input: [UInt8], stop: StopSignal, onOutput: Exchange.Taken? = nil
  ) async throws(HostError) -> CommandResult {
    let result: Result<CommandResult, HostError> = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        take(
          Order(line: line, input: input, stop: stop, onOutput: onOutput) {
            continuation.resume(returning: $0)
          })
      }
    } onCancel: {
      stop.raise()
    }
    return try result.get()
  }

  /// Ends the session, once all that was stopped has ended.
  func end() async {
    await withCheckedContinuation { continuation in
      queue.async {
        self.session.withLock { $0 = nil }
        continuation.resume()
      }
    }
  }

  private func take(_ order: Order) {
    let isAtWork = desk.withLock { desk in
      desk.orders.append(order)
      defer { desk.isAtWork = true }
      return desk.isAtWork
    }
    guard isAtWork else { return queue.async { self.work() } }
    var one: UInt64 = 1
    write(bell, &one, 8)
  }

  /// Goes on until nothing is under way and nothing waits.
  private func work() {
    var running: [(exchange: Exchange, order: Order)] = []
    var room = Self.most
    while true {
      while running.count < room, let order = nextOrder() {
        do throws(HostError) {
          if let exchange = try begun(order, isAlone: running.isEmpty) {
            running.append((exchange, order))
          } else {
            desk.withLock { $0.orders.insert(order, at: 0) }
            room = running.count
          }
        } catch {
          answer(order, .failure(error))
        }
      }
      guard !running.isEmpty else {
        if mayRest() { return }
        continue
      }
      // Where they stand: a copy of one would be a copy of all it has heard.
      var index = 0
      while index < running.count {
        let result: Result<CommandResult, HostError>
        do throws(HostError) {
          guard let end = try running[index].exchange.advance() else {
            index += 1
            continue
          }
          result = .success(end)
        } catch {
          result = .failure(error)
        }
        answer(running.remove(at: index).order, result)
      }
      wait(for: running.map(\.exchange))
    }
  }

  private func nextOrder() -> Order? {
    desk.withLock { $0.orders.isEmpty ? nil : $0.orders.removeFirst() }
  }

  private func mayRest() -> Bool {
    desk.withLock { desk in
      if desk.orders.isEmpty { desk.isAtWork = false }
      return !desk.isAtWork
    }
  }

  /// After a fault the next command logs in anew; what runs in the session has it as long as it needs.
  private func answer(_ order: Order, _ result: Result<CommandResult, HostError>) {
    if case .failure(let error) = result, error.code != .shell, error.code != .nologin {
      session.withLock { $0 = nil }
    }
    order.answer(result)
  }

  private func begun(_ order: Order, isAlone: Bool) throws(HostError) -> Exchange? {
    guard let channel = try channel(order.stop, isAlone: isAlone) else { return nil }
    return try Exchange(order.line, in: channel, input: order.input, onOutput: order.onOutput)
  }

  /// A channel for one command. A session that turns out to be dead is made anew here, where nothing was
  /// started yet. Nil where there may be no room beside those that run.
  private func channel(_ stop: StopSignal, isAlone: Bool) throws(HostError) -> Channel? {
    guard !stop.isRaised else { throw HostError(.cancelled, subject: label) }
    if let session = session.withLock({ $0 }) {
      session.stop = stop
      do throws(HostError) { return try Channel(session) } catch {
        if error.code == .cancelled { throw error }
        if !isAlone { return nil }
        self.session.withLock { $0 = nil }
      }
    }
    let session = try open(stop)
    self.session.withLock { $0 = session }
    return try Channel(session)
  }

  private func wait(for running: [Exchange]) {
    guard let milliseconds = running.map(\.milliseconds).min() else { return }
    var watched = running.flatMap(\.watched)
    watched.append(pollfd(fd: bell, events: Int16(POLLIN), revents: 0))
    poll(&watched, nfds_t(watched.count), milliseconds)
    var rings: UInt64 = 0
    read(bell, &rings, 8)
    for exchange in running { exchange.session.keepAlive() }
  }
}
